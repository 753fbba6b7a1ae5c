"""What people do with questions that many ask, and with what is asked for in vain."""

from collections.abc import Sequence

import pytest

from bot.domain.ids import DemandId, DepartmentId, QuestionId, ReleaseId, ReplyId
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, Permission
from bot.domain.questions.demand import DemandState
from bot.domain.questions.group import GroupState, QuestionGroup, Standing
from bot.domain.releases.release import ReleaseState
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.town_cases import settle_cases
from tests.unit.console.town_questions import settle_questions

P, ANSWER = Permission, "您好，补贴将于 12 月 10 日前发放到账。"
NEEDED = {
    **{f"/questions/qst_1/{deed}": P.HANDLE_CASES for deed in ("confirm", "take-out", "split")},
    **{f"/questions/qst_1/{deed}": P.HANDLE_CASES for deed in ("name", "join", "answer")},
    **{f"/questions/qst_1/{deed}": P.APPROVE_ANSWER for deed in ("approve", "send-back")},
    **{f"/demands/dem_1/{deed}": P.HANDLE_CASES for deed in ("transfer", "publish", "reopen")},
    "/demands/dem_1/decline": P.APPROVE_ANSWER,
}
FIELDS = {"version": "0", "reply-rpy_m1": "1", "text": ANSWER, "reason": "r", "into": "qst_2"}
FIELDS |= {"name": "补贴", "department": "water", "release": "rel_1"}


@pytest.fixture
def hall(busy: Desk) -> Desk:
    """Three ask the same on acc_1, one with a case; two others ask something like it."""
    settle_cases(busy.storage)
    settle_questions(busy.storage)
    return busy


def group(desk: Desk, id_: str = "qst_1") -> QuestionGroup:
    with desk.storage.begin() as uow:
        return uow.questions.get(QuestionId(id_))


def standing(desk: Desk, id_: str = "qst_1") -> dict[str, Standing]:
    with desk.storage.begin() as uow:
        return {m.reply[-2:]: m.standing for m in uow.questions.members(QuestionId(id_))}


def do(client: Browser, deed: str, desk: Desk, *, replies: Sequence[int] = (), **more: str) -> str:
    """Do it upon the present version; where it leads."""
    chosen = {f"reply-rpy_m{n}": "1" for n in replies}
    fields = {"version": str(group(desk).version)} | chosen | more
    done = send(client, f"/questions/qst_1/{deed}", **fields)
    assert done.status_code == 303, done.text
    return str(done.headers["location"])


def test_roles_can_do_what_they_are_granted_and_nothing_else(hall: Desk) -> None:
    """403 exactly where the permission is missing; other refusals are about the matter itself."""
    refused, expected = set[tuple[str, str]](), set[tuple[str, str]]()

    for role in Role:
        browser = hall.signed_in(role.value, role, department="housing")
        for address, needed in NEEDED.items():
            if send(browser, address, **FIELDS).status_code == 403:
                refused.add((role, address))
            if needed not in GRANTS[role]:
                expected.add((role, address))

    assert refused == expected


def test_the_largest_group_is_first_and_nobodys_number_is_read(hall: Desk) -> None:
    """By size, and by what joined within a day; words are masked."""
    li = hall.signed_in("li", Role.DESK)

    listed, growing = li.get("/questions").text, li.get("/questions?view=growth").text

    assert listed.index("/questions/qst_1") < listed.index("/questions/qst_2")
    assert "3 人" in listed
    assert "24 小时新增 3 条" in growing
    assert "13900000001" not in listed + li.get("/questions/qst_1").text
    assert "〔电话〕" in listed


def test_members_are_sorted_by_a_person(hall: Desk) -> None:
    """Confirmed, taken out, put in from a search, all of a page at once."""
    li = hall.signed_in("li", Role.DESK)

    do(li, "confirm", hall, replies=(1,))
    do(li, "take-out", hall, replies=(2,))
    found = li.get("/questions/qst_1?q=补贴").text
    do(li, "confirm", hall, all="1", shown="rpy_m1 rpy_m3")

    out, confirmed = Standing.TAKEN_OUT, Standing.CONFIRMED
    assert standing(hall) == {"m1": confirmed, "m2": out, "m3": confirmed}
    assert 'id="hit-rpy_m4"' in found
    assert 'id="hit-rpy_m1"' not in found
    assert "已移出" in li.get("/questions/qst_1?standing=taken_out").text


def test_one_group_becomes_two_and_two_become_one(hall: Desk) -> None:
    """Who was split off is confirmed in the new one; a demand goes where its askers go."""
    li = hall.signed_in("li", Role.DESK)

    new = do(li, "split", hall, replies=(2, 3)).partition("?")[0].rpartition("/")[2]
    to = do(li, "join", hall, into="qst_2")

    assert standing(hall, new) == dict.fromkeys(("m2", "m3"), Standing.CONFIRMED)
    assert to == "/questions/qst_2?done=join"
    assert standing(hall, "qst_2").keys() == {"m1", "m4", "m5"}
    assert set(standing(hall).values()) == {Standing.TAKEN_OUT}
    assert "/demands/dem_1" in li.get("/questions/qst_2").text


def test_all_are_answered_on_two_peoples_word(hall: Desk) -> None:
    """A member's case asks for review: who wrote it does not approve; what came of each is told."""
    li = hall.signed_in("li", Role.DESK, Role.REVIEWER)
    chen = hall.signed_in("chen", Role.REVIEWER)
    with hall.storage.begin() as uow:
        reply, review = ReplyId("rpy_m1"), make.deadline(needs_review=True)
        uow.cases.add(make.case(id="case_9", number="20261123-9", reply=reply, deadline=review))
        uow.commit()

    nobody = send(li, "/questions/qst_1/answer", version="1", text=ANSWER)
    do(li, "confirm", hall, replies=(1, 2))
    do(li, "answer", hall, text=ANSWER)
    own = li.get("/questions/qst_1").text
    stale = send(chen, "/questions/qst_1/approve", version="1")
    do(chen, "approve", hall)

    assert "还没有经人确认的留言" in nobody.text
    assert ANSWER in nobody.text
    assert 'action="/questions/qst_1/approve"' not in own
    assert "/cases/case_9" in own
    assert stale.status_code == 409
    assert group(hall).state is GroupState.ANSWERING
    assert "没有答复到" in chen.get("/questions/qst_1").text


def test_a_contact_sees_only_demands_of_their_department(hall: Desk) -> None:
    """Groups hold other departments' letters."""
    zhao = hall.signed_in("zhao", Role.DEPT_CONTACT, department="water")
    li = hall.signed_in("li", Role.DESK)

    before = zhao.get("/demands/dem_1").status_code
    send(li, "/demands/dem_1/transfer", department="water")

    assert before == 403
    assert zhao.get("/questions").status_code == zhao.get("/questions/qst_1").status_code == 403
    assert "/demands/dem_1" in zhao.get("/demands").text
    assert "水务局" in zhao.get("/demands/dem_1").text


def test_a_demand_is_settled(hall: Desk) -> None:
    """Given to drafters, declined with a reason, taken up again, answered by what is released."""
    li = hall.signed_in("li", Role.DESK)
    chen = hall.signed_in("chen", Role.REVIEWER)

    send(li, "/questions/qst_1/name", version="1", name="停车")
    found = li.get("/demands/dem_1").text
    nowhere = send(li, "/demands/dem_1/transfer")
    send(chen, "/demands/dem_1/decline", reason="属于个人隐私")
    declined = li.get("/demands?view=settled").text
    send(li, "/demands/dem_1/reopen")
    unknown = send(li, "/demands/dem_1/publish", address="https://x/releases/rel_none")
    send(li, "/demands/dem_1/publish", address="https://x/releases/rel_1?tab=text")

    assert "/releases/rel_1" in found
    assert "请选择起草部门" in nowhere.text
    assert "属于个人隐私" in declined
    assert (unknown.status_code, "没有找到这份政策" in unknown.text) == (422, True)
    with hall.storage.begin() as uow:
        demand = uow.demands.claim(DemandId("dem_1"))
        assert uow.releases.get(ReleaseId("rel_1")).state is ReleaseState.RELEASED
    assert (demand.state, demand.release) == (DemandState.PUBLISHED, "rel_1")
    assert demand.department != DepartmentId("water")
