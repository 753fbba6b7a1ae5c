"""How answers begin and end, as a file: the templates that come with us, or an office's own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.domain.cases.drafting import AnswerTemplate
from bot.domain.cases.names import CaseClass
from bot.regulations.rule_reader import RuleReader

OWN_FILE = "answers.toml"
_FILE = Path(__file__).with_name("answer_templates.toml")
_KNOWN = frozenset({"id", "name", "classes", "body"})


def answer_templates(home: Path | None = None) -> tuple[AnswerTemplate, ...]:
    """The `[[templates]]` in force: those of `answers.toml` in `home`, if it is there.

    Raises:
        InvalidInput: naming every fault of the file.
    """
    own = home / OWN_FILE if home is not None else _FILE
    return read_templates((own if own.is_file() else _FILE).read_text(encoding="utf-8"))


def read_templates(text: str) -> tuple[AnswerTemplate, ...]:
    """The templates of a file, in their order.

    Raises:
        InvalidInput: naming every fault.
    """
    reader = RuleReader()
    found = [_template(table, reader) for table in reader.tables(text, "templates", _KNOWN)]
    return tuple(reader.sound(found))


def _template(table: Mapping[str, Any], reader: RuleReader) -> AnswerTemplate:
    reader.place = str(table.get("id", "templates"))
    return AnswerTemplate(
        id=reader.text(table, "id"),
        name=reader.text(table, "name"),
        body=reader.text(table, "body"),
        classes=reader.choices(table, "classes", CaseClass),
    )
