"""Facts a text states in figures: 文号, days, telephone numbers, amounts."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.domain.text import without_urls


class FactKind(StrEnum):
    """What a figure is; the value names it in findings."""

    NUMBER = "文号"
    DAY = "日期"
    PHONE = "电话"
    AMOUNT = "数字"


@dataclass(frozen=True)
class Fact:
    """A fact as written, and its value in one form, so that two spellings compare equal."""

    kind: FactKind
    words: str
    value: tuple[str, ...]


_Reader = tuple[FactKind, re.Pattern[str], Callable[[re.Match[str]], tuple[str, ...]]]
_OPEN, _CLOSE = r"[〔\[\(【﹝]", r"[〕\]\)】﹞]"


def _parts(found: re.Match[str]) -> tuple[str, ...]:
    return tuple((part or "").lstrip("0") for part in found.groups())


def _digits(found: re.Match[str]) -> tuple[str, ...]:
    return (re.sub(r"\D", "", found[0]),)


def _amount(found: re.Match[str]) -> tuple[str, ...]:
    number, word = found[1].replace(",", ""), found[2] or ""
    unit = word[:1] if word[:1] in _UNITS else ""
    whole, _, rest = number.partition(".")
    rest = rest.rstrip("0")
    return (f"{whole.lstrip('0') or '0'}{'.' * bool(rest)}{rest}", unit)


_UNITS = "%‰万亿千百十元角人户家个名位米公里亩吨斤克升天日年月周岁时分秒倍折级类项条款章节号期届次"
"""What follows a figure and belongs to it: 3元 is not 3万元."""

_WORDS = (
    *("个工作日", "工作日", "个自然日", "自然日", "个小时", "小时", "分钟", "个月", "个百分点"),
    *("周岁", "周年", "年度", "年级", "人次", "户次", "人民币", "元整", "公里", "公斤", "公顷"),
    *("万平方米", "平方米", "平方公里", "立方米", "千瓦时", "千米", "千克", "毫米", "厘米"),
    *(f"{many}{one}" for many in "万亿千百" for one in ("元", "人次", "人", "户", "亩", "吨")),
)
"""Units of more than one character: a figure is shown with the whole word (80周岁, not 80周)."""

_UNIT = "|".join((*sorted(_WORDS, key=len, reverse=True), f"[{_UNITS}]"))
_READERS: tuple[_Reader, ...] = (
    # The two characters before the year belong to every 文号; more of them may be running text.
    (
        FactKind.NUMBER,
        re.compile(rf"([\u4e00-\u9fff]{{2}}){_OPEN}((?:19|20)\d\d){_CLOSE}第?(\d{{1,5}})号"),
        _parts,
    ),
    (FactKind.DAY, re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"), _parts),
    (FactKind.DAY, re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), _parts),
    (FactKind.DAY, re.compile(r"(\d{4})年(\d{1,2})月()"), _parts),
    (FactKind.DAY, re.compile(r"()(?<!\d)(\d{1,2})月(\d{1,2})日"), _parts),
    (
        FactKind.PHONE,
        re.compile(r"(?<![\d.])(?:0\d{2,3}-\d{7,8}|[48]00-?\d{3,4}-?\d{3,4}|1[3-9]\d{9})(?![\d.])"),
        _digits,
    ),
    (
        FactKind.AMOUNT,
        re.compile(rf"(?<![\dA-Za-z.])(\d+(?:,\d+)*(?:\.\d+)?)(?![\dA-Za-z])({_UNIT})?"),
        _amount,
    ),
)


def facts_in(text: str) -> tuple[Fact, ...]:
    """Every fact in the order of kinds; what is part of one is not told again as another."""
    rest = _SPACED.sub("", _plain(text))
    found: list[Fact] = []
    for kind, pattern, value_of in _READERS:
        found += [Fact(kind, match[0], value_of(match)) for match in pattern.finditer(rest)]
        rest = pattern.sub("\x1f", rest)
    return tuple(found)


_SPACED = re.compile(r"(?<=\d)[ \t]+(?=[\d%‰\u4e00-\u9fff])|(?<=[年月])[ \t]+(?=\d)")
"""Blanks that some put around figures: 12 月 10 日 is one day."""

_OUR_OWN = re.compile(
    r"校验码[：:][0-9a-f]+|[第共]\s?\d+\s?篇|[（(]\d+/\d+[）)]|\[\d{1,3}\]|^\s*\d{1,3}[.、．]"
    r"|(?<=[。；：;:！!？?\s])(?:\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)])",
    re.MULTILINE,
)
"""Figures that a post brings itself: check sums, parts, numbers of a list or a note."""


def _plain(text: str) -> str:
    """Full-width figures and signs as half-width ones, without addresses and figures of our own."""
    return unicodedata.normalize("NFKC", _OUR_OWN.sub("", without_urls(text)))


class FactBook:
    """The facts of a source; answers whether a post's fact is among them."""

    def __init__(self, text: str) -> None:
        """`text` is everything a post may say."""
        self._values = _values_of(text)

    def holds(self, fact: Fact) -> bool:
        """Whether the source states it, or states a day or an amount it is part of."""
        return (fact.kind, fact.value) in self._values


@lru_cache(maxsize=16)
def _values_of(text: str) -> frozenset[tuple[FactKind, tuple[str, ...]]]:
    return frozenset(value for fact in facts_in(text) for value in values_in(fact))


def values_in(fact: Fact) -> Iterator[tuple[FactKind, tuple[str, ...]]]:
    """Every kind and value that is told where `fact` stands."""
    yield from ((fact.kind, value) for value in _parts_that_hold(fact))


def _parts_that_hold(fact: Fact) -> Iterator[tuple[str, ...]]:
    """A post may say less than its source: the month of a day, an amount at a line's end."""
    yield fact.value
    if fact.kind is FactKind.DAY:
        year, month, day = fact.value
        yield from ((year, month, ""), ("", month, day))
    elif fact.kind is FactKind.AMOUNT:
        yield (fact.value[0], "")
