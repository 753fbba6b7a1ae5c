"""What is written in the form on our pages goes where the office's rules say."""

from datetime import date

from bot.domain.cases.letter import letter_of
from bot.domain.cases.names import CaseClass
from bot.domain.cases.routing import RoutingRule
from bot.domain.permissions import SYSTEM
from bot.usecases.cases.departments import end_department
from bot.usecases.cases.set_case_rules import set_routing_rules
from bot.usecases.cases.take_letter import take_letter
from tests.unit.usecases.cases.hall import HOUSING, SUPERVISOR, Hall

LEAK = RoutingRule("漏水", ("漏水",), CaseClass.HELP, department=HOUSING, is_urgent=True)


def test_a_keyword_rule_names_the_department_and_the_writer_the_class() -> None:
    """Its name is kept, and the class has yet to be confirmed."""
    hall = Hall()
    set_routing_rules([LEAK], actor=SUPERVISOR, tools=hall.cases)

    case = take_letter(letter_of("complaint", "楼上漏水没人管"), hall.cases)

    assert (case.case_class, case.department, case.is_urgent) == (
        CaseClass.COMPLAINT,
        HOUSING,
        True,
    )
    assert case.suggested
    assert hall.history(case.id)[0].details["rule"] == "漏水"


def test_a_letter_no_rule_speaks_of_waits_at_the_desk() -> None:
    """With the clock of its class."""
    hall = Hall()

    case = take_letter(letter_of("question", "补贴什么时候发"), hall.cases)

    assert (case.department, case.suggested) == (None, True)
    assert case.deadline.rule == "general"


def test_a_department_that_has_ended_stops_no_letter() -> None:
    """The desk gives it to another one."""
    hall = Hall()
    set_routing_rules([LEAK], actor=SUPERVISOR, tools=hall.cases)
    end_department(
        HOUSING,
        until=date(2020, 6, 1),
        successor=None,
        actor=SYSTEM,
        storage=hall.storage,
    )

    case = take_letter(letter_of("help", "家里漏水了"), hall.cases)

    assert case.department is None
