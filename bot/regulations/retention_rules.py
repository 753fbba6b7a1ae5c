"""How long words are kept, as a file: what we propose, and what an office lays down."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.retention import RetentionRule
from bot.domain.ids import AccountId
from bot.regulations.rule_reader import RuleReader

_FILE = Path(__file__).with_name("retention.toml")
_KNOWN = frozenset({"id", "keep_days", "basis", "classes", "entries", "accounts"})


@cache
def proposed_retention() -> tuple[RetentionRule, ...]:
    """What an office may begin with; in force only once it says so."""
    return read_retention(_FILE.read_text(encoding="utf-8"))


def read_retention(text: str) -> tuple[RetentionRule, ...]:
    """The `[[retention]]` of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = RuleReader()
    rules = [_rule(table, reader) for table in reader.tables(text, "retention", _KNOWN)]
    return tuple(reader.sound(rules))


def _rule(table: Mapping[str, Any], reader: RuleReader) -> RetentionRule:
    reader.place = str(table.get("id", "retention"))
    return RetentionRule(
        id=reader.text(table, "id"),
        keep_days=reader.number(table, "keep_days", 0, least=1),
        basis=reader.text(table, "basis"),
        classes=reader.choices(table, "classes", CaseClass),
        entries=reader.choices(table, "entries", Entry),
        accounts=tuple(AccountId(one) for one in reader.texts(table, "accounts")),
    )
