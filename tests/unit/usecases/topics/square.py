"""A market square where people speak, and somebody who listens."""

from datetime import datetime, timedelta

from bot.domain.ids import ReplyId
from bot.domain.replies.reply import Reply
from bot.domain.topics.alert import TopicAlert
from bot.domain.topics.rules import WatchRules
from bot.usecases.replies.file_replies import file_replies
from bot.usecases.topics.count_terms import count_terms
from bot.usecases.topics.judge_growth import judge_growth
from bot.usecases.topics.tools import WatchTools
from tests import factories as make
from tests.unit.usecases.cases.hall import Hall

RULES = WatchRules(names=("云岭市",), grave_words=("爆炸",), common_words=("请问",))


class Square(Hall):
    """Words are what stands between spaces; six weeks of ordinary days lie behind."""

    def __init__(self, *, days: int = 42) -> None:
        super().__init__()
        self.watch = WatchTools(
            self.storage, self.storage.searching(), self._words, self.ids.new, RULES
        )
        self._said = 0
        now = self.clock.now()
        moments = [now - timedelta(days=day, hours=5) for day in range(days, 0, -1)]
        self._stored([self._reply("请问 水费 缴纳", at=moment) for moment in moments])
        self.listen()

    @staticmethod
    def _words(text: str) -> list[str]:
        return text.replace(",", "").split("、")

    def speak(self, text: str, *, who: str = "", at: datetime | None = None) -> ReplyId:
        """Somebody says words."""
        reply = self._reply(text, who=who, at=at or self.clock.now())
        self._stored([reply])
        return reply.id

    def _reply(self, text: str, *, at: datetime, who: str = "") -> Reply:
        self._said += 1
        number = self._said
        incoming = make.incoming(
            key=f"s{number}",
            sender=who or f"o_{number}",
            text=text.replace(" ", "、"),
            said_at=at,
        )
        now = self.clock.now()
        return make.reply(id=ReplyId(f"said_{number}"), incoming=incoming, received_at=now)

    def _stored(self, replies: list[Reply]) -> None:
        with self.storage.begin() as uow:
            uow.replies.store(replies)
            uow.commit()

    def listen(self) -> list[TopicAlert]:
        """File, count and judge."""
        file_replies(self.storage)
        count_terms(self.watch)
        return list(judge_growth(self.watch))

    def alerts(self) -> list[TopicAlert]:
        with self.storage.begin() as uow:
            return list(uow.topics.alerts())
