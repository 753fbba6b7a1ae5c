"""Who is in charge after a reorganisation, and what an office's keywords decide."""

from datetime import date

import pytest

from bot.domain.cases.department import Department, beneath, ended, in_charge
from bot.domain.cases.names import CaseClass
from bot.domain.cases.routing import RoutingRule, route_of, routing_faults
from bot.domain.errors import InvalidInput
from bot.domain.ids import AccountId, DepartmentId

OLD = Department(DepartmentId("old"), "房管局", date(2020, 1, 1))
NEW = Department(DepartmentId("new"), "住建局", date(2026, 4, 1))
OFFICE = Department(DepartmentId("office"), "信访科", date(2026, 4, 1), parent=NEW.id)


def test_after_a_reorganisation_the_successor_is_in_charge() -> None:
    """On the last day the old one still is."""
    over = ended(OLD, until=date(2026, 6, 30), successor=NEW)
    known = (over, NEW)

    assert in_charge(known, OLD.id, date(2026, 6, 30)) == over
    assert in_charge(known, OLD.id, date(2026, 7, 1)) == NEW
    assert in_charge((ended(OLD, until=date(2026, 6, 30), successor=None),), OLD.id,
                     date(2026, 7, 1)) is None  # fmt: skip


def test_a_department_ends_after_it_began_and_hands_over_to_a_living_one() -> None:
    """Each fault is named."""
    with pytest.raises(InvalidInput, match="起设立"):
        ended(OLD, until=date(2019, 1, 1), successor=None)
    with pytest.raises(InvalidInput, match="自己接续"):
        ended(OLD, until=date(2026, 1, 1), successor=OLD)
    with pytest.raises(InvalidInput, match="已不存在"):
        ended(OLD, until=date(2025, 1, 1), successor=NEW)


def test_beneath_a_department_are_all_its_offices() -> None:
    """Itself included."""
    assert beneath((OLD, NEW, OFFICE), NEW.id) == {NEW.id, OFFICE.id}


RULES = (
    RoutingRule("漏水投诉", ("漏水", "渗水"), CaseClass.COMPLAINT, NEW.id, also=("投诉",)),
    RoutingRule("公积金", ("公积金",), CaseClass.QUESTION, without=("投诉",)),
    RoutingRule("热线", ("停水",), CaseClass.HELP, accounts=(AccountId("acc_2"),)),
)


@pytest.mark.parametrize(
    ("text", "account", "name"),
    [
        ("投诉楼上 漏 水", "acc_1", "漏水投诉"),
        ("楼上漏水怎么办", "acc_1", None),
        ("公积金怎么提取", "acc_1", "公积金"),
        ("投诉公积金中心", "acc_1", None),
        ("今天停水吗", "acc_1", None),
        ("今天停水吗", "acc_2", "热线"),
    ],
)
def test_the_first_rule_that_fits_decides(text: str, account: str, name: str | None) -> None:
    """Blind to spaces; a rule may want more words, forbid some, or speak of one account."""
    rule = route_of(RULES, text, AccountId(account))

    assert (rule.name if rule else None) == name


def test_rules_without_words_or_department_are_refused() -> None:
    """A rule that fits nothing, or leads nowhere, is a mistake."""
    faults = routing_faults((*RULES, RoutingRule("空", (), CaseClass.HELP)), frozenset())

    assert [fault.field for fault in faults] == ["空", "漏水投诉"]
