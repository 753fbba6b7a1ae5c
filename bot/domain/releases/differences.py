"""What is different between two versions of a release: its fields, and its text word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from bot.domain.releases.document import Document, Image
from bot.domain.releases.release import Interpretation, ReleaseContent

AROUND = 1
"""Unchanged lines shown on each side of a change."""

LONGEST_COMPARED = 3000
"""Characters; longer lines are shown whole, once as they were and once as they are."""


class Change(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of a line."""

    change: Change
    text: str


@dataclass(frozen=True)
class Line:
    """A line of the text: its pieces, or how many unchanged lines are left out here."""

    pieces: tuple[Piece, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class FieldChange:
    """A field by its name in `ReleaseContent`; empty where there was or is nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class TextChange:
    """A text that changed: the document's (no title), or an interpretation's."""

    title: str
    change: Change
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Difference:
    """Everything that is different; empty where only marks such as bold changed."""

    fields: tuple[FieldChange, ...]
    texts: tuple[TextChange, ...]


def difference(before: ReleaseContent, after: ReleaseContent) -> Difference:
    """From `before` to `after`."""
    texts = [*_text("", before.body, after.body), *_interpretations(before, after)]
    return Difference(tuple(_fields(before, after)), tuple(texts))


def compare_lines(before: Sequence[str], after: Sequence[str]) -> tuple[Line, ...]:
    """Line by line, and inside a changed line character by character; unchanged lines far from a
    change are counted. Nothing when all are the same."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    groups = list(matcher.get_grouped_opcodes(AROUND))
    lines: list[Line] = []
    shown_to = 0
    for group in groups:
        lines += _left_out(group[0][3] - shown_to)
        for tag, first, last, start, end in group:
            if tag == "equal":
                lines += [Line((Piece(Change.SAME, text),)) for text in after[start:end]]
            else:
                lines += _changed(before[first:last], after[start:end])
        shown_to = group[-1][4]
    return tuple(lines + _left_out(len(after) - shown_to)) if groups else ()


def _left_out(count: int) -> list[Line]:
    return [Line(left_out=count)] if count > 0 else []


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for old, new in zip_longest(before, after):
        if old is None:
            yield Line((Piece(Change.ADDED, new),))
        elif new is None:
            yield Line((Piece(Change.REMOVED, old),))
        else:
            yield Line(tuple(_pieces(old, new)))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > LONGEST_COMPARED or matcher.quick_ratio() < 1 / 3:
        yield from (Piece(Change.REMOVED, old), Piece(Change.ADDED, new))
        return
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, new[start:end])
            continue
        if last > first:
            yield Piece(Change.REMOVED, old[first:last])
        if end > start:
            yield Piece(Change.ADDED, new[start:end])


def _text(title: str, before: Document, after: Document) -> Iterator[TextChange]:
    lines = compare_lines(before.text.split("\n"), after.text.split("\n"))
    if lines:
        yield TextChange(title, Change.SAME, lines)


def _interpretations(before: ReleaseContent, after: ReleaseContent) -> Iterator[TextChange]:
    old = {each.title: each for each in before.interpretations}
    new = {each.title: each for each in after.interpretations}
    for title, each in new.items():
        if title in old:
            yield from _text(title, old[title].body, each.body)
        else:
            yield TextChange(title, Change.ADDED, _whole(each, Change.ADDED))
    for title in [title for title in old if title not in new]:
        yield TextChange(title, Change.REMOVED, _whole(old[title], Change.REMOVED))


def _whole(interpretation: Interpretation, change: Change) -> tuple[Line, ...]:
    return tuple(Line((Piece(change, line),)) for line in interpretation.body.text.split("\n"))


def _fields(before: ReleaseContent, after: ReleaseContent) -> Iterator[FieldChange]:
    old, new = _told(before), _told(after)
    for name in old:
        if old[name] != new[name]:
            yield FieldChange(name, old[name], new[name])


def _told(content: ReleaseContent) -> dict[str, str]:
    plain = {
        name: str(getattr(content, name) or "")
        for name in (
            *("title", "document_number", "index_number", "issued_on", "published_on", "topic"),
            *("disclosure", "source_url", "contact", "correction"),
        )
    }
    return plain | {
        "issuing_bodies": "、".join(content.issuing_bodies),
        "five_opens": "、".join(content.five_opens),
        "attachments": "、".join(each.name for each in content.attachments),
        "pictures": "、".join(map(_picture, content.body.images)),
    }


def _picture(image: Image) -> str:
    said = image.alt or image.caption or "图片"
    return f"{said}（{image.credit}）" if image.credit else said
