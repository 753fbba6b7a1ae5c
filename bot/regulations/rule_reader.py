"""Reads files of rules that an office writes: every fault is named with its place."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from bot.domain.errors import InvalidInput, Problem
from bot.domain.workdays import Term, TermUnit

K = TypeVar("K", bound=StrEnum)


class RuleReader:
    """Reads tables and gathers every fault with its place; `place` names the table that is read."""

    def __init__(self) -> None:
        self.place = ""
        self._problems: list[Problem] = []

    def tables(self, text: str, name: str, known: frozenset[str]) -> list[dict[str, Any]]:
        """The tables `[[name]]` of a file that holds nothing else.

        Raises:
            InvalidInput: it is no TOML, or holds something else.
        """
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
        """The rules, if nothing was wrong.

        Raises:
            InvalidInput: naming every fault.
        """
        if self._problems:
            raise InvalidInput(self._problems)
        return rules

    def text(self, table: Mapping[str, Any], key: str) -> str:
        """Text that must be there."""
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fault(key, "请填写")
            return ""
        return value.strip()

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        """true or false; false where it is left out."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            self._fault(key, "请写 true 或 false")
        return bool(value)

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A list of texts; empty where it is left out."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._fault(key, "请写成文字的列表")
            return ()
        return tuple(one.strip() for one in value if one.strip())

    def choices(self, table: Mapping[str, Any], key: str, kinds: type[K]) -> tuple[K, ...]:
        """Values of `kinds`."""
        known = {kind.value: kind for kind in kinds}
        named = self.texts(table, key)
        for one in named:
            if one not in known:
                self._fault(key, f"“{one}”不在可用的值里：{'、'.join(known)}")
        return tuple(known[one] for one in named if one in known)

    def word(self, table: Mapping[str, Any], key: str) -> str:
        """Text that may be left out."""
        return self.text(table, key) if key in table else ""

    def number(self, table: Mapping[str, Any], key: str, default: int, *, least: int = 0) -> int:
        """A whole number of at least `least`."""
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self._fault(key, f"请写整数，至少为 {least}")
            return default
        return value

    def real(self, table: Mapping[str, Any], key: str, default: float) -> float:
        """A number above zero."""
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            self._fault(key, "请写大于 0 的数")
            return default
        return float(value)

    def day(self, table: Mapping[str, Any], key: str) -> date:
        """A day, as TOML writes it."""
        value = table.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._fault(key, "请写日期，例如 2026-01-01，不加引号")
            return date.min
        return value

    def term(self, value: object, key: str, *, least: int = 1) -> Term:
        """A term of at least `least`."""
        amount, _, unit = str(value or "").partition(" ")
        units = {one.value: one for one in TermUnit}
        if not amount.isdecimal() or int(amount) < least or unit not in units:
            self._fault(key, f'“{value}”不是期限，请写成 "3 working_days"、"30 days" 或 "5 hours"')
            return Term(least, TermUnit.WORKING_DAYS)
        return Term(int(amount), units[unit])

    def _fault(self, key: str, message: str) -> None:
        self._problems.append(Problem(f"{self.place}.{key}", message))
