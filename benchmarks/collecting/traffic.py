"""An invented week of a city's Weibo account: posts, and what people write under them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.accounts.budgets import BEIJING

MONDAY = datetime(2026, 11, 23, tzinfo=BEIJING)
DAYS = 7
RELEASE_DAY = 2
"""Wednesday: a release that everybody talks about."""
_SLOTS = ((9, 30), (15, 0), (18, 30))
_POSTS_A_DAY = (2, 1, 3, 2, 2, 1, 0)
_COMMENTS, _COMMENTS_ON_RELEASE_DAY = (6, 40), (80, 160)
_MENTIONS_A_DAY = 6
_APPROVED_LATE = 0.03


@dataclass(frozen=True)
class Happening:
    """A post (`kind` post), a comment under the newest one, a mention, a look of staff at the
    web page. `shown_at` is when others see it: some comments have to be approved first."""

    at: datetime
    kind: str
    shown_at: datetime


def week(seed: int = 7) -> Sequence[Happening]:
    """Everything that happens, in order."""
    chance = random.Random(seed)
    happenings = [one for day in range(DAYS) for one in _day(day, chance)]
    return sorted(happenings, key=lambda one: one.at)


def posts_of(happenings: Sequence[Happening]) -> Sequence[datetime]:
    """When posts go out."""
    return [one.at for one in happenings if one.kind == "post"]


def _day(day: int, chance: random.Random) -> Iterator[Happening]:
    midnight = MONDAY + timedelta(days=day)
    for hour, minute in _SLOTS[: _POSTS_A_DAY[day]]:
        at = midnight + timedelta(hours=hour, minutes=minute)
        yield Happening(at, "post", at)
        fewest, most = _COMMENTS_ON_RELEASE_DAY if day == RELEASE_DAY else _COMMENTS
        for _ in range(chance.randint(fewest, most)):
            yield _comment(at, chance)
    for _ in range(_MENTIONS_A_DAY):
        at = midnight + timedelta(hours=chance.uniform(7.5, 22.5))
        yield Happening(at, "mention", at)
    for hour in (11, 17):
        at = midnight + timedelta(hours=hour, minutes=chance.uniform(0, 30))
        yield Happening(at, "staff looks", at)


def _comment(post: datetime, chance: random.Random) -> Happening:
    """Six in ten soon, the others over the day; hardly anybody writes at night."""
    mean_minutes = 40 if chance.random() < 0.6 else 420
    at = post + timedelta(seconds=30 + chance.expovariate(1 / (mean_minutes * 60)))
    if at.hour < 7 and chance.random() < 0.8:
        at = at.replace(hour=7) + timedelta(minutes=chance.uniform(0, 120))
    late = timedelta(hours=chance.uniform(2, 20)) if chance.random() < _APPROVED_LATE else None
    return Happening(at, "comment", at + late if late else at)
