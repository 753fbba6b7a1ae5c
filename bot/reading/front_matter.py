"""The metadata block at the head of a Markdown file: `key: value` lines between `---` lines."""

import re
from dataclasses import dataclass

from bot.domain.errors import Problem
from bot.reading.names import FIELD_NAMES

FENCE = "---"
_PAIR = re.compile(r"^(?P<key>[^\s:：][^:：]*?)\s*[:：]\s*(?P<value>.*)$")
LONGEST_BLOCK = 60
"""Lines; a fence that does not close within them is a horizontal rule, not metadata."""


@dataclass(frozen=True)
class MarkedText:
    """The metadata by our field names, the rest of the text, and what is wrong, line by line."""

    metadata: dict[str, str]
    body: str
    problems: tuple[Problem, ...] = ()


def split_front_matter(text: str) -> MarkedText:
    """Take the metadata block off `text`. A text without one comes back whole."""
    lines = text.lstrip("\ufeff").split("\n")
    end = _closing_fence(lines)
    if end is None:
        return MarkedText({}, text)
    metadata: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:end], start=2):
        _read_line(line, f"元数据第 {number} 行", metadata, problems)
    return MarkedText(metadata, "\n".join(lines[end + 1 :]), tuple(problems))


def _closing_fence(lines: list[str]) -> int | None:
    if not lines or lines[0].strip() != FENCE or len(lines) < 2 or not _PAIR.match(lines[1]):
        return None
    for number, line in enumerate(lines[1 : LONGEST_BLOCK + 1], start=1):
        if line.strip() == FENCE:
            return number
    return None


def _read_line(line: str, place: str, metadata: dict[str, str], problems: list[Problem]) -> None:
    if not line.strip() or line.lstrip().startswith("#"):
        return
    pair = _PAIR.match(line)
    if pair is None:
        problems.append(Problem(place, f"“{line[:40]}”不是“名称: 内容”的写法，请改正或删去"))
        return
    field = FIELD_NAMES.get(pair["key"].strip())
    if field is None:
        problems.append(Problem(place, f"不认识的名称“{pair['key'][:20]}”，请改用规定的名称或删去"))
    elif field in metadata:
        problems.append(Problem(place, f"“{pair['key']}”写了两次，请只保留一行"))
    else:
        metadata[field] = _unquoted(pair["value"].strip())


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
