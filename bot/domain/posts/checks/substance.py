"""Whether a post says what the approved text says: its facts, and no others."""

from collections.abc import Iterator

from bot.domain.posts.checks.passages import Part
from bot.domain.posts.checks.rule import ContentRule, Hit, Reading
from bot.domain.posts.draft import Severity
from bot.domain.text import compact

_SHARED = 4
"""Characters in a row that a title has in common with the office's own, at least."""


def _unfounded(reading: Reading) -> Iterator[Hit]:
    for passage, fact in reading.facts:
        if not reading.source.facts.holds(fact):
            message = f"{fact.kind}“{fact.words}”在批准的原文中找不到，请改正或说明出处"
            yield Hit(message, passage.place, fact.words)


def _empty(reading: Reading) -> Iterator[Hit]:
    if reading.passages and not reading.facts:
        yield Hit("全文没有文号、日期、数字或电话，请补充文件里的具体内容")


def _estranged(reading: Reading) -> Iterator[Hit]:
    titles = tuple(map(compact, reading.source.titles))
    for passage in reading.passages:
        if passage.part is Part.TITLE and not _shares(compact(passage.words), titles):
            message = f"标题“{passage.words}”与原标题没有相同的词语，不得改变原意，请核对"
            yield Hit(message, passage.place, passage.words)


def _shares(title: str, others: tuple[str, ...]) -> bool:
    size = min(_SHARED, len(title))
    pieces = (title[at : at + size] for at in range(len(title) - size + 1))
    return any(piece in other for piece in pieces for other in others)


RULES = (
    ContentRule(
        "fact_unfounded",
        1,
        "原文中没有的数字",
        "发布内容应与批准的文件一致（真实、准确）",
        Severity.BLOCKING,
        _unfounded,
    ),
    ContentRule(
        "no_facts",
        1,
        "没有具体内容",
        "公开应有实质内容，不以口号代替",
        Severity.WARNING,
        _empty,
    ),
    ContentRule(
        "title_estranged",
        1,
        "标题偏离原意",
        "转载、改写不得歪曲、篡改标题原意",
        Severity.WARNING,
        _estranged,
    ),
)
