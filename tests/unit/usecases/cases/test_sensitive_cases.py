"""慎重处理: what is sensitive is answered by hand, after a secrecy check and two approvals."""

import pytest

from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.routing import RoutingRule
from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.people import Role
from bot.domain.permissions import SYSTEM, Actor
from bot.domain.replies.answer import AnswerContent
from bot.usecases.cases.answer_case import (
    WrittenAnswer,
    answer_case,
    approve_answer,
    send_back_answer,
)
from bot.usecases.cases.care_for_case import check_secrecy, mark_sensitive, unmark_sensitive
from bot.usecases.cases.merge_cases import merge_cases
from bot.usecases.cases.open_by_rules import open_by_rules
from bot.usecases.cases.set_case_rules import set_routing_rules
from bot.usecases.replies.answer_reply import answer_reply
from tests.unit.usecases.cases.hall import (
    ANSWER,
    CONTACT,
    DESK,
    HOUSING,
    SUPERVISOR,
    TAX_CONTACT,
    Hall,
)
from tests.unit.usecases.posts.desk import APPROVER, REVIEWER

OFFICER = Actor("he", frozenset({Role.SECRECY_OFFICER}))
WHY = "涉及在办案件"
RULE = RoutingRule("人身安全", ("跳楼", "自杀"), CaseClass.HELP, opens=True, sensitive=True)


class CarefulHall(Hall):
    """A hall with a case of the housing department that somebody marked."""

    def marked(self) -> Case:
        case = self.opens(department=HOUSING)
        return mark_sensitive(case.id, reason=WHY, actor=DESK, tools=self.cases)

    def submitted(self) -> Case:
        """Its answer waits."""
        return answer_case(self.marked().id, WrittenAnswer(ANSWER), actor=CONTACT, tools=self.cases)

    def checks(self, case: Case, *, passed: bool = True, actor: Actor = OFFICER) -> Case:
        seen, note = self.case(case.id).version, "" if passed else "含有未公开的数据"
        return check_secrecy(
            case.id, passed=passed, note=note, seen=seen, actor=actor, tools=self.cases
        )

    def approves(self, case: Case, actor: Actor) -> Case:
        seen = self.case(case.id).version
        return approve_answer(case.id, seen=seen, actor=actor, tools=self.cases)


def test_an_answer_leaves_after_a_secrecy_check_and_two_approvals() -> None:
    """Who, when and what result stand in the history, in any order of check and first approval;
    the class alone would have asked for none of it."""
    hall = CarefulHall()
    case = hall.submitted()

    assert case.state is CaseState.IN_REVIEW
    once = hall.approves(case, REVIEWER)
    assert once.state is CaseState.IN_REVIEW
    with pytest.raises(Conflict, match="保密审查"):
        hall.approves(case, APPROVER)
    hall.checks(case)
    with pytest.raises(Conflict, match="另一位"):
        hall.approves(case, REVIEWER)
    done = hall.approves(case, APPROVER)

    assert done.state is CaseState.ANSWERED
    steps = {event.kind.value: event for event in hall.history(case.id)}
    assert steps["sensitive"].note == WHY
    assert (steps["secrecy_checked"].by, steps["secrecy_checked"].details["secrecy"]) == (
        OFFICER.name,
        "passed",
    )
    assert steps["approved_once"].by == REVIEWER.name
    assert steps["answered"].details["approved_by"] == f"{REVIEWER.name} {APPROVER.name}"


def test_a_check_that_did_not_pass_lets_nothing_leave_and_new_words_begin_anew() -> None:
    """Approvals and check belong to the words that were seen."""
    hall = CarefulHall()
    case = hall.submitted()
    hall.approves(case, REVIEWER)
    with pytest.raises(InvalidInput, match="不能答复"):
        check_secrecy(
            case.id,
            passed=False,
            note=" ",
            seen=hall.case(case.id).version,
            actor=OFFICER,
            tools=hall.cases,
        )
    hall.checks(case, passed=False)

    with pytest.raises(Conflict, match="没有通过"):
        hall.approves(case, APPROVER)
    send_back_answer(case.id, reason="请改", actor=REVIEWER, tools=hall.cases)
    again = answer_case(case.id, WrittenAnswer("您好。"), actor=CONTACT, tools=hall.cases)
    assert again.draft is not None
    assert (again.draft.approved_by, again.draft.secrecy) == ((), None)


def test_who_wrote_it_neither_approves_nor_checks_it() -> None:
    """And nobody checks who may not."""
    hall = CarefulHall()
    both = Actor(CONTACT.name, CONTACT.roles | {Role.APPROVER})
    case = hall.submitted()

    with pytest.raises(NotAllowed, match="起草人"):
        hall.checks(case, actor=both)
    with pytest.raises(NotAllowed, match="提交人"):
        hall.approves(case, both)
    with pytest.raises(NotAllowed):
        hall.checks(case, actor=DESK)


def test_it_is_marked_by_whoever_has_it_and_unmarked_by_who_approves() -> None:
    """Each with a reason; another department sees nothing of it."""
    hall = CarefulHall()
    case = hall.opens(department=HOUSING)

    with pytest.raises(NotAllowed):
        mark_sensitive(case.id, reason=WHY, actor=TAX_CONTACT, tools=hall.cases)
    with pytest.raises(InvalidInput):
        mark_sensitive(case.id, reason="", actor=CONTACT, tools=hall.cases)
    mark_sensitive(case.id, reason=WHY, actor=SUPERVISOR, tools=hall.cases)
    with pytest.raises(Conflict):
        mark_sensitive(case.id, reason=WHY, actor=CONTACT, tools=hall.cases)
    with pytest.raises(NotAllowed):
        unmark_sensitive(case.id, reason="查明无关", actor=DESK, tools=hall.cases)
    plain = unmark_sensitive(case.id, reason="查明无关", actor=APPROVER, tools=hall.cases)

    assert plain.care is None
    written = WrittenAnswer(ANSWER)
    assert answer_case(case.id, written, actor=CONTACT, tools=hall.cases).answer is not None


def test_whoever_takes_the_mark_away_does_not_let_the_answer_go_alone() -> None:
    """Neither by approving it nor by answering at once; another person does."""
    hall = CarefulHall()
    case = hall.marked()
    answer_case(case.id, WrittenAnswer(ANSWER), actor=CONTACT, tools=hall.cases)
    plain = unmark_sensitive(case.id, reason="查明无关", actor=APPROVER, tools=hall.cases)

    with pytest.raises(NotAllowed, match="另一位审核人"):
        approve_answer(case.id, seen=plain.version, actor=APPROVER, tools=hall.cases)
    approved = approve_answer(case.id, seen=plain.version, actor=REVIEWER, tools=hall.cases)

    assert approved.answer is not None
    other = hall.opens(department=HOUSING)
    both = Actor("zhou", APPROVER.roles | {Role.DESK})
    mark_sensitive(other.id, reason=WHY, actor=both, tools=hall.cases)
    unmark_sensitive(other.id, reason="查明无关", actor=both, tools=hall.cases)
    waiting = answer_case(other.id, WrittenAnswer(ANSWER), actor=both, tools=hall.cases)
    assert waiting.answer is None


def test_it_is_answered_nowhere_but_in_its_case() -> None:
    """Neither at the desk of letters nor by way of a case that needs no care."""
    hall = CarefulHall()
    case, other = hall.marked(), hall.opens()

    with pytest.raises(Conflict, match="敏感件"):
        answer_reply(case.reply, AnswerContent("您好"), actor=DESK, tools=hall.letters)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="敏感件"):
        merge_cases(case.id, into=other.id, actor=DESK, tools=hall.cases)


def test_a_rule_of_the_office_makes_a_case_sensitive_however_it_is_opened() -> None:
    """By the rule itself, by hand under another class, from our own form."""
    hall = CarefulHall()
    set_routing_rules(
        [RoutingRule("房", ("房",), CaseClass.COMPLAINT), RULE], actor=SYSTEM, tools=hall.cases
    )
    hall.clock.pass_seconds(20)
    first, second = hall.says(7, text="今天就跳楼"), hall.says(8, text="房子拆了我要跳楼")
    hall.clock.pass_seconds(20)
    assert open_by_rules(hall.cases) == 1
    with hall.storage.begin() as uow:
        by_rule = uow.cases.of_reply(first)
    by_hand = hall.opens(reply=second)
    form = hall.opens(reply=None, entry=Entry.FORM, subject="再不解决就跳 楼")
    calm = hall.opens()

    for case in (by_rule, by_hand, form):
        assert case is not None
        assert case.care is not None
        assert case.care.reason == "关键词规则“人身安全”"
    assert calm.care is None
