"""The public answer, the record of an application, answers taken back, cases opened by hand."""

import re
from dataclasses import replace

import pytest

from bot.console.app import create_app
from bot.domain.cases.case import CaseState
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.ids import CaseId
from bot.domain.people import Role
from bot.domain.replies.answer import UNDO_SECONDS, AnswerState
from bot.domain.workdays import TermUnit
from tests.unit.console.desk import Desk, send
from tests.unit.console.test_case_deeds import case, do
from tests.unit.console.town_cases import DRAFT, settle_cases


@pytest.fixture
def hall(busy: Desk) -> Desk:
    """A town with cases whose answers wait before they leave, as the site has it."""
    settle_cases(busy.storage)
    letters = replace(busy.correspondence, undo_seconds=UNDO_SECONDS)
    busy.tools = replace(
        busy.tools, correspondence=letters, cases=replace(busy.cases, correspondence=letters)
    )
    busy.app = create_app(busy.tools)
    return busy


def test_the_public_reads_what_a_reviewer_has_read_and_no_more_once_it_is_taken_away(
    hall: Desk,
) -> None:
    """In other words than the asker's where the reviewer says so; personal data is masked."""
    chen = hall.signed_in("chen", Role.REVIEWER)

    offered = chen.get("/cases/case_5").text
    published = do(chen, 5, "publish", hall, question="公园夜间噪声，电话 13900000001")
    with hall.storage.begin() as uow:
        public = uow.published.of_case(CaseId("case_5"))
    unexplained = send(chen, "/cases/case_5/unpublish", version="2")
    taken_away = do(chen, 5, "unpublish", hall, reason="答复有误")

    assert "公园夜间噪声" in offered
    assert "夜间 22 时后停止播放" in offered
    assert "问答已公开" in published
    assert public is not None
    assert "13900000001" not in public.question
    assert "请写明撤下的原因" in unexplained.text
    assert "答复有误" in taken_away
    assert 'action="/cases/case_5/publish"' in taken_away


def test_an_application_runs_twenty_working_days_from_its_day(hall: Desk) -> None:
    """Filed, to be corrected, corrected, lengthened: each deed is offered when it is possible."""
    li = hall.signed_in("li", Role.DESK)
    chen = hall.signed_in("chen", Role.APPROVER)
    do(li, 7, "classify", hall, case_class="disclosure")

    nonsense = send(li, "/cases/case_7/file", version="2", filed="明天")
    filed = do(li, 7, "file", hall, filed="2026-11-20")
    due = case(hall, 7).deadline.due_at
    do(li, 7, "ask-correction", hall, note="缺身份证明")
    stands = li.get("/cases/case_7").text
    do(li, 7, "corrected", hall)
    do(chen, 7, "extend", hall, days="10", note="需要收集资料")

    assert "请填写收到申请的日期" in nonsense.text
    assert "期限按 20 个工作日计算" in filed
    assert "第三十三条" in filed
    assert f"{due:%Y-%m-%d}" == "2026-12-18"
    assert "计时暂停" in stands
    assert 'action="/cases/case_7/corrected"' in stands
    assert 'action="/cases/case_7/pause"' not in stands
    assert "延长 10 个工作日，chen同志批准" in chen.get("/cases/case_7").text


def test_an_answer_is_taken_back_before_it_leaves(hall: Desk) -> None:
    """The case is answered again later, with the words kept; after the time nothing is undone."""
    li = hall.signed_in("li", Role.DESK)
    do(li, 1, "draft", hall)

    said = do(li, 1, "answer", hall, text=DRAFT, channel="platform")
    sent = case(hall, 1).answer
    assert sent is not None
    back = do(li, 1, "take-back", hall, answer=sent)

    assert "之前可以撤销" in said
    assert 'action="/cases/case_1/take-back"' in said
    assert hall.doorbell.answers == []
    assert "已撤销，没有发出" in back
    assert (case(hall, 1).state, case(hall, 1).answered_at) == (CaseState.ANSWERING, None)
    assert DRAFT in li.get("/cases/case_1?done=draft").text
    with hall.storage.begin() as uow:
        assert uow.answers.get(sent).state is AnswerState.TAKEN_BACK
    again = send(li, "/cases/case_1/take-back", version="1", answer=sent)
    assert "已经发出" in again.text


def test_a_closed_window_offers_another_way_first(hall: Desk) -> None:
    """The platform stays in the list: it may open while the answer is written."""
    li = hall.signed_in("li", Role.DESK)
    do(li, 1, "draft", hall)
    open_ = ways_of(li.get("/cases/case_1?done=draft").text)
    hall.clock.pass_seconds(3 * 86400)
    page = hall.signed_in("wu", Role.DESK).get("/cases/case_1?done=draft").text

    assert open_[0] == "platform"
    assert (ways_of(page)[0], ways_of(page)[-1]) == ("look_up", "platform")
    assert "对方再次来信时由系统转告" in page


def ways_of(page: str) -> list[str]:
    """In which order the ways of an answer stand on a page."""
    chosen = page.partition('name="channel"')[2].partition("</select>")[0]
    return re.findall(r'value="(\w+)"', chosen)


def test_a_letter_of_the_thread_is_taken_back(hall: Desk) -> None:
    """By whoever may answer, and nobody else."""
    li = hall.signed_in("li", Role.DESK)
    zhao = hall.signed_in("zhao", Role.WRITER)
    send(li, "/replies/rpy_2/answer", text="您好", answer="ans_x")

    page = li.get("/replies/rpy_2").text
    stranger = send(zhao, "/replies/rpy_2/take-back", answer="ans_x")
    done = send(li, "/replies/rpy_2/take-back", answer="ans_x")

    assert "/replies/rpy_2/take-back" in page
    assert stranger.status_code == 403
    assert "已撤销，没有发出" in li.get(done.headers["location"]).text


def test_a_case_that_came_by_telephone_is_opened_by_hand(hall: Desk) -> None:
    """Number and check code are shown to be told; a refusal keeps what was written."""
    li = hall.signed_in("li", Role.DESK)
    fields = {
        "entry": "phone",
        "subject": "三号楼停水两天",
        "case_class": "help",
        "department": "water",
        "received_at": "2026-11-23T09:10",
    }

    nothing = send(li, "/cases/new", **(fields | {"entry": ""}))
    later = send(li, "/cases/new", **(fields | {"received_at": "2026-11-24T09:10"}))
    opened = send(li, "/cases/new", **fields).headers["location"]
    page = li.get(opened).text

    made = case(hall, opened.partition("?")[0].rpartition("/")[2].removeprefix("case_"))
    assert "请选择来件的方式" in nothing.text
    assert "三号楼停水两天" in nothing.text
    assert "不能晚于现在" in later.text
    for words in ("三号楼停水两天", "校验码", "来电", "水务局"):
        assert words in page
    assert (made.entry, made.case_class) == (Entry.PHONE, CaseClass.HELP)
    assert made.deadline.term.unit is TermUnit.WORKING_DAYS
    assert f"{made.deadline.due_at:%m-%d}" == "11-30"
    assert hall.signed_in("sun", Role.WRITER).get("/cases/new").status_code == 403
