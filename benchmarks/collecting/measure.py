"""How long a comment waits to be seen, over an invented week, and what that costs a day."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median, quantiles

from benchmarks.collecting.town import Town, moment
from benchmarks.collecting.traffic import DAYS, MONDAY, Happening, posts_of, week
from benchmarks.table import Line
from bot.domain.accounts.budgets import BEIJING, Purpose, next_budget_day
from bot.domain.errors import RateLimited
from bot.sandbox.clock import Clock

FIXED = timedelta(minutes=30)
PAGES_A_VISIT = 20
NOTE = (
    "The collector on the simulated Weibo, which refuses the 101st call of a day; comments and "
    "mentions of an invented week, 3 % of them approved hours later, staff reading on the web page "
    "twice a day. From being shown to being stored. 'by day' is 07:00 to 23:00."
)

NextVisit = Callable[[Town, datetime, Sequence[datetime]], datetime]


@dataclass
class Week:
    """What came of one week."""

    town: Town
    shown: dict[str, datetime] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)
    twice: int = 0

    def minutes(self, *, by_day: bool = False) -> list[float]:
        """How long each waited."""
        waits = ((self.shown[text], at) for text, at in self.seen.items())
        return [
            (at - shown).total_seconds() / 60
            for shown, at in waits
            if not by_day or 7 <= shown.astimezone(BEIJING).hour < 23
        ]

    @property
    def calls(self) -> list[int]:
        """How many were spent each day."""
        return [day.total() for day in self.town.ledger.spent.values()]

    @property
    def purposes(self) -> Counter[Purpose]:
        """What all of them were spent on."""
        return sum(self.town.ledger.spent.values(), Counter())


def lines() -> Sequence[Line]:
    """The planner beside a fixed interval."""
    planned, fixed = simulate(planned_visits), simulate(_every_half_hour)
    return [
        _delay("a comment waits, all day", planned.minutes(), fixed.minutes()),
        _delay("a comment waits, by day", planned.minutes(by_day=True), fixed.minutes(by_day=True)),
        Line(
            "calls a day, most of seven",
            str(max(planned.calls)),
            f"{max(fixed.calls)} (every 30 min)",
            goal="<= 100",
            reached=max(planned.calls) <= 100 and planned.town.refused == 0,
            note="; ".join(f"{name} {spent}" for name, spent in planned.purposes.most_common()),
        ),
        Line(
            "comments and mentions seen",
            f"{len(planned.seen)} of {len(planned.shown)}",
            f"{len(fixed.seen)} of {len(fixed.shown)}",
            goal="all, once",
            reached=planned.seen.keys() == planned.shown.keys() and planned.twice == 0,
        ),
    ]


def simulate(next_visit: NextVisit, seed: int = 7, **switches: object) -> Week:
    """A week in which visits follow `next_visit`, and a last visit after it; `switches` are those
    of the simulated platform."""
    clock = Clock.frozen_at(MONDAY.timestamp())
    town = Town(clock, switches)
    week_of_town, happenings = Week(town), list(week(seed))
    posts = posts_of(happenings)
    cursors: dict[str, dict[str, str]] = {}
    waiting = _moments(happenings, week_of_town)
    visit_at, ends = MONDAY.astimezone(UTC), MONDAY + timedelta(days=DAYS)
    while visit_at < ends:
        _let_happen(waiting, until=visit_at, clock=clock)
        clock.set(visit_at.timestamp())
        _visit(week_of_town, cursors)
        visit_at = next_visit(town, visit_at, posts)
    _let_happen(waiting, until=ends + timedelta(days=3), clock=clock)
    clock.set((ends + timedelta(days=3, hours=9)).timestamp())
    _visit(week_of_town, cursors)
    return week_of_town


def planned_visits(town: Town, now: datetime, posts: Sequence[datetime]) -> datetime:
    """As the planner says, which knows the posts of the last day and of the rest of this one."""
    known = [at for at in posts if now - timedelta(days=1) <= at < next_budget_day(now)]
    return town.collector.next_visit(town.access.account, now=now, posts=known)


def _every_half_hour(_town: Town, now: datetime, _posts: Sequence[datetime]) -> datetime:
    return now + FIXED


def _moments(
    happenings: Sequence[Happening], of: Week
) -> list[tuple[datetime, Callable[[], None]]]:
    """Each happening as a deed at its time, the latest first."""
    deeds: list[tuple[datetime, Callable[[], None]]] = []

    def comment(number: int, one: Happening) -> None:
        text = f"评论 {number}"
        written = of.town.comment(text, is_shown=one.shown_at == one.at)
        of.shown[text] = one.shown_at.astimezone(UTC)
        if one.shown_at > one.at:
            deeds.append((one.shown_at, lambda: of.town.approve(written)))
            deeds.sort(key=lambda deed: deed[0], reverse=True)

    def mention(number: int, one: Happening) -> None:
        of.town.mention(f"提到 {number}")
        of.shown[f"@示例市发布 提到 {number}"] = one.shown_at.astimezone(UTC)

    for number, one in enumerate(happenings):
        deeds_by_kind: dict[str, Callable[[], None]] = {
            "post": of.town.publish,
            "staff looks": of.town.staff_looks,
            "comment": partial(comment, number, one),
            "mention": partial(mention, number, one),
        }
        deeds.append((one.at, deeds_by_kind[one.kind]))
    mornings = (MONDAY + timedelta(days=day, hours=8, minutes=30) for day in range(DAYS))
    deeds.extend((at, of.town.read_figures) for at in mornings)
    deeds.sort(key=lambda deed: deed[0], reverse=True)
    return deeds


def _let_happen(
    waiting: list[tuple[datetime, Callable[[], None]]], *, until: datetime, clock: Clock
) -> None:
    while waiting and waiting[-1][0] <= until:
        at, deed = waiting.pop()
        clock.set(at.timestamp())
        deed()


def _visit(of: Week, cursors: dict[str, dict[str, str]]) -> None:
    town = of.town
    for stream in town.collector.streams(town.access.account, town.live):
        try:
            _read(of, stream, cursors)
        except RateLimited:
            return


def _read(of: Week, stream: str, cursors: dict[str, dict[str, str]]) -> None:
    town = of.town
    for _ in range(PAGES_A_VISIT):
        page = town.collector.read(
            town.access, stream, cursors.get(stream, {}), live=town.live[::-1]
        )
        cursors[stream] = dict(page.cursor)
        for said in page.incoming:
            of.seen.setdefault(said.text, moment(town.clock))
        of.twice += len(page.incoming) - len({one.key for one in page.incoming})
        if not page.more:
            return


def _delay(what: str, ours: Sequence[float], fixed: Sequence[float]) -> Line:
    return Line(what, _told(ours), f"{_told(fixed)} (every 30 min)", note=NOTE)


def _told(minutes: Sequence[float]) -> str:
    return f"median {median(minutes):.0f} min, p95 {quantiles(minutes, n=20)[-1]:.0f} min"
