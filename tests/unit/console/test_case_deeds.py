"""What people do with cases, and what they may not."""

import pytest

from bot.console.cases.deeds import DEEDS
from bot.domain.cases.case import Case, CaseState
from bot.domain.ids import CaseId
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, Permission
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.town_cases import DRAFT, settle_cases

P = Permission
OWN = {P.HANDLE_CASES, P.HANDLE_OWN_CASES}
"""Enough for a case of one's own department; case_2 and case_3 are the housing department's."""
NEEDED = {
    "/cases/case_1/confirm": {P.HANDLE_CASES},
    "/cases/case_1/classify": {P.HANDLE_CASES},
    "/cases/case_1/assign": {P.HANDLE_CASES},
    "/cases/case_2/accept": OWN,
    "/cases/case_2/return": OWN,
    "/cases/case_3/draft": OWN,
    "/cases/case_3/answer": OWN,
    "/cases/case_4/approve": {P.APPROVE_ANSWER},
    "/cases/case_4/send-back": {P.APPROVE_ANSWER},
    "/cases/case_5/close": {P.HANDLE_CASES},
    "/cases/case_6/reopen": {P.HANDLE_CASES},
    "/cases/case_1/remind": {P.HANDLE_CASES, P.SUPERVISE},
    "/cases/case_1/supervise": {P.SUPERVISE},
    "/cases/case_1/merge": {P.HANDLE_CASES},
    "/cases/case_7/withdraw": {P.HANDLE_CASES},
    "/cases/case_1/mark-sensitive": {P.HANDLE_CASES, P.SUPERVISE, P.APPROVE_ANSWER},
    "/cases/case_4/unmark-sensitive": {P.APPROVE_ANSWER},
    "/cases/case_4/check-secrecy": {P.CHECK_SECRECY},
    "/cases/case_1/hold": {P.HANDLE_CASES, P.SUPERVISE},
    "/cases/case_1/release": {P.SUPERVISE},
    "/cases/case_5/publish": {P.PUBLISH_ANSWER},
    "/cases/case_5/unpublish": {P.PUBLISH_ANSWER},
    **{
        f"/cases/case_1/{deed}": {P.HANDLE_CASES}
        for deed in ("file", "ask-correction", "corrected", "pause", "resume")
    },
    "/cases/case_1/extend": {P.APPROVE_ANSWER},
    "/replies/rpy_2/open-case": {P.HANDLE_CASES},
}
FIELDS = {
    "version": "0",
    "reason": "理由",
    "filed": "2026-11-20",
    "days": "5",
    "text": DRAFT,
    "channel": "phone",
    "case_class": "help",
    "department": "water",
    "into": "20261123-000007",
    "secrecy": "passed",
}


@pytest.fixture
def hall(busy: Desk) -> Desk:
    """A town with cases. Version 0 was never seen: what is allowed is refused as out of date, so
    that no deed changes what the next one meets."""
    settle_cases(busy.storage)
    return busy


def case(desk: Desk, number: int | str) -> Case:
    with desk.storage.begin() as uow:
        return uow.cases.get(CaseId(f"case_{number}"))


def do(client: Browser, number: int | str, deed: str, desk: Desk, **fields: str) -> str:
    """Do it upon the present version; the page that follows."""
    version = str(case(desk, number).version)
    done = send(client, f"/cases/case_{number}/{deed}", **({"version": version} | fields))
    assert done.status_code == 303, done.text
    return client.get(done.headers["location"]).text


def test_every_deed_is_in_the_matrix() -> None:
    """A new deed is tried with every role."""
    tried = {address.rpartition("/")[2] for address in NEEDED}
    assert set(DEEDS) | {"open-case"} == tried | {"take-back"}


def test_roles_can_do_what_they_are_granted_and_nothing_else(hall: Desk) -> None:
    """403 exactly where the permission is missing; other refusals are about the case itself."""
    refused, expected = set[tuple[str, str]](), set[tuple[str, str]]()

    for role in Role:
        browser = hall.signed_in(role.value, role, department="housing")
        for address, needed in NEEDED.items():
            if send(browser, address, **FIELDS).status_code == 403:
                refused.add((role, address))
            if not needed & GRANTS[role]:
                expected.add((role, address))

    assert refused == expected


def test_a_contact_sees_and_handles_what_is_theirs(hall: Desk) -> None:
    """Another department's case is neither listed nor shown nor changed."""
    zhao = hall.signed_in("zhao", Role.DEPT_CONTACT, department="water")

    listed = zhao.get("/cases").text
    others, deed = zhao.get("/cases/case_3"), send(zhao, "/cases/case_3/answer", **FIELDS)

    assert "/cases/case_4" in listed
    assert "/cases/case_3" not in listed
    assert (others.status_code, deed.status_code) == (403, 403)
    assert "不由您所在的部门承办" in others.text
    assert "/cases/case_2" not in zhao.get("/").text
    assert "/cases/case_3" not in zhao.get("/cases?department=housing").text


def test_a_case_walks_from_a_reply_to_its_end(hall: Desk) -> None:
    """Opened, given, signed for, answered after another's approval, closed; every step is told."""
    li = hall.signed_in("li", Role.DESK)
    zhao = hall.signed_in("zhao", Role.DEPT_CONTACT, department="water")
    chen = hall.signed_in("chen", Role.REVIEWER)
    fields = {"case_class": "complaint", "department": "water"}

    opened = send(li, "/replies/rpy_2/open-case", **fields).headers["location"]
    id_ = opened.partition("?")[0].rpartition("/")[2].removeprefix("case_")
    waiting = zhao.get("/").text
    accepted = do(zhao, id_, "accept", hall)
    drafting = do(zhao, id_, "draft", hall)
    submitted = do(zhao, id_, "answer", hall, text=DRAFT, channel="phone")
    review = chen.get(f"/cases/case_{id_}").text
    approved = do(chen, id_, "approve", hall)
    closed = do(li, id_, "close", hall)

    assert "校验码" in li.get(opened).text
    assert "请签收" in waiting
    assert "已签收" in accepted
    assert 'name="text"' in drafting
    assert "已提交审核" in submitted
    assert DRAFT in review
    assert "通过并答复" in review
    assert "审核通过" in approved
    for words in ("已办结", "签收", "提交审核", "zhao同志", "chen同志", "水务局"):
        assert words in closed


def test_who_wrote_the_answer_does_not_approve_it(hall: Desk) -> None:
    """Neither offered, nor on 今日, nor possible."""
    zhao = hall.signed_in("zhao", Role.DEPT_CONTACT, Role.REVIEWER, department="water")

    refused = send(zhao, "/cases/case_4/approve", version="1")

    assert refused.status_code == 403
    assert "提交人不能审核自己的答复" in refused.text
    assert 'action="/cases/case_4/approve"' not in zhao.get("/cases/case_4").text
    assert case(hall, 4).state is CaseState.IN_REVIEW


def test_a_refusal_keeps_what_was_written(hall: Desk) -> None:
    """Out of date, without words, without a department: all in Chinese, on the same page."""
    li = hall.signed_in("li", Role.DESK)

    stale = send(li, "/cases/case_3/answer", version="0", text=DRAFT, channel="phone")
    empty = send(li, "/cases/case_3/withdraw", version="1")
    nowhere = send(li, "/cases/case_1/assign", version="1", note="请联系来信人")
    unknown = send(li, "/cases/case_1/merge", version="1", into="20261123-999999")
    classless = send(li, "/replies/rpy_2/open-case", department="water")

    assert stale.status_code == 409
    assert "您看到的内容已经过时" in stale.text
    assert DRAFT in stale.text
    assert "请写明撤回的原因" in empty.text
    assert "请选择承办部门" in nowhere.text
    assert "请联系来信人" in nowhere.text
    assert "没有这个受理编号" in unknown.text
    assert "20261123-999999" in unknown.text
    assert "请选择类别" in classless.text
    assert '<option value="water" selected>' in classless.text


def test_two_who_write_are_told_of_each_other(hall: Desk) -> None:
    """Who, and how long ago; the second may go on."""
    li = hall.signed_in("li", Role.DESK)
    hall.employ("zhang", Role.DEPT_CONTACT, department="housing")

    page = do(li, 3, "draft", hall)

    assert "zhang同志正在办理" in page
    assert "2 分钟前" in page
    assert 'name="text"' in page


def test_a_wrong_transfer_comes_back_to_the_desk(hall: Desk) -> None:
    """The contact lands on their list; the desk finds it in 待交办 and passes it on."""
    li = hall.signed_in("li", Role.DESK)
    zhang = hall.signed_in("zhang", Role.DEPT_CONTACT, department="housing")

    returned = do(zhang, 2, "return", hall, reason="排水由水务局负责")
    unplaced = li.get("/cases?view=unplaced").text
    passed_on = do(li, 2, "assign", hall, department="water", note="请尽快")

    assert "已退回" in returned
    assert "/cases/case_2" in unplaced
    for words in ("排水由水务局负责", "水务局", "未签收"):
        assert words in passed_on


def test_what_cannot_be_undone_is_done_on_a_persons_word(hall: Desk) -> None:
    """Chased, supervised, reclassified, merged; the other case is led to."""
    wang = hall.signed_in("wang", *Role)

    for deed in ("remind", "supervise"):
        do(wang, 1, deed, hall, note="请加快")
    reclassified = do(wang, 1, "classify", hall, case_class="opinion", urgent="1")
    merged = do(wang, 1, "merge", hall, into="20261123000007")

    assert "督办" in reclassified
    assert "国办发〔2016〕80号" in reclassified
    assert 'href="/cases/case_7"' in merged
    assert case(hall, 1).state is CaseState.MERGED
