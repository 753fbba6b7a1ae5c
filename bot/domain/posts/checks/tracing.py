"""Where the figures of a post come from: each one beside the approved words that state it."""

from dataclasses import dataclass

from bot.domain.posts.checks.facts import Fact, facts_in, values_in
from bot.domain.posts.checks.passages import Passage
from bot.domain.posts.checks.rule import Reading
from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.editing import source_blocks
from bot.domain.posts.edits import BlockKey

_Value = tuple[object, tuple[str, ...]]


@dataclass(frozen=True)
class Trace:
    """A figure as the post writes it, the first place it stands at, how often it does. `blocks`
    of the approved text state it; without any it `is_known` from what stands beside the text
    (文号, dates, the account), or it is nowhere."""

    fact: Fact
    passage: Passage
    times: int
    blocks: tuple[BlockKey, ...]
    is_known: bool


def traces_of(content: DraftContent, source: Source) -> tuple[Trace, ...]:
    """Every figure once, those that are nowhere first."""
    stated = _stated(source)
    found: dict[_Value, list[tuple[Passage, Fact]]] = {}
    for passage, fact in Reading(content, source).facts:
        found.setdefault((fact.kind, fact.value), []).append((passage, fact))
    traces = [
        Trace(
            fact=places[0][1],
            passage=places[0][0],
            times=len(places),
            blocks=tuple(stated.get(value, ())),
            is_known=source.facts.holds(places[0][1]),
        )
        for value, places in found.items()
    ]
    return tuple(sorted(traces, key=lambda trace: trace.is_known))


def _stated(source: Source) -> dict[_Value, list[BlockKey]]:
    stated: dict[_Value, list[BlockKey]] = {}
    for block in source_blocks(source.content):
        for value in dict.fromkeys(v for fact in facts_in(block.words) for v in values_in(fact)):
            stated.setdefault(value, []).append(block.key)
    return stated
