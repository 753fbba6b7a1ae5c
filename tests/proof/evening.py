"""The evening of a release: followers write, comment and mention, and nothing they say is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId
from bot.platforms.wechat.collector import WechatCollector
from bot.platforms.weibo.collector import WeiboCollector
from bot.usecases.replies.collect_due import collect_due
from bot.usecases.replies.collect_replies import CollectingTools, collect_replies
from tests.integration.publishing.town import NumberedIds
from tests.proof.broker import AccountBell, Broker
from tests.proof.database import WORKER, CutLedger
from tests.proof.day import TICK, Day

FOLLOWER = "oEXAMPLEopenid00000000000001"
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
        ledgers = day.database.tokens(), day.database.budgets()
        tokens, budgets = (CutLedger(one, day) for one in ledgers)
        http, clock = day.ground.http, day.clock
        self._tools = CollectingTools(
            day.tools,
            {
                PlatformName.WECHAT: WechatCollector(http, tokens, budgets, clock),  # type: ignore[arg-type]
                PlatformName.WEIBO: WeiboCollector(http, tokens, budgets, clock),  # type: ignore[arg-type]
            },
            NumberedIds(),
        )

    def run(self) -> None:
        """Followers write between the visits of our collector."""
        for _ in range(VISITS):
            self._follower_writes(times=1)
            self._follower_writes(times=2)
            self._reader_comments()
            self._visit()

    def run_quietly(self) -> None:
        """Nobody writes any more, everything works, and the collector goes on."""
        for _ in range(VISITS_AFTERWARDS):
            self._visit()

    def _follower_writes(self, *, times: int) -> None:
        words, platform = next(self._words), self._party.platform
        before = len(platform.stage.pusher.attempts(self._party.name))
        if platform.name is PlatformName.WECHAT:
            writer = {"openid": FOLLOWER, "text": words, "deliveries": times}
            platform.act("follower_writes", account=self._party.name, **writer)
        else:
            platform.act("message", account=self._party.name, text=words, times=times)
        platform.settle()
        self.said.pushed.append(words)
        attempts = platform.stage.pusher.attempts(self._party.name)[before:]
        if any(attempt.outcome == "accepted" for attempt in attempts):
            self.said.acknowledged.append(words)

    def _reader_comments(self) -> None:
        words, platform, name = next(self._words), self._party.platform, self._party.name
        if platform.name is PlatformName.WECHAT:
            (number,) = platform.platform.world.accounts[name].numbered
            comment = {"msg_data_id": number, "openid": FOLLOWER, "text": words}
            platform.act("follower_comments", account=name, **comment)
        else:
            platform.act("comment", account=name, text=words)
            platform.act("mention", account=name, text=f"{words}，提到")
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

    def wrongs(self) -> Iterator[str]:
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
