"""The morning after: the office writes back, and every answer arrives once."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import Conflict, IllegalMove, InvalidInput
from bot.domain.ids import AccountId, AnswerId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.replies.answer import Answer, AnswerContent, AnswerState, Way
from bot.domain.replies.reply import Reply
from bot.domain.replies.troubled import CLOSED, waits_for_account
from bot.platforms.wechat.correspondence import WechatCorrespondent
from bot.platforms.wechat.moderation import WechatCommentDesk
from bot.platforms.weibo.correspondence import WeiboCorrespondent
from bot.platforms.weibo.moderation import WeiboCommentDesk
from bot.usecases.replies.answer_reply import answer_reply
from bot.usecases.replies.collect_replies import collect_replies
from bot.usecases.replies.ring_answers import ring_answers
from bot.usecases.replies.send_answer import send_answer
from bot.usecases.replies.settle_answer import confirm_answer, send_answer_again
from bot.usecases.replies.tools import CorrespondenceTools
from tests.proof import books
from tests.proof.broker import AnswerBell, Broker
from tests.proof.database import WORKER, CutLedger
from tests.proof.day import TICK, Day
from tests.proof.faults import Fault
from tests.proof.followers import collecting_tools, comment, stored, write

DESK = "desk"
CLERK = Actor("钱专员", frozenset({Role.DESK}))
_JUMPS = (Fault.CLOCK_FORWARD, Fault.CLOCK_BACK)
CLICKS = 3
"""So often a person tries again when a page shows an error."""

Job = tuple[AccountId, AnswerId]


@dataclass
class Wish:
    """Words that a person wants to send, in reply to what; whether the page said that they are
    on their way."""

    id: AnswerId
    reply: Reply
    words: str
    is_taken: bool = False


class AnswerShift:
    """Ticks and workers that bring answers out."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._broker: Broker[Job] = Broker(day.guide, day.ground.time.now)
        self.ids: list[AnswerId] = []
        self.tools = _tools(day, AnswerBell(self._broker))

    def tick(self) -> None:
        with self._day.process(TICK):
            ring_answers(storage=self.tools.publishing.storage, doorbell=self.tools.doorbell)

    def work_off(self) -> int:
        done = 0
        while (job := self._broker.take()) is not None:
            self._work(*job)
            done += 1
        return done

    def work_again(self) -> None:
        for answer in filter(self.find, self.ids):
            self._work(self._day.parties[0].account, answer)

    @property
    def next_at(self) -> datetime | None:
        found = [self.find(one) for one in self.ids]
        moving = [a for a in found if a is not None and a.is_moving]
        moments = [a.next_at for a in moving if not self._waits_for_people(a)]
        return min((at for at in moments if at is not None), default=None)

    def find(self, answer: AnswerId) -> Answer | None:
        """The answer as stored, if it is."""
        with self._day.database.begin() as uow:
            return uow.answers.find(answer)  # type: ignore[no-any-return]

    def _waits_for_people(self, answer: Answer) -> bool:
        """Whether it waits until somebody says that its account is well again, and says so."""
        with self._day.database.begin() as uow:
            return uow.accounts.trouble(answer.account) is not None and waits_for_account(answer)

    def _work(self, account: AccountId, answer: AnswerId) -> None:
        with self._day.process(WORKER, account):
            send_answer(answer, self.tools)


class Correspondence:
    """Letters to a follower, more of them than the window allows, and a word under a comment."""

    def __init__(self, day: Day) -> None:
        self._day, self._party = day, day.parties[0]
        write(self._party, "路灯坏了")
        comment(self._party, "写得明白")
        with day.process(WORKER, self._party.account):
            collect_replies(self._party.account, collecting_tools(day))
        self._shift = AnswerShift(day)
        day.shifts.append(self._shift)
        said, commented = found(day, "路灯坏了"), found(day, "写得明白")
        self._wishes = [
            Wish(AnswerId("ans_1"), said, "已派人去修"),
            Wish(AnswerId("ans_2"), commented, "谢谢支持"),
            Wish(AnswerId("ans_3"), said, "已经修好"),
        ]
        self._beyond = Wish(AnswerId("ans_4"), said, "请您查看")

    def run(self) -> None:
        for wish in (*self._wishes, self._beyond):
            self._submit(wish)
        self._day.run()

    def go_on(self) -> None:
        for wish in self._wishes:
            self._submit(wish)
        self._day.run()

    def decide(self) -> None:
        for wish in self._all:
            settle(wish, self._shift, self._day, arrived=self._times(wish) > 0)
        self._day.run()

    def wrongs_at_rest(self) -> Iterator[str]:
        for wish in self._all:
            yield from _of(wish, self._shift.find(wish.id), self._times(wish))
        refused = books.letters_outside_the_window(self._party.platform, self._party.name)
        if refused and not self._day.guide.has_struck(*_JUMPS):
            yield f"{refused} letters were tried although the window was closed"

    def wrongs_in_the_end(self) -> Iterator[str]:
        yield from self.wrongs_at_rest()
        for wish in self._wishes:
            answer = self._shift.find(wish.id)
            if answer is not None and self._was_mistimed(answer):
                continue
            if answer is None or answer.state is not AnswerState.SENT:
                yield f"“{wish.words}” ended {answer and answer.state}: {answer and answer.failure}"

    def _was_mistimed(self, answer: Answer) -> bool:
        """Whether a wrong clock of ours let more letters through than the window allows, or let a
        later one take the place of this one, which then says that the window is used up."""
        failure = answer.failure
        if failure is None or not self._day.guide.has_struck(*_JUMPS):
            return False
        return failure.code in books.CLOSED or failure.error == CLOSED

    @property
    def _all(self) -> Sequence[Wish]:
        return (*self._wishes, self._beyond)

    def _submit(self, wish: Wish) -> None:
        """A person sends a form, and again while its page shows an error; a refusal is believed."""
        self._shift.ids = [*dict.fromkeys([*self._shift.ids, wish.id])]
        for _ in range(CLICKS):
            if wish.is_taken:
                return
            with self._day.process(DESK, self._party.account):
                try:
                    submit(wish, self._shift.tools)
                except (Conflict, InvalidInput):
                    return

    def _times(self, wish: Wish) -> int:
        answer = self._shift.find(wish.id)
        read = books.letters
        if answer is not None and answer.way is Way.COMMENT:
            read = books.words_under_comments
        return read(self._party.platform, self._party.name, wish.words)


def submit(wish: Wish, tools: CorrespondenceTools) -> None:
    """The form of one answer, sent once."""
    content = AnswerContent(wish.words)
    answer_reply(wish.reply.id, content, actor=CLERK, tools=tools, answer_id=wish.id)
    wish.is_taken = True


def settle(wish: Wish, shift: AnswerShift, day: Day, *, arrived: bool) -> None:
    """A person who looked at the platform decides on what no program can decide on."""
    answer = shift.find(wish.id)
    if answer is None or answer.state is AnswerState.SENT:
        return
    decide = confirm_answer if arrived else send_answer_again
    with day.process(DESK, answer.account), suppress(Conflict, IllegalMove):
        decide(wish.id, actor=CLERK, tools=shift.tools)


def _of(wish: Wish, answer: Answer | None, times: int) -> Iterator[str]:
    if times > 1:
        yield f"“{wish.words}” arrived {times} times"
    if answer is None:
        if wish.is_taken or times:
            yield f"“{wish.words}” is lost, and arrived {times} times"
        return
    is_open = answer.is_moving or answer.state in {AnswerState.WAITING, AnswerState.SENDING}
    if is_open and not waits_for_account(answer):
        yield f"“{wish.words}” rests as {answer.state}"
    if answer.state is AnswerState.SENT and times != 1:
        yield f"“{wish.words}” is said to be sent, and arrived {times} times"
    if answer.state is AnswerState.REFUSED and times:
        yield f"“{wish.words}” arrived, and is said to be refused: {answer.failure}"


def found(day: Day, words: str) -> Reply:
    """What a follower said, which came in without trouble."""
    reply = stored(day, words)
    if reply is None:
        raise AssertionError(f"“{words}” did not come in")
    return reply


def _tools(day: Day, doorbell: Any) -> CorrespondenceTools:
    ledgers = day.database.tokens(), day.database.budgets()
    tokens, budgets = (CutLedger(one, day) for one in ledgers)
    link: Any = (day.ground.http, tokens, budgets, day.clock)
    return CorrespondenceTools(
        day.tools,
        {
            PlatformName.WECHAT: day.seams.correspondent(WechatCorrespondent(*link)),
            PlatformName.WEIBO: day.seams.correspondent(WeiboCorrespondent(*link)),
        },
        {
            PlatformName.WECHAT: WechatCommentDesk(*link),
            PlatformName.WEIBO: WeiboCommentDesk(*link),
        },
        doorbell,
        day.ids,
    )
