"""Themes: terms that the same people use are one theme."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.ids import ReplyId
from bot.domain.topics.growth import Growth
from bot.domain.topics.terms import NAMES_US, Sighting, is_word

TOGETHER = 0.6
"""Of two terms the rarer one belongs to the other's theme if so large a share of its askers used
both."""
TERMS_IN_NAME, TELLING, MOST_SAMPLES = 3, 6, 5


@dataclass(frozen=True)
class Theme:
    """What a number of people speak of; `growth` is that of its most telling term. `names_us` of
    the askers named us, or a document of ours."""

    terms: tuple[str, ...]
    askers: int
    names_us: int
    growth: Growth
    samples: tuple[ReplyId, ...]

    @property
    def name(self) -> str:
        """Its first terms."""
        return "、".join(self.terms[:TERMS_IN_NAME])


def themes_of(growing: Mapping[str, Growth], sightings: Iterable[Sighting]) -> Sequence[Theme]:
    """Clusters of the terms, the most askers first; each term belongs to one."""
    askers: dict[str, set[str]] = defaultdict(set)
    replies: dict[str, dict[str, ReplyId]] = defaultdict(dict)
    for seen in sightings:
        askers[seen.term].add(seen.asker)
        replies[seen.term].setdefault(seen.asker, seen.reply)
    clusters: list[list[str]] = []
    for term in sorted(growing, key=lambda term: (-len(askers[term]), growing[term].chance, term)):
        home = next((c for c in clusters if _belongs(askers[term], askers[c[0]])), None)
        if home is None:
            clusters.append([term])
        else:
            home.append(term)
    named = askers.get(NAMES_US, set())
    themes = [_theme(cluster, growing, askers, replies, named) for cluster in clusters]
    return sorted(themes, key=lambda theme: (-theme.askers, theme.terms))


def _belongs(one: set[str], other: set[str]) -> bool:
    return bool(one) and len(one & other) >= TOGETHER * min(len(one), len(other))


def _speaking_of(telling: Sequence[str], askers: Mapping[str, set[str]]) -> set[str]:
    """Who speaks of the theme: where it has some words, two of them; one alone tells little."""
    used = Counter(asker for term in telling for asker in askers[term])
    needed = 1 if len(telling) < TELLING // 2 else 2
    return {asker for asker, number in used.items() if number >= needed}


def _theme(
    cluster: Sequence[str],
    growing: Mapping[str, Growth],
    askers: Mapping[str, set[str]],
    replies: Mapping[str, Mapping[str, ReplyId]],
    named: set[str],
) -> Theme:
    telling = sorted(cluster, key=lambda term: (growing[term].chance, -len(term), term))
    everybody = _speaking_of(telling[:TELLING], askers)
    first = {asker: reply for term in telling[:TELLING] for asker, reply in replies[term].items()}
    samples = [first[asker] for asker in sorted(everybody)][:MOST_SAMPLES]
    return Theme(
        terms=tuple(term for term in telling if is_word(term)) or tuple(telling),
        askers=len(everybody),
        names_us=len(everybody & named),
        growth=growing[telling[0]],
        samples=tuple(samples),
    )
