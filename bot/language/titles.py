"""Shorter official titles: by leaving out who issued, never by changing what was decided."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.language.document_number import parse_document_number
from bot.language.words import split_words

_NUMBER_NOTE = re.compile(r"\s*[（(](?P<number>[^（()）]{4,60}号)[）)]\s*$")
_ANNOUNCED = re.compile(r"^.{2,120}?号\s*[（(](?P<title>关于.{4,})[）)]$")
_ABOUT = re.compile(
    r"(?P<bodies>.{2,200}?)(?=(?:关于|转发|印发|批转).+"
    r"(?:通知|意见|办法|规定|公告|通告|决定|批复|函|复函|答复|报告|通报|方案|条例|细则|规则|解释|公报|决议|命令)》?$)"
)
_QUOTED = re.compile(r"《(?P<title>[^《》]{4,})》")
_STATE = re.compile(r"(?<=《)中华人民共和国(?=[^《》]{2,40}(?:法|条例|规定|办法|细则)》)")
"""A law is cited without the name of the state once it is known of which it is."""
_BODY = re.compile(
    r"(?:部|委|委员会|局|总局|署|总署|院|办公厅|办公室|厅|会|行|人民政府|政府|中共中央|中央|国务院|机关|"
    r"集团|公司|法院|检察院|军委|海关|协会|中心)$"
)


class TitleForm(StrEnum):
    """What became of a title."""

    WHOLE = "whole"
    SHORTENED = "shortened"
    CUT = "cut"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Shortened:
    """A title and what became of it."""

    text: str
    form: TitleForm


def shorten_title(
    title: str, limit: int, *, issuing_bodies: Iterable[str] = (), may_cut: bool = False
) -> Shortened:
    """`title` within `limit` code points, by its own words.

    In this order: as it is; without a trailing 文号 note; without the issuing bodies before
    关于…, also inside the 《》 of an interpretation's title; without 中华人民共和国 before the name
    of a law in 《》. Only with `may_cut` is it cut, at a
    word boundary, marked with “…”; otherwise the shortest official form comes back as `too_long`.
    """
    whole = title.strip()
    if len(whole) <= limit:
        return Shortened(whole, TitleForm.WHOLE)
    shortest = whole
    for form in _official_forms(whole, tuple(issuing_bodies)):
        if len(form) <= limit:
            return Shortened(form, TitleForm.SHORTENED)
        shortest = form if len(form) < len(shortest) else shortest
    if may_cut and limit > 1:
        return Shortened(_cut(shortest, limit), TitleForm.CUT)
    return Shortened(shortest, TitleForm.TOO_LONG)


def _official_forms(title: str, issuing_bodies: tuple[str, ...]) -> list[str]:
    forms = []
    announced = _ANNOUNCED.match(title)
    if announced:
        return [announced["title"]]
    note = _NUMBER_NOTE.search(title)
    if note and parse_document_number(note["number"]):
        title = title[: note.start()]
        forms.append(title)
    subject = _without_bodies(title, issuing_bodies)
    if subject != title:
        forms.append(subject)
    quoting = _QUOTED.sub(lambda m: f"《{_without_bodies(m['title'], issuing_bodies)}》", subject)
    return [*forms, *(form for form in (quoting, _STATE.sub("", quoting)) if form != subject)]


def _without_bodies(title: str, issuing_bodies: tuple[str, ...]) -> str:
    """What follows the bodies, when all that precedes 关于 is bodies."""
    match = _ABOUT.match(title)
    if match is None:
        return title
    names = [n for n in re.split(r"[\s\u3000、，,]+", match["bodies"]) if n]
    if all(n in issuing_bodies or _BODY.search(n) for n in names):
        return title[match.end() :].lstrip()
    return title


def _cut(title: str, limit: int) -> str:
    """The words that fit, then “…”; an opened bracket is left out whole, or closed where little
    would be left before it."""
    kept = _words_within(title, limit - 1)
    for opening, closing in (("《", "》"), ("（", "）"), ("“", "”")):
        at = kept.rfind(opening)
        if kept.count(opening) <= kept.count(closing):
            continue
        if at <= limit // 4:
            return f"{_words_within(title, limit - 2)}…{closing}"
        kept = kept[:at]
    return (kept.rstrip(" 、，：的和及") or title[: limit - 1]) + "…"


def _words_within(title: str, room: int) -> str:
    kept = ""
    for word in split_words(title):
        if len(kept) + len(word) > room:
            break
        kept += word
    return kept
