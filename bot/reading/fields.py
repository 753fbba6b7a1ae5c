"""Typed access to the fields of a JSON object; every fault becomes one Chinese sentence."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from bot.language.dates import parse_date, parse_datetime
from bot.reading.notes import Notes

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_KINDS = {
    str: "文字",
    bool: "是或否",
    int: "数字",
    float: "数字",
    list: "列表",
    dict: "对象",
}

_FLAGS = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}


class Fields:
    """One JSON object; `path` names it in messages (`interpretations[0].`)."""

    def __init__(self, values: Mapping[str, object], notes: Notes, path: str = "") -> None:
        self._values, self._notes, self._path = values, notes, path

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """One fault for every field whose name is not known."""
        for name in sorted(set(self._values) - set(known)):
            self.fault(name, "不认识这个字段，请核对名称；不需要的字段请删去")

    def fault(self, name: str, message: str) -> None:
        """Note what is wrong with the field `name`."""
        self._notes.fault(self._path + name, message)

    def has(self, name: str) -> bool:
        """Whether the field is there and not null, blank or empty."""
        value = self._values.get(name)
        return (
            value is not None
            and value not in ([], {})
            and not (isinstance(value, str) and not value.strip())
        )

    def text(self, name: str, *, longest: int = 2000) -> str | None:
        """One line of cleaned text, or None."""
        value = self._typed(name, str)
        if value is None:
            return None
        line = " ".join(self._notes.clean(value).split())
        if len(line) > longest:
            self.fault(name, f"有 {len(line)} 个字，最多 {longest} 个字，请核对是否填错了栏")
            return None
        return line or None

    def flag(self, name: str) -> bool:
        """Whether it says yes: true, or a word for it; missing means no."""
        value = self._values.get(name)
        if not self.has(name) or isinstance(value, bool):
            return bool(value)
        found = _FLAGS.get(str(value).strip().lower())
        if found is None:
            self.fault(name, "应当填“是”或“否”（程序填 true 或 false）")
        return bool(found)

    def long_text(self, name: str) -> str | None:
        """Text as it stands, or None when it is missing or blank."""
        value = self._typed(name, str)
        return value if value is not None and value.strip() else None

    def day(self, name: str) -> date | None:
        """A day, or None."""
        value = self.text(name)
        if value is None:
            return None
        day = parse_date(value)
        if day is None:
            self.fault(name, f"“{value[:30]}”不是有效日期，请写成 2026-01-31 的形式")
        return day

    def moment(self, name: str) -> datetime | None:
        """A moment in UTC, or None; without a zone it is Beijing time."""
        value = self.text(name)
        if value is None:
            return None
        moment = parse_datetime(value)
        if moment is None:
            self.fault(name, f"“{value[:30]}”不是有效时间，请写成 2026-01-31T09:00 的形式")
        return moment

    def objects(self, name: str) -> list["Fields"]:
        """The objects of a list."""
        values = self._typed(name, list) or []
        found = []
        for number, value in enumerate(values):
            path = f"{self._path}{name}[{number}]"
            if isinstance(value, dict):
                found.append(Fields(value, self._notes, path + "."))
            else:
                self._notes.fault(path, f"应当是对象，收到的是{_kind(value)}")
        return found

    def object(self, name: str) -> "Fields | None":
        """One object, or None."""
        value = self._typed(name, dict)
        return None if value is None else Fields(value, self._notes, f"{self._path}{name}.")

    def texts(self, name: str) -> tuple[str, ...]:
        """The lines of a list of text; a single text is a list of one."""
        if isinstance(self._values.get(name), str):
            line = self.text(name)
            return (line,) if line else ()
        values = self._typed(name, list) or []
        if not all(isinstance(value, str) for value in values):
            self.fault(name, "列表里只能有文字，请核对")
            return ()
        return tuple(line for v in values if (line := " ".join(self._notes.clean(v).split())))

    def choice(self, name: str, kinds: type[E], words: Mapping[str, E]) -> E | None:
        """A value of `kinds`, by its own name or by one of `words`."""
        value = self.text(name)
        return None if value is None else self.one_of(name, value, kinds, words)

    def one_of(self, name: str, value: str, kinds: type[E], words: Mapping[str, E]) -> E | None:
        """`value` as one of `kinds`; a fault and None when it is none of them."""
        found = words.get(value) or next((kind for kind in kinds if kind == value), None)
        if found is None:
            self.fault(name, f"“{value[:20]}”不在可选范围内，可以写：{'、'.join(words)}")
        return found

    def _typed(self, name: str, kind: type[T]) -> T | None:
        value = self._values.get(name)
        if value is None or isinstance(value, kind):
            return value
        self.fault(name, f"应当是{_KINDS[kind]}，收到的是{_kind(value)}，请按接口说明改正")
        return None


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "空值")
