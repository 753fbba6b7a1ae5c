"""What a contact reads of the inbox, and what leaves it as a file."""

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.ids import CaseId, DepartmentId, ReplyId
from bot.domain.people import Role
from bot.usecases.cases.assign_case import assign_case
from tests import factories as make
from tests.unit.console.desk import Desk, send
from tests.unit.console.town_cases import settle_cases
from tests.unit.usecases.replies.office import DESK


@pytest.fixture
def hall(busy: Desk) -> Desk:
    """case_1, of the first letter, is given to the water department; a second letter of the same
    follower, and a comment, are nobody's."""
    settle_cases(busy.storage)
    assign_case(CaseId("case_1"), DepartmentId("water"), actor=DESK, tools=busy.cases)
    private = make.incoming(key="p", sender="o_p", text="我叫王建国，电话 13900000001")
    with busy.storage.begin() as uow:
        uow.replies.store([make.reply(id=ReplyId("rpy_p"), incoming=private)])
        uow.commit()
    return busy


def test_a_contact_reads_the_letters_of_their_departments_cases_only(hall: Desk) -> None:
    """In the list, in a search, in a thread, under a release, and by address."""
    zhao = hall.signed_in("zhao", Role.DEPT_CONTACT, department="water")
    nobody = hall.signed_in("qian", Role.DEPT_CONTACT)

    listed = zhao.get("/replies").text
    thread = zhao.get("/replies/rpy_1").text

    assert "/replies/rpy_1" in listed
    assert "共 1 条" in listed
    assert "13900000001" not in listed
    assert "/replies/rpy_p" not in zhao.get("/replies?q=王建国").text
    assert "老旧小区" in thread
    assert "补贴标准如下" not in thread
    assert "/replies/rpy_3" not in zhao.get("/releases/rel_1/replies").text
    for hidden in ("rpy_2", "rpy_3", "rpy_p"):
        assert zhao.get(f"/replies/{hidden}").status_code == 403
    assert "还没有回复" in nobody.get("/replies").text


def test_letters_are_found_by_what_became_of_them(hall: Desk) -> None:
    """By the state of their case; one that runs or one that has ended."""
    li = hall.signed_in("li", Role.DESK)
    with hall.storage.begin() as uow:
        closed = make.case(
            id=CaseId("case_8"), number="20261123-8", reply=ReplyId("rpy_p"), state=CaseState.CLOSED
        )
        uow.cases.add(closed)
        uow.commit()

    given, ended = li.get("/replies?state=assigned").text, li.get("/replies?state=closed").text

    assert ("/replies/rpy_1" in given, "/replies/rpy_p" in given) == (True, False)
    assert ("/replies/rpy_1" in ended, "/replies/rpy_p" in ended) == (False, True)


def test_files_are_masked_unless_the_role_may_have_it_and_the_audit_tells(hall: Desk) -> None:
    """Both lists, as they are filtered; a contact's file holds what they may read."""
    li = hall.signed_in("li", Role.DESK)
    zhao = hall.signed_in("zhao", Role.DEPT_CONTACT, department="water")

    masked = send(li, "/replies/export", format="csv")
    whole = send(li, "/replies/export", format="csv", unmasked="1")
    refused = send(zhao, "/replies/export", format="csv", unmasked="1")
    theirs = send(zhao, "/replies/export", format="csv").content.decode("utf-8-sig")
    cases = send(zhao, "/cases/export", format="csv", view="all").content.decode("utf-8-sig")
    sheet = send(li, "/cases/export", format="xlsx")

    assert "13900000001" not in masked.content.decode("utf-8-sig")
    assert "13900000001" in whole.content.decode("utf-8-sig")
    assert refused.status_code == 403
    assert theirs.count("\n") == 2
    assert "20261123-000004" in cases
    assert "20261123-000003" not in cases
    assert sheet.content[:2] == b"PK"
    assert "tongbu-cases-2026-11-23.xlsx" in sheet.headers["content-disposition"]
    with hall.storage.begin() as uow:
        told = [(r.action, r.object_id) for r in uow.audit.records(limit=50)]
    assert ("replies.exported", "unmasked") in told
    assert ("cases.exported", "masked") in told
