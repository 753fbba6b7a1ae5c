"""What is watched for, as a file: ours, and an office's."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import DepartmentId
from bot.domain.topics.rules import WatchedSource, WatchRules
from bot.regulations.rule_reader import RuleReader

_FILE = Path(__file__).with_name("watching.toml")
_KNOWN = frozenset(
    {"names", "grave_words", "common_words", "hour_from", "day_from", "grave_from", "chance"}
    | {"times", "statement_from", "major_from", "very_grave_from", "sources"}
)


@cache
def default_watch_rules() -> WatchRules:
    """In force until an office sets its own."""
    return read_watch_rules(_FILE.read_text(encoding="utf-8"))


def read_watch_rules(text: str) -> WatchRules:
    """The one `[[watch]]` of a file. Lists that are left out are empty, numbers are ours.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = RuleReader()
    tables = reader.tables(text, "watch", _KNOWN)
    if len(tables) != 1:
        raise InvalidInput([Problem("watch", "请只写一个 [[watch]]")])
    table, ours = tables[0], WatchRules()
    reader.place = "watch"

    def least(name: str, default: int) -> int:
        return reader.number(table, name, default, least=1)

    rules = WatchRules(
        names=reader.texts(table, "names"),
        grave_words=reader.texts(table, "grave_words"),
        common_words=reader.texts(table, "common_words"),
        hour_from=least("hour_from", ours.hour_from),
        day_from=least("day_from", ours.day_from),
        grave_from=least("grave_from", ours.grave_from),
        statement_from=least("statement_from", ours.statement_from),
        major_from=least("major_from", ours.major_from),
        very_grave_from=least("very_grave_from", ours.very_grave_from),
        chance=reader.real(table, "chance", ours.chance),
        times=reader.real(table, "times", ours.times),
        sources=tuple(_source(one, reader) for one in table.get("sources", [])),
    )
    reader.sound([])
    return rules


def _source(table: Mapping[str, Any], reader: RuleReader) -> WatchedSource:
    department = reader.word(table, "department")
    return WatchedSource(
        name=reader.text(table, "name"),
        department=DepartmentId(department) if department else None,
        how=reader.word(table, "how"),
    )
