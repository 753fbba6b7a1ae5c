"""The morning after: a word of ours under a comment is taken away, and another put in its place."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import Conflict, PlatformError
from bot.domain.ids import AccountId, AnswerId
from bot.domain.replies.answer import AnswerState
from bot.usecases.replies.collect_due import collect_due
from bot.usecases.replies.collect_replies import collect_replies
from bot.usecases.replies.moderate_comment import CommentDeed, moderate_comment
from tests.proof import books
from tests.proof.broker import AccountBell, Broker
from tests.proof.correspondence import CLERK, CLICKS, DESK, AnswerShift, Wish, found, settle, submit
from tests.proof.database import WORKER
from tests.proof.day import TICK, Day
from tests.proof.evening import BETWEEN_VISITS
from tests.proof.followers import collecting_tools, comment

OLD, NEW = "请稍候", "已经办好"
COMMENT = "写得明白"


class CollectingShift:
    """Ticks and workers that read what is said under our posts, as they are due."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._broker: Broker[AccountId] = Broker(day.guide, day.ground.time.now)
        self._tools = collecting_tools(day)

    def tick(self) -> None:
        with self._day.process(TICK):
            bell = AccountBell(self._broker)
            collect_due(storage=self._day.tools.storage, doorbell=bell)  # type: ignore[arg-type]

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
        """It never ends; whoever waits for it lets time pass."""
        return None

    def _work(self, account: AccountId) -> None:
        with self._day.process(WORKER, account):
            try:
                collect_replies(account, self._tools)
            except PlatformError:
                return


class Moderation:
    """A person takes the word away, writes another, and shows the comment to all."""

    def __init__(self, day: Day) -> None:
        self._day, self._party = day, day.parties[0]
        comment(self._party, COMMENT)
        self._answers, self._collecting = AnswerShift(day), CollectingShift(day)
        day.shifts += [self._collecting, self._answers]
        self._collecting.work_again()
        self._reply = found(day, COMMENT)
        self._old = Wish(AnswerId("ans_1"), self._reply, OLD)
        self._new = Wish(AnswerId("ans_2"), self._reply, NEW)
        self._write(self._old)
        day.run()
        self._done: set[CommentDeed] = set()

    def run(self) -> None:
        self._do(CommentDeed.DELETE_ANSWER)
        if CommentDeed.DELETE_ANSWER in self._done:
            self._write(self._new)
        if self._can_select:
            self._do(CommentDeed.SELECT)
        self._visit()

    def go_on(self) -> None:
        self._visit()
        self._do(CommentDeed.DELETE_ANSWER, unless=self._new.is_taken)
        self._write(self._new)
        if self._can_select:
            self._do(CommentDeed.SELECT)
        self._visit()

    def decide(self) -> None:
        settle(self._new, self._answers, self._day, arrived=self._times(self._new) > 0)
        self._day.run()

    def wrongs_at_rest(self) -> Iterator[str]:
        for wish in (self._old, self._new):
            if self._times(wish) > 1:
                yield f"“{wish.words}” stands there {self._times(wish)} times"
        if CommentDeed.DELETE_ANSWER in self._done and self._times(self._old):
            yield f"“{OLD}” was taken away, and stands there"
        new = self._answers.find(self._new.id)
        if new is not None and new.state is AnswerState.SENT and not self._times(self._new):
            yield f"“{NEW}” is said to be sent, and does not stand there"

    def wrongs_in_the_end(self) -> Iterator[str]:
        yield from self.wrongs_at_rest()
        old, new = self._answers.find(self._old.id), self._answers.find(self._new.id)
        if old is None or old.state is not AnswerState.REMOVED:
            yield f"“{OLD}” is taken away, and said to be {old and old.state}"
        times = self._times(self._new)
        if new is None or new.state is not AnswerState.SENT or not times:
            yield f"“{NEW}” ended {new and new.state}, and stands there {times} times"
        if self._can_select:
            shown = books.selected_comments(self._party.platform, self._party.name)
            if shown != [COMMENT]:
                yield f"the comment is said to be selected, and the platform shows {shown}"
        with self._day.database.begin() as uow:
            standing = uow.comments.of_replies([self._reply.id]).get(self._reply.id)
        if standing is None or standing.author_reply != NEW or standing.gone_at is not None:
            yield f"the comment is said to stand so: {standing}"

    @property
    def _can_select(self) -> bool:
        return self._party.platform.name is PlatformName.WECHAT

    def _do(self, deed: CommentDeed, *, unless: bool = False) -> None:
        """A person clicks, and again while the page shows an error."""
        for _ in range(CLICKS):
            if unless or deed in self._done:
                return
            with self._day.process(DESK, self._party.account):
                try:
                    moderate_comment(self._reply.id, deed, actor=CLERK, tools=self._answers.tools)
                    self._done.add(deed)
                except PlatformError:
                    continue

    def _write(self, wish: Wish) -> None:
        self._answers.ids = [*dict.fromkeys([*self._answers.ids, wish.id])]
        for _ in range(CLICKS):
            if wish.is_taken:
                break
            with self._day.process(DESK, self._party.account):
                try:
                    submit(wish, self._answers.tools)
                except Conflict:
                    break
        self._day.run()

    def _visit(self) -> None:
        self._day.pass_seconds(BETWEEN_VISITS.total_seconds())
        self._day.run()
        self._collecting.work_again()

    def _times(self, wish: Wish) -> int:
        return books.words_under_comments(self._party.platform, self._party.name, wish.words)
