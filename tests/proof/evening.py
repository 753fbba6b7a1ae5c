"""The evening of a release: followers write, comment and mention, and nothing they say is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId
from bot.usecases.replies.collect_due import collect_due
from bot.usecases.replies.collect_replies import collect_replies
from tests.proof.broker import AccountBell, Broker
from tests.proof.database import WORKER
from tests.proof.day import TICK, Day
from tests.proof.followers import collecting_tools, comment, write

VISITS = 3
VISITS_AFTERWARDS = 4
BETWEEN_VISITS = timedelta(hours=2)


@dataclass
class Said:
    """What followers said: what the platform was told we have, and what it keeps for us."""

    pushed: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


class Evening:
    """After a day without trouble, the time in which boundaries are cut."""

    def __init__(self, day: Day) -> None:
        self._day, self._party = day, day.parties[0]
        self._words = (f"第{number}句话" for number in count(1))
        self._broker: Broker[AccountId] = Broker(day.guide, day.ground.time.now)
        self.said = Said()
        self._tools = collecting_tools(day)

    def run(self) -> None:
        """Followers write between the visits of our collector."""
        for _ in range(VISITS):
            self._follower_writes(times=1)
            self._follower_writes(times=2)
            self._reader_comments()
            self._visit()

    def go_on(self) -> None:
        """Nobody writes any more, everything works, and the collector goes on."""
        for _ in range(VISITS_AFTERWARDS):
            self._visit()

    def _follower_writes(self, *, times: int) -> None:
        words, platform = next(self._words), self._party.platform
        before = len(platform.stage.pusher.attempts(self._party.name))
        write(self._party, words, times=times)
        self.said.pushed.append(words)
        attempts = platform.stage.pusher.attempts(self._party.name)[before:]
        if any(attempt.outcome == "accepted" for attempt in attempts):
            self.said.acknowledged.append(words)

    def _reader_comments(self) -> None:
        words, platform = next(self._words), self._party.platform
        comment(self._party, words)
        if platform.name is PlatformName.WEIBO:
            platform.act("mention", account=self._party.name, text=f"{words}，提到")
            self.said.kept.append(f"{words}，提到")
        self.said.kept.append(words)

    def _visit(self) -> None:
        with self._day.process(TICK):
            bell = AccountBell(self._broker)
            collect_due(storage=self._day.tools.storage, doorbell=bell)  # type: ignore[arg-type]
        while (account := self._broker.take()) is not None:
            with self._day.process(WORKER, account):
                self._collect(account)
        self._day.pass_seconds(BETWEEN_VISITS.total_seconds())

    def _collect(self, account: AccountId) -> None:
        try:
            collect_replies(account, self._tools)
        except PlatformError:
            return

    def decide(self) -> None:
        """Nothing is left to people."""

    def wrongs_at_rest(self) -> Iterator[str]:
        """What failed may still be collected."""
        return iter(())

    def wrongs_in_the_end(self) -> Iterator[str]:
        """What was acknowledged or is kept for us is stored, and nothing is stored twice."""
        with self._day.database.begin() as uow:
            stored = [one.text for one in uow.replies.recent(self._party.account, limit=1000)]
        for words in (*self.said.pushed, *self.said.kept):
            times = sum(words == text.removeprefix(self._handle) for text in stored)
            if times > 1:
                yield f"“{words}” is stored {times} times"
            if times == 0 and words not in self.said.pushed:
                yield f"“{words}” was never collected"
        lost = [words for words in self.said.acknowledged if words not in stored]
        yield from (f"“{words}” was acknowledged, and is lost" for words in lost)

    @property
    def _handle(self) -> str:
        """How a mention begins: with the name it mentions."""
        if self._party.platform.name is PlatformName.WECHAT:
            return ""
        uid = self._party.platform.uid(self._party.name)
        return f"@{self._party.platform.platform.world.users[uid].screen_name} "
