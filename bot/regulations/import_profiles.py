"""Profiles by which tables of other desks are read: those that come with us, and an office's."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.cases.names import Entry
from bot.domain.replies.importing import ImportProfile
from bot.regulations.rule_reader import RuleReader

_FILE = Path(__file__).with_name("imports.toml")
_KNOWN = frozenset(
    {"id", "name", "entry", "text", "said_at", "number", "sender", "sender_name", "keep_days"}
)


@cache
def default_profiles() -> tuple[ImportProfile, ...]:
    """Those that are in force until an office sets its own."""
    return read_profiles(_FILE.read_text(encoding="utf-8"))


def read_profiles(text: str) -> tuple[ImportProfile, ...]:
    """The `[[profiles]]` of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = RuleReader()
    tables = reader.tables(text, "profiles", _KNOWN)
    return tuple(reader.sound([_profile(table, reader) for table in tables]))


def _profile(table: Mapping[str, Any], reader: RuleReader) -> ImportProfile:
    reader.place = str(table.get("id", "profiles"))
    entries = reader.choices({"entry": [table.get("entry", "")]}, "entry", Entry)
    return ImportProfile(
        id=reader.text(table, "id"),
        name=reader.text(table, "name"),
        entry=entries[0] if entries else Entry.MAILBOX,
        text=reader.texts(table, "text"),
        said_at=reader.text(table, "said_at"),
        number=reader.word(table, "number"),
        sender=reader.word(table, "sender"),
        sender_name=reader.word(table, "sender_name"),
        keep_days=reader.number(table, "keep_days", 0),
    )
