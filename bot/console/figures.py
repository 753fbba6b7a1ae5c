"""A post's figures as its page shows them: the newest to date, and readers day by day as bars."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.statistics.figures import ArticleDay, Counting
from bot.ports.statistics import ArticleLine, StatisticsOverview

MOST_BARS = 30
FEWEST_PLACES = 14
"""A young article's bars stand at the left of this many places, or three would fill the width."""
BAR, GAP, HEIGHT = 8, 2, 48
"""Units of the drawing, which is stretched to the width there is."""


@dataclass(frozen=True)
class Bar:
    """One day's readers, and where its bar stands."""

    day: date
    readers: int
    x: int
    height: float


@dataclass(frozen=True)
class ArticleFigures:
    """One article: its newest figures, its sources with the largest first, its bars."""

    line: ArticleLine
    sources: Sequence[tuple[str, int]]
    bars: Sequence[Bar]

    @property
    def width(self) -> int:
        """Of the whole drawing."""
        return max(len(self.bars), FEWEST_PLACES) * (BAR + GAP)


def figures_of(post: str, overview: StatisticsOverview) -> Sequence[ArticleFigures]:
    """What is known of each article of a post."""
    days: dict[int, list[ArticleDay]] = defaultdict(list)
    for day in overview.article_days(post, counting=Counting.ON_DAY):
        days[day.article.position].append(day)
    return [
        ArticleFigures(
            line,
            sorted(line.figures.sources.items(), key=lambda part: -part[1]),
            bars_of(days[line.position]),
        )
        for line in overview.articles(post=post)
    ]


def bars_of(days: Sequence[ArticleDay]) -> Sequence[Bar]:
    """A bar a day, the highest filling the height; a single day says nothing and has none."""
    known = [(one.day, one.figures.readers or 0) for one in days][-MOST_BARS:]
    most = max((readers for _, readers in known), default=0)
    if len(known) < 2 or not most:
        return ()
    return [
        Bar(day, readers, number * (BAR + GAP), round(HEIGHT * readers / most, 1))
        for number, (day, readers) in enumerate(known)
    ]
