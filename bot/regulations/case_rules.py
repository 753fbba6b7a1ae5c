"""Rules for cases as files: the terms that come with us, and those an office writes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.routing import RoutingRule
from bot.domain.cases.rules import DeadlineRule, Step
from bot.domain.ids import AccountId, DepartmentId
from bot.regulations.rule_reader import RuleReader

_FILE = Path(__file__).with_name("deadlines.toml")
_DEADLINE = frozenset(
    {"id", "classes", "accounts", "entries", "urgent", "term", "basis", "needs_review"}
    | {"warn_before", "steps"}
)
_ROUTING = frozenset(
    {
        "name",
        "words",
        "also",
        "without",
        "class",
        "department",
        "urgent",
        "accounts",
        "opens",
        "sensitive",
    }
)


@cache
def default_deadlines() -> tuple[DeadlineRule, ...]:
    """The terms that are in force until an office sets its own."""
    return read_deadlines(_FILE.read_text(encoding="utf-8"))


def read_deadlines(text: str) -> tuple[DeadlineRule, ...]:
    """The `[[deadlines]]` of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = RuleReader()
    rules = [_deadline(table, reader) for table in reader.tables(text, "deadlines", _DEADLINE)]
    return tuple(reader.sound(rules))


def read_routing(text: str) -> tuple[RoutingRule, ...]:
    """The `[[routing]]` of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = RuleReader()
    rules = [_routing(table, reader) for table in reader.tables(text, "routing", _ROUTING)]
    return tuple(reader.sound(rules))


def _deadline(table: Mapping[str, Any], reader: RuleReader) -> DeadlineRule:
    reader.place = str(table.get("id", "deadlines"))
    return DeadlineRule(
        id=reader.text(table, "id"),
        term=reader.term(table.get("term"), "term"),
        basis=reader.text(table, "basis"),
        classes=reader.choices(table, "classes", CaseClass),
        accounts=tuple(AccountId(one) for one in reader.texts(table, "accounts")),
        entries=reader.choices(table, "entries", Entry),
        is_urgent=reader.flag(table, "urgent") if "urgent" in table else None,
        needs_review=reader.flag(table, "needs_review"),
        warn_before=tuple(
            reader.term(one, "warn_before", least=0) for one in reader.texts(table, "warn_before")
        ),
        steps=tuple(
            Step(reader.text(step, "name"), reader.term(step.get("term"), "steps"))
            for step in table.get("steps", [])
        ),
    )


def _routing(table: Mapping[str, Any], reader: RuleReader) -> RoutingRule:
    reader.place = str(table.get("name", "routing"))
    classes = reader.choices({"class": [table.get("class", "")]}, "class", CaseClass)
    department = table.get("department")
    return RoutingRule(
        name=reader.text(table, "name"),
        words=reader.texts(table, "words"),
        case_class=classes[0] if classes else CaseClass.QUESTION,
        department=DepartmentId(str(department)) if department else None,
        is_urgent=reader.flag(table, "urgent"),
        accounts=tuple(AccountId(one) for one in reader.texts(table, "accounts")),
        also=reader.texts(table, "also"),
        without=reader.texts(table, "without"),
        opens=reader.flag(table, "opens"),
        sensitive=reader.flag(table, "sensitive"),
    )
