"""Which rule a matter runs by, when it ends, and when somebody hears of it before."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.clock import Mark, MarkKind, deadline_of
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.rules import Matter, faults_of, renumbered, rule_for
from bot.domain.errors import InvalidInput
from bot.domain.ids import AccountId
from bot.domain.workdays import Term, TermUnit
from bot.regulations.calendar import work_calendar
from bot.regulations.case_rules import default_deadlines

RULES = default_deadlines()
ORDINARY = Matter(None, Entry.FOLLOWER, is_urgent=False)


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def minute(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING).replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("case_class", "matter", "received", "due"),
    [
        (CaseClass.QUESTION, ORDINARY, "2026-11-26T10:00", "2026-12-03T23:59"),
        (CaseClass.HELP, replace(ORDINARY, is_urgent=True), "2026-09-30T17:00", "2026-10-08T23:59"),
        (CaseClass.COMPLAINT, ORDINARY, "2026-02-13T10:00", "2026-03-12T23:59"),
        (CaseClass.SUGGESTION, ORDINARY, "2026-12-11T10:00", "2027-01-04T23:59"),
        (CaseClass.CORRECTION, ORDINARY, "2026-09-24T10:00", "2026-09-30T23:59"),
        (CaseClass.DISCLOSURE, ORDINARY, "2026-11-26T10:00", "2026-12-01T23:59"),
        (CaseClass.OPINION, ORDINARY, "2026-10-01T08:15", "2026-10-03T08:15"),
        (CaseClass.OPINION, replace(ORDINARY, is_urgent=True), "2026-10-01T22:15",
         "2026-10-02T03:15"),
        (CaseClass.QUESTION, replace(ORDINARY, entry=Entry.MEDIA), "2026-11-27T16:00",
         "2026-11-28T16:00"),
    ],
)  # fmt: skip
def test_each_class_has_its_own_term(
    case_class: CaseClass, matter: Matter, received: str, due: str
) -> None:
    """Working days pass over 国庆 and 春节, hours pass through them."""
    rule = rule_for(RULES, case_class, matter)

    deadline = deadline_of(rule, since=beijing(received), calendar=work_calendar())

    assert minute(deadline.due_at) == beijing(due)
    assert deadline.basis == rule.basis
    assert deadline.is_provisional is (beijing(due).year == 2027)


def test_somebody_hears_of_it_before_it_is_too_late() -> None:
    """At 09:00 of working days, and at the end that it is over."""
    rule = rule_for(RULES, CaseClass.QUESTION, ORDINARY)

    deadline = deadline_of(rule, since=beijing("2026-09-30T10:00"), calendar=work_calendar())

    assert [(mark.kind, minute(mark.at)) for mark in deadline.marks] == [
        (MarkKind.WARNING, beijing("2026-10-12T09:00")),
        (MarkKind.WARNING, beijing("2026-10-13T09:00")),
        (MarkKind.OVERDUE, beijing("2026-10-13T23:59")),
    ]


def test_a_grave_public_opinion_has_a_step_behind_its_first_word() -> None:
    """5 hours to the first authoritative information, 24 to the press conference."""
    rule = rule_for(RULES, CaseClass.OPINION, replace(ORDINARY, is_urgent=True))

    deadline = deadline_of(rule, since=beijing("2026-10-01T22:00"), calendar=work_calendar())

    assert Mark(MarkKind.MILESTONE, beijing("2026-10-02T22:00"), "举行新闻发布会") in deadline.marks
    assert minute(deadline.due_at) == beijing("2026-10-02T03:00")


def test_a_warning_before_the_beginning_is_none() -> None:
    """A term of one day received in the evening has no warning on the day before."""
    rule = replace(RULES[-1], term=Term(1, TermUnit.WORKING_DAYS))

    deadline = deadline_of(rule, since=beijing("2026-11-26T18:00"), calendar=work_calendar())

    assert [minute(m.at) for m in deadline.marks if m.kind is MarkKind.WARNING] == [
        beijing("2026-11-27T09:00")
    ]


def test_an_account_may_have_a_term_of_its_own() -> None:
    """The first rule that fits wins; other accounts keep the general one."""
    own = replace(
        RULES[-1], id="own", accounts=(AccountId("acc_1"),), term=Term(2, TermUnit.WORKING_DAYS)
    )
    rules = (own, *RULES)

    here = rule_for(rules, CaseClass.QUESTION, replace(ORDINARY, account=AccountId("acc_1")))
    there = rule_for(rules, CaseClass.QUESTION, replace(ORDINARY, account=AccountId("acc_2")))

    assert (here.id, there.id) == ("own", "general")


def test_rules_that_leave_a_class_without_a_term_are_refused() -> None:
    """Also those that only speak of urgent matters, of nothing by law, or twice by one id."""
    without = tuple(rule for rule in RULES if rule.id != "complaint")
    baseless = replace(RULES[-1], basis=" ")

    assert [problem.field for problem in faults_of(without)] == ["complaint"]
    assert [problem.field for problem in faults_of((*RULES[:-1], baseless))] == ["general"]
    assert [problem.field for problem in faults_of((*RULES, RULES[0]))] == ["opinion-major"]
    with pytest.raises(InvalidInput):
        rule_for(without, CaseClass.COMPLAINT, ORDINARY)


def test_a_rule_that_says_the_same_keeps_its_version() -> None:
    """One that changed gets the next, a new one the first."""
    changed = replace(RULES[-1], term=Term(3, TermUnit.WORKING_DAYS))
    added = replace(RULES[-1], id="another")

    rules = renumbered(RULES, (*RULES[:-1], changed, added))

    assert [rule.version for rule in rules] == [*[1] * 8, 2, 1]
    assert renumbered(rules, rules) == rules
