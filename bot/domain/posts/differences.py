"""What is different between two drafts, place by place, in the words of readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.domain.posts.checks.passages import passages_of
from bot.domain.posts.draft import DraftContent, Picture

_AROUND = 1
"""Lines that stay, told before and after those that changed."""


class Change(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Stretch:
    """Words that stayed, went or came."""

    change: Change
    words: str


@dataclass(frozen=True)
class Difference:
    """One field or body that is different: its place as findings name it, and its lines, each as
    stretches; None stands where lines that are the same are left out."""

    place: str
    lines: tuple[tuple[Stretch, ...] | None, ...]


def differences(before: DraftContent, after: DraftContent) -> tuple[Difference, ...]:
    """Every place where readers would see something else, in the order of reading."""
    old = {passage.place: passage.words for passage in passages_of(before)}
    new = {passage.place: passage.words for passage in passages_of(after)}
    for number, (one, other) in enumerate(_authors(before, after)):
        old[f"articles.{number}.author"], new[f"articles.{number}.author"] = one, other
    found = [
        Difference(place, _lines(old.get(place, ""), new.get(place, "")))
        for place in dict.fromkeys((*new, *old))
        if old.get(place, "") != new.get(place, "")
    ]
    return (*found, *_pictures(before, after))


def _authors(before: DraftContent, after: DraftContent) -> Iterator[tuple[str, str]]:
    pairs = zip(before.articles, after.articles, strict=False)
    yield from ((one.author, other.author) for one, other in pairs)


def _pictures(before: DraftContent, after: DraftContent) -> Iterator[Difference]:
    said = (Stretch(Change.NEW, "换了图片"),)
    for number, (one, other) in enumerate(zip(before.articles, after.articles, strict=False)):
        if _hash(one.cover) != _hash(other.cover):
            yield Difference(f"articles.{number}.cover", (said,))
        if one.pictures != other.pictures:
            yield Difference(f"articles.{number}.pictures", (said,))
    if before.pictures != after.pictures:
        yield Difference("pictures", (said,))


def _hash(picture: Picture | None) -> str:
    return picture.sha256 if picture else ""


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """`after` beside `before`, character by character; as a whole where little of it stayed."""
    found: list[Stretch] = []
    for start, end, written in changes(before, after):
        if written is None:
            found.append(Stretch(Change.SAME, before[start:end]))
            continue
        found += [Stretch(Change.GONE, before[start:end]), Stretch(Change.NEW, written)]
    kept = sum(len(each.words) for each in found if each.change is Change.SAME)
    if 2 * kept < min(len(before), len(after)):
        found = [Stretch(Change.GONE, before), Stretch(Change.NEW, after)]
    return tuple(each for each in found if each.words)


def changes(before: str, after: str) -> Iterator[tuple[int, int, str | None]]:
    """Stretches of `before` in order, from and to, each with what stands there in `after`; None
    where it stayed as it is."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    end_before, end_after = len(before) - tail, len(after) - tail
    if head:
        yield 0, head, None
    middle, written = before[head:end_before], after[head:end_after]
    # What begins and ends alike is not searched through: it is nearly all of a long paragraph.
    matcher = SequenceMatcher(None, middle, written, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        told = None if kind == "equal" else written[new_start:new_end]
        yield head + start, head + end, told
    if tail:
        yield end_before, len(before), None


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _lines(before: str, after: str) -> tuple[tuple[Stretch, ...] | None, ...]:
    old, new = before.split("\n"), after.split("\n")
    found: list[tuple[Stretch, ...] | None] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        if found or group[0][1]:
            found.append(None)
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                found += [(Stretch(Change.SAME, line),) for line in old[start:end]]
            else:
                found.append(
                    stretches("\n".join(old[start:end]), "\n".join(new[new_start:new_end]))
                )
    return tuple(found)
