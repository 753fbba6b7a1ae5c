"""What readers did with each article by day, and who came and left: the source of all figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

ArticleKey = tuple[int, int]
"""msg_data_id and the article's place, counted from 1."""


@dataclass
class Deeds:
    """What happened to one article on one day. `counts` go by the names of the figures, with
    `finished` (readers who read to the end) and `seconds` (of all readers) beside them."""

    counts: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    def add(self, other: Deeds) -> None:
        """Take another's deeds over."""
        self.counts.update(other.counts)
        self.sources.update(other.sources)


@dataclass
class Ledger:
    """One account's books."""

    articles: defaultdict[ArticleKey, defaultdict[date, Deeds]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Deeds))
    )
    came: Counter[date] = field(default_factory=Counter)
    left: Counter[date] = field(default_factory=Counter)

    def of(self, article: ArticleKey, first: date, last: date) -> Deeds:
        """Everything that happened to an article from `first` to `last`."""
        total = Deeds()
        for day, deeds in self.articles.get(article, {}).items():
            if first <= day <= last:
                total.add(deeds)
        return total

    def net_since(self, day: date) -> int:
        """How many more came than left after the end of `day`."""
        came = sum(number for on, number in self.came.items() if on > day)
        return came - sum(number for on, number in self.left.items() if on > day)
