"""Rules for cases as files: the terms that come with us, and those an office writes."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.routing import RoutingRule
from bot.domain.cases.rules import DeadlineRule, Step
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AccountId, DepartmentId
from bot.domain.workdays import Term, TermUnit

_FILE = Path(__file__).with_name("deadlines.toml")
_DEADLINE = frozenset(
    {"id", "classes", "accounts", "entries", "urgent", "term", "basis", "needs_review"}
    | {"warn_before", "steps"}
)
_ROUTING = frozenset(
    {"name", "words", "also", "without", "class", "department", "urgent", "accounts", "opens"}
)
K = TypeVar("K", bound=StrEnum)


@cache
def default_deadlines() -> tuple[DeadlineRule, ...]:
    """The terms that are in force until an office sets its own."""
    return read_deadlines(_FILE.read_text(encoding="utf-8"))


def read_deadlines(text: str) -> tuple[DeadlineRule, ...]:
    """The `[[deadlines]]` of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = _Reader()
    rules = [_deadline(table, reader) for table in reader.tables(text, "deadlines", _DEADLINE)]
    return tuple(reader.sound(rules))


def read_routing(text: str) -> tuple[RoutingRule, ...]:
    """The `[[routing]]` of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = _Reader()
    rules = [_routing(table, reader) for table in reader.tables(text, "routing", _ROUTING)]
    return tuple(reader.sound(rules))


def _deadline(table: Mapping[str, Any], reader: "_Reader") -> DeadlineRule:
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


def _routing(table: Mapping[str, Any], reader: "_Reader") -> RoutingRule:
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
    )


class _Reader:
    """Reads tables and gathers every fault with its place."""

    def __init__(self) -> None:
        self.place = ""
        self._problems: list[Problem] = []

    def tables(self, text: str, name: str, known: frozenset[str]) -> list[dict[str, Any]]:
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InvalidInput([Problem("file", f"不是 TOML 文件：{error}")]) from error
        tables = document.get(name)
        if not isinstance(tables, list) or set(document) != {name}:
            raise InvalidInput([Problem("file", f"请把每条规则写成 [[{name}]]，不要写其他内容")])
        for table in tables:
            self.place = str(table.get("id") or table.get("name") or name)
            for key in sorted(set(table) - known):
                self._fault(key, "不认识这一项，请检查拼写")
        return tables

    def sound(self, rules: list[Any]) -> list[Any]:
        if self._problems:
            raise InvalidInput(self._problems)
        return rules

    def text(self, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fault(key, "请填写")
            return ""
        return value.strip()

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._fault(key, "请写 true 或 false")
        return bool(value)

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._fault(key, "请写成文字的列表")
            return ()
        return tuple(one.strip() for one in value if one.strip())

    def choices(self, table: Mapping[str, Any], key: str, kinds: type[K]) -> tuple[K, ...]:
        known = {kind.value: kind for kind in kinds}
        named = self.texts(table, key)
        for one in named:
            if one not in known:
                self._fault(key, f"“{one}”不在可用的值里：{'、'.join(known)}")
        return tuple(known[one] for one in named if one in known)

    def term(self, value: object, key: str, *, least: int = 1) -> Term:
        amount, _, unit = str(value or "").partition(" ")
        units = {one.value: one for one in TermUnit}
        if not amount.isdecimal() or int(amount) < least or unit not in units:
            self._fault(key, f'“{value}”不是期限，请写成 "3 working_days"、"30 days" 或 "5 hours"')
            return Term(least, TermUnit.WORKING_DAYS)
        return Term(int(amount), units[unit])

    def _fault(self, key: str, message: str) -> None:
        self._problems.append(Problem(f"{self.place}.{key}", message))
