"""The next morning: what readers did is asked for, within the quota, and kept once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.budgets import BEIJING, budget_day
from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId
from bot.domain.statistics.figures import ArticleDay, Counting
from bot.domain.statistics.planning import Asked, ready_at
from bot.platforms.wechat.statistics import TERMS, WechatStatistics
from bot.usecases.statistics.find_due import find_due
from bot.usecases.statistics.read_figures import read_figures
from bot.usecases.statistics.tools import StatisticsTools
from tests.fakes.storage import FakeStorage
from tests.proof.broker import AccountBell, Broker
from tests.proof.checks import wrongs_of_budget
from tests.proof.database import WORKER, CutLedger
from tests.proof.day import TICK, Day

READERS = {"readers": 200, "shares": 12, "finished": 82, "seconds": 45}
FORENOON = timedelta(hours=5)


class FiguresShift:
    """Ticks and workers that ask for figures, until noon."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._broker: Broker[AccountId] = Broker(day.guide, day.ground.time.now)
        self.until = day.clock.now()
        ledgers = day.database.tokens(), day.database.budgets()
        tokens, budgets = (CutLedger(one, day) for one in ledgers)
        link: Any = (day.ground.http, tokens, budgets, day.clock)
        self._tools = StatisticsTools(day.tools, {PlatformName.WECHAT: WechatStatistics(*link)})

    def tick(self) -> None:
        with self._day.process(TICK):
            find_due(self._tools, doorbell=AccountBell(self._broker))  # type: ignore[arg-type]

    def work_off(self) -> int:
        done = 0
        while (account := self._broker.take()) is not None:
            self._work(account)
            done += 1
        return done

    def work_again(self) -> None:
        self._work(self._day.parties[0].account)

    @property
    def next_at(self) -> datetime | None:
        with self._day.database.begin() as uow:
            outlook = uow.statistics.outlook(self._day.parties[0].account)
        if outlook is not None and outlook.next_at > self.until:
            return None
        return outlook.next_at if outlook is not None else self._day.clock.now()

    def _work(self, account: AccountId) -> None:
        with self._day.process(WORKER, account):
            try:
                read_figures(account, self._tools)
            except PlatformError:
                return


class Figures:
    """One article, read on the day it came out. All earlier days were asked for already."""

    def __init__(self, day: Day) -> None:
        self._day, self._party = day, day.parties[0]
        self._published_on = budget_day(day.clock.now())
        reading = {"account": self._party.name, "msg_data_id": self._number, **READERS}
        self._party.platform.act("readers_read", **reading)
        self._shift = FiguresShift(day)

    def run(self) -> None:
        self._sleep_until_morning()
        self._day.shifts.append(self._shift)
        self._day.run()

    def go_on(self) -> None:
        """What failed in the forenoon is asked for later that day, or on the next one."""
        self._shift.until += FORENOON
        self._day.run()
        self._sleep_until_morning()
        self._day.run()

    def decide(self) -> None:
        """Nothing is left to people."""

    def wrongs_at_rest(self) -> Iterator[str]:
        yield from wrongs_of_budget(self._party)
        for row in article_rows(self._day.database):
            if row.figures.readers != READERS["readers"]:
                yield f"{row.day}: {row.figures.readers} readers, {row.counting}"

    def wrongs_in_the_end(self) -> Iterator[str]:
        yield from self.wrongs_at_rest()
        rows = article_rows(self._day.database)
        for counting in Counting:
            found = [r for r in rows if (r.day, r.counting) == (self._published_on, counting)]
            if [row.article.message for row in found] != [str(self._number)]:
                yield f"figures of {self._published_on}, {counting}: {len(found)} rows"
        with self._day.database.begin() as uow:
            articles = uow.statistics.articles(list({row.article for row in rows}))
        owners = [article.post for article in articles]
        if owners != [self._party.post]:
            yield f"the figures belong to {owners}"

    @property
    def _number(self) -> int:
        (number,) = self._party.platform.platform.world.accounts[self._party.name].numbered
        return int(number)

    def _sleep_until_morning(self) -> None:
        """Until figures are ready; those of other days are known, so that a morning stays short."""
        account, now = self._party.account, self._day.ground.time.at
        tomorrow = now.astimezone(BEIJING).date() + timedelta(days=1)
        morning = ready_at(tomorrow, account)
        self._day.pass_seconds((morning - now).total_seconds() + 1)
        with self._day.database.begin() as uow:
            uow.statistics.save_asked(account, list(self._known(morning, tomorrow)))
            uow.commit()
        self._shift.until = morning + FORENOON

    def _known(self, morning: datetime, today: date) -> Iterator[Asked]:
        for term in TERMS:
            for age in range(1, term.reach_days + 1):
                day = today - timedelta(days=age)
                if day != self._published_on:
                    yield Asked(term.subject, day, morning, is_final=True)


def article_rows(database: Any) -> list[ArticleDay]:
    """Every row of figures that is kept of articles."""
    if isinstance(database, FakeStorage):
        return list(database.state.article_days.values())
    overview = database.overview()
    posts = {line.post_id for line in overview.articles(limit=1000)}
    return [
        row
        for post in posts
        for how in Counting
        for row in overview.article_days(post, counting=how)
    ]
