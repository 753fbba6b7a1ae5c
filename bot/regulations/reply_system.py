"""The office's written rules of replies as a file: the text that comes with us, or its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.domain.cases.reply_system import Chapter, ReplySystem
from bot.regulations.rule_reader import RuleReader

OWN_FILE = "reply-system.toml"
_FILE = Path(__file__).with_name("reply_system.toml")
_KNOWN = frozenset({"version", "title", "since", "chapters"})


def reply_systems(home: Path | None = None) -> tuple[ReplySystem, ...]:
    """The `[[versions]]` of `reply-system.toml` in `home`, if it is there, else those that come
    with us.

    Raises:
        InvalidInput: naming every fault of the file.
    """
    own = home / OWN_FILE if home is not None else _FILE
    return read_systems((own if own.is_file() else _FILE).read_text(encoding="utf-8"))


def read_systems(text: str) -> tuple[ReplySystem, ...]:
    """The versions of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = RuleReader()
    found = [_system(table, reader) for table in reader.tables(text, "versions", _KNOWN)]
    return tuple(reader.sound(found))


def _system(table: Mapping[str, Any], reader: RuleReader) -> ReplySystem:
    reader.place = str(table.get("version", "versions"))
    chapters = table.get("chapters", [])
    return ReplySystem(
        version=reader.text(table, "version"),
        title=reader.text(table, "title"),
        since=reader.day(table, "since"),
        chapters=tuple(
            Chapter(reader.text(one, "heading"), reader.texts(one, "articles"))
            for one in (chapters if isinstance(chapters, list) else [])
        ),
    )
