"""Followers leave, or take back their consent: what they said goes, and nothing else does."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.ids import AnswerId
from bot.usecases.replies.erase_due import erase_due
from bot.usecases.replies.notice_leavings import notice_leavings
from tests.proof import books
from tests.proof.correspondence import AnswerShift, Wish, found, submit
from tests.proof.database import WORKER
from tests.proof.day import JUMP_SECONDS, Day
from tests.proof.followers import write

LEAVES, REVOKES, STAYS = (
    books.FOLLOWER,
    "oEXAMPLEopenid00000000000002",
    "oEXAMPLEopenid00000000000003",
)
SAID = {"路灯坏了": LEAVES, "井盖松了": LEAVES, "公交改线吗": REVOKES, "谢谢": STAYS}
AFTERWARDS = "我又来了"
ANSWER = "已派人去修"
VISITS = 3
BETWEEN_VISITS_SECONDS = 100.0


class ErasingShift:
    """Workers that notice who left, and erase."""

    def __init__(self, day: Day, answers: AnswerShift) -> None:
        self._day, self._tools = day, answers.tools

    def tick(self) -> None:
        """The visits come one by one."""

    def work_off(self) -> int:
        return 0

    def work_again(self) -> None:
        with self._day.process(WORKER, self._day.parties[0].account):
            notice_leavings(self._tools)
            erase_due(self._tools.publishing.storage)

    @property
    def next_at(self) -> datetime | None:
        return None


class Leaving:
    """One follower of three leaves and comes back, one takes back the consent."""

    def __init__(self, day: Day) -> None:
        self._day, self._party = day, day.parties[0]
        for words, follower in SAID.items():
            write(self._party, words, follower=follower)
        answers = AnswerShift(day)
        self._wish = Wish(AnswerId("ans_1"), found(day, "路灯坏了"), ANSWER)
        day.shifts.append(answers)
        with day.process(WORKER, self._party.account):
            submit(self._wish, answers.tools)
        answers.ids = [self._wish.id]
        day.run()
        self._erasing = ErasingShift(day, answers)
        day.shifts[:] = [self._erasing]
        self._acknowledged: list[str] = []

    def run(self) -> None:
        self._push("follower_unsubscribes", LEAVES)
        self._visit()
        self._push("platform_sends_event", REVOKES, event="user_authorization_revoke")
        self._visit()
        self._push("follower_subscribes", LEAVES)
        write(self._party, AFTERWARDS, follower=LEAVES)
        for _ in range(VISITS):
            self._visit()

    def go_on(self) -> None:
        """Long enough for a clock that was put back."""
        for _ in range(VISITS):
            self._visit()
            self._day.pass_seconds(JUMP_SECONDS)

    def decide(self) -> None:
        """Nothing is left to people."""

    def wrongs_at_rest(self) -> Iterator[str]:
        kept = self._kept()
        for words, follower in SAID.items():
            if follower not in self._acknowledged and words not in kept:
                yield f"“{words}” is gone, and who said it is not known to have left"

    def wrongs_in_the_end(self) -> Iterator[str]:
        kept = self._kept()
        for words, follower in SAID.items():
            if follower in self._acknowledged and words in kept:
                yield f"“{words}” is kept, and who said it has left"
            if follower == STAYS and words not in kept:
                yield f"“{words}” is gone, and who said it is still there"
        with self._day.database.begin() as uow:
            answer = uow.answers.get(self._wish.id)
            known = [e.follower for e in uow.erasures.due()]
        if LEAVES in self._acknowledged and answer.content.text:
            yield "the answer to who left is kept"
        if known:
            yield f"{known} are still to be erased"
        if kept.count(AFTERWARDS) > 1:
            yield f"“{AFTERWARDS}” is stored {kept.count(AFTERWARDS)} times"

    def _push(self, act: str, follower: str, **more: str) -> None:
        """What a follower does; whether we said that we have heard of it."""
        platform, name = self._party.platform, self._party.name
        before = len(platform.stage.pusher.attempts(name))
        platform.act(act, account=name, openid=follower, **more)
        platform.settle()
        attempts = platform.stage.pusher.attempts(name)[before:]
        if act != "follower_subscribes" and any(one.outcome == "accepted" for one in attempts):
            self._acknowledged.append(follower)

    def _visit(self) -> None:
        self._day.pass_seconds(BETWEEN_VISITS_SECONDS)
        self._day.run()
        self._erasing.work_again()

    def _kept(self) -> Sequence[str]:
        with self._day.database.begin() as uow:
            return [one.text for one in uow.replies.recent(self._party.account, limit=1000)]
