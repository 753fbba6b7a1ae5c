"""Clocks are told before they end, once; rules change what comes, never what runs."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Case
from bot.domain.cases.names import CaseClass
from bot.domain.cases.routing import RoutingRule
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import AccountId, DepartmentId
from bot.domain.replies.reply import Answered
from bot.domain.workdays import CalendarYear, Term, TermUnit, WorkCalendar
from bot.regulations.calendar import calendar_years
from bot.regulations.case_rules import default_deadlines
from bot.usecases.cases.assign_case import assign_case
from bot.usecases.cases.classify_case import classify_case
from bot.usecases.cases.count_again import count_again
from bot.usecases.cases.file_application import (
    ask_for_correction,
    extend_application,
    file_application,
    pause_application,
    resume_application,
    take_correction,
)
from bot.usecases.cases.note_deadlines import note_deadlines
from bot.usecases.cases.open_by_rules import open_by_rules
from bot.usecases.cases.set_case_rules import set_deadline_rules, set_routing_rules
from bot.usecases.cases.suggest_case import suggest_case
from tests import factories as make
from tests.unit.usecases.cases.hall import DESK, HOUSING, SUPERVISOR, TAX, Hall
from tests.unit.usecases.posts.desk import APPROVER

DEFAULTS = default_deadlines()


def noted(hall: Hall, case: Case) -> list[str]:
    kinds = {"warned", "milestone", "overdue"}
    return [step for step in hall.steps(case.id) if step in kinds]


def due(case: Case) -> str:
    return case.deadline.due_at.astimezone(BEIJING).date().isoformat()


def test_somebody_is_warned_before_the_end_and_told_of_it_once() -> None:
    """Received on Monday the 23rd: 09:00 on Friday and on Monday, then midnight."""
    hall = Hall()
    case = hall.opens()
    found = []
    for day in range(9):
        found.append((day, note_deadlines(hall.storage)))
        hall.days_pass(1)

    assert [(day, count) for day, count in found if count] == [(4, 1), (7, 1), (8, 1)]
    assert noted(hall, case) == ["warned", "warned", "overdue"]
    assert note_deadlines(hall.storage) == 0


def test_a_transfer_neither_stops_nor_repeats_a_warning() -> None:
    """The new department is warned by the same clock."""
    hall = Hall()
    case = hall.opens(department=HOUSING)
    hall.days_pass(4)
    note_deadlines(hall.storage)

    assign_case(case.id, TAX, actor=DESK, tools=hall.cases)

    assert note_deadlines(hall.storage) == 0
    hall.days_pass(3)
    assert note_deadlines(hall.storage) == 1
    assert hall.history(case.id)[-1].details["department"] == TAX


def test_another_class_has_warnings_of_its_own() -> None:
    """Those of the old clock are gone."""
    hall = Hall()
    case = hall.opens()
    classify_case(case.id, CaseClass.COMPLAINT, actor=DESK, tools=hall.cases)
    hall.days_pass(10)

    assert note_deadlines(hall.storage) == 0


def test_new_rules_hold_for_what_comes_and_no_clock_that_runs_moves() -> None:
    """The version of the rule is kept with each case."""
    hall = Hall()
    before = hall.opens()
    shorter = replace(DEFAULTS[-1], term=Term(2, TermUnit.WORKING_DAYS), basis="本单位制度第六条")

    rules = set_deadline_rules((*DEFAULTS[:-1], shorter), actor=SUPERVISOR, tools=hall.cases)
    after = hall.opens()

    assert rules.version == 1
    assert hall.case(before.id) == before
    assert (after.deadline.rule_version, due(after)) == (2, "2026-11-25")
    assert after.deadline.basis == "本单位制度第六条"


def test_rules_are_set_by_whoever_may_and_only_whole() -> None:
    """A set that would leave a class without a term is refused, and one that names nothing."""
    hall = Hall()
    own = replace(DEFAULTS[-1], id="own", accounts=(AccountId("acc_9"),))

    with pytest.raises(NotAllowed, match="管理办理规则"):
        set_deadline_rules(DEFAULTS, actor=DESK, tools=hall.cases)
    with pytest.raises(InvalidInput, match="缺少"):
        set_deadline_rules(DEFAULTS[:-1], actor=SUPERVISOR, tools=hall.cases)
    with pytest.raises(NotFound):
        set_deadline_rules((own, *DEFAULTS), actor=SUPERVISOR, tools=hall.cases)
    assert not hall.storage.state.case_rules


def test_a_rule_that_may_opens_cases_by_itself_and_leaves_the_rest_to_people() -> None:
    """What it decides is marked as suggested, and nothing is looked at twice."""
    hall = Hall()
    rules = (
        RoutingRule("漏水", ("漏水",), CaseClass.HELP, HOUSING, opens=True),
        RoutingRule("公积金", ("公积金",), CaseClass.QUESTION),
    )
    set_routing_rules(rules, actor=SUPERVISOR, tools=hall.cases)
    hall.clock.pass_seconds(1)
    leak = hall.says(1, text="楼上漏水，求助")
    hall.says(2, text="公积金怎么提取")
    hall.says(3, text="谢谢")
    hall.clock.pass_seconds(11)

    assert open_by_rules(hall.cases) == 1
    assert open_by_rules(hall.cases) == 0

    (case,) = hall.storage.state.cases.values()
    assert (case.reply, case.department, case.suggested) == (leak, HOUSING, True)
    assert hall.history(case.id)[0].details["rule"] == "漏水"


def test_an_office_with_keywords_alone_keeps_the_terms_that_come_with_us() -> None:
    """Also those of a later release; its own ones stay when the keywords change."""
    hall = Hall()
    leak = RoutingRule("漏水", ("漏水",), CaseClass.HELP)
    own = replace(DEFAULTS[-1], basis="本单位制度第六条")

    keywords = set_routing_rules((leak,), actor=SUPERVISOR, tools=hall.cases)
    terms = set_deadline_rules((*DEFAULTS[:-1], own), actor=SUPERVISOR, tools=hall.cases)
    both = set_routing_rules((), actor=SUPERVISOR, tools=hall.cases)

    assert (keywords.version, keywords.deadlines, keywords.routing) == (1, (), (leak,))
    assert (terms.version, terms.routing) == (2, (leak,))
    assert both.deadlines == terms.deadlines


def test_an_earlier_rule_that_only_suggests_keeps_a_later_one_from_opening() -> None:
    """The first that fits wins; and what came before the rules were set is left to people."""
    hall = Hall()
    hall.says(1, text="漏水")
    hall.days_pass(1)
    rules = (
        RoutingRule("自来水", ("自来水",), CaseClass.QUESTION),
        RoutingRule("漏水", ("漏水",), CaseClass.HELP, opens=True),
    )
    set_routing_rules(rules, actor=SUPERVISOR, tools=hall.cases)
    hall.says(2, text="自来水漏水")
    hall.clock.pass_seconds(11)

    assert open_by_rules(hall.cases) == 0


def test_what_was_answered_at_once_is_no_case() -> None:
    """An answer rule has dealt with it."""
    hall = Hall()
    opens = RoutingRule("时间", ("时间",), CaseClass.QUESTION, opens=True)
    set_routing_rules((opens,), actor=SUPERVISOR, tools=hall.cases)
    told = make.reply(
        incoming=make.incoming(text="办事时间"), answered=Answered("周一至周五", "办事时间")
    )
    with hall.storage.begin() as uow:
        uow.replies.store([told])
        uow.commit()
    hall.clock.pass_seconds(11)

    assert open_by_rules(hall.cases) == 0


def test_routing_to_a_department_that_is_not_there_is_refused() -> None:
    """Before a case is lost in it."""
    hall = Hall()
    nowhere = RoutingRule("漏水", ("漏水",), CaseClass.HELP, DepartmentId("nowhere"))

    with pytest.raises(InvalidInput, match="没有部门 nowhere"):
        set_routing_rules((nowhere,), actor=SUPERVISOR, tools=hall.cases)


def application(hall: Hall) -> Case:
    case = hall.opens(CaseClass.DISCLOSURE)
    filed: datetime = hall.clock.now()
    return file_application(case.id, filed_at=filed, actor=DESK, tools=hall.cases)


def test_an_application_has_twenty_working_days_once_it_is_filed() -> None:
    """A letter is no application: until then it has the term of guidance."""
    hall = Hall()
    asked = hall.opens(CaseClass.DISCLOSURE)
    case = application(hall)

    assert due(asked) == "2026-11-26"
    assert due(case) == "2026-12-21"
    assert "第三十三条" in case.deadline.basis
    assert case.deadline.needs_review
    with pytest.raises(Conflict, match="已经登记过"):
        file_application(case.id, filed_at=hall.clock.now(), actor=DESK, tools=hall.cases)
    with pytest.raises(Conflict, match="不能再改变类别"):
        classify_case(case.id, CaseClass.QUESTION, actor=DESK, tools=hall.cases)


def test_only_a_disclosure_case_is_filed_and_not_in_the_future() -> None:
    """The class is a person's word."""
    hall = Hall()
    other, case = hall.opens(), hall.opens(CaseClass.DISCLOSURE)
    later = make.after(60)

    with pytest.raises(InvalidInput, match="依申请公开"):
        file_application(other.id, filed_at=hall.clock.now(), actor=DESK, tools=hall.cases)
    with pytest.raises(InvalidInput, match="不能晚于现在"):
        file_application(case.id, filed_at=later, actor=DESK, tools=hall.cases)


def test_while_others_are_asked_the_clock_stands() -> None:
    """Nobody is warned, nothing is late, and the days are given back."""
    hall = Hall()
    case = application(hall)
    pause_application(case.id, reason="征求第三方意见", actor=DESK, tools=hall.cases)
    hall.days_pass(35)

    assert note_deadlines(hall.storage) == 0
    assert not hall.case(case.id).is_overdue(hall.clock.now())
    goes_on = resume_application(case.id, actor=DESK, tools=hall.cases)
    assert not goes_on.is_overdue(hall.clock.now())
    assert due(goes_on) == "2027-01-26"
    assert goes_on.is_provisional


def test_a_correction_begins_the_clock_anew_and_an_extension_needs_approval() -> None:
    """Once each."""
    hall = Hall()
    case = application(hall)
    ask_for_correction(case.id, note="请补充身份证明", actor=DESK, tools=hall.cases)
    hall.days_pass(3)

    corrected = take_correction(case.id, actor=DESK, tools=hall.cases)
    assert due(corrected) == "2026-12-24"
    with pytest.raises(NotAllowed, match="审核答复"):
        extend_application(case.id, 10, note="内容较多", actor=DESK, tools=hall.cases)
    longer = extend_application(case.id, 5, note="内容较多", actor=APPROVER, tools=hall.cases)
    assert due(longer) == "2026-12-31"
    assert hall.steps(case.id)[1:] == ["filed", "suspended", "resumed", "extended"]


def test_a_new_notice_moves_what_was_counted_without_it() -> None:
    """元旦 2027 with a weekend worked for it, say; what is official already stays."""
    hall = Hall()
    hall.days_pass(31)
    case = hall.opens(CaseClass.SUGGESTION)
    assert count_again(hall.cases) == 0
    off = frozenset(date(2027, 1, day) for day in (1, 2, 3))
    notice = CalendarYear(2027, True, "国办发明电〔2026〕8号", off, frozenset({date(2026, 12, 26)}))
    years = (*(year for year in calendar_years() if year.year != 2027), notice)
    informed = replace(hall.cases, calendar=WorkCalendar(years))

    assert count_again(informed) == 1
    assert count_again(informed) == 0

    moved = hall.case(case.id)
    assert (due(case), case.is_provisional) == ("2027-01-15", True)
    assert (due(moved), moved.is_provisional) == ("2027-01-14", False)
    assert hall.steps(case.id) == ["opened", "counted_again"]
    hall.days_pass(30)
    assert note_deadlines(hall.storage) == 4


def test_keywords_suggest_what_a_person_confirms() -> None:
    """Also by rules that open nothing themselves."""
    hall = Hall()
    rule = RoutingRule("公积金", ("公积金",), CaseClass.QUESTION, HOUSING)
    set_routing_rules((rule,), actor=SUPERVISOR, tools=hall.cases)

    one, other = hall.says(1, text="公积金怎么提取"), hall.says(2, text="您好")

    assert suggest_case(one, actor=DESK, tools=hall.cases) == rule
    assert suggest_case(other, actor=DESK, tools=hall.cases) is None
