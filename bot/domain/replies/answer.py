"""An Answer: what staff write back to one Reply, and how far it is on its way."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import Conflict, ContentRejected, PlatformError, TargetGone
from bot.domain.ids import AccountId, AnswerId, ReplyId
from bot.domain.publishing.deciding import backoff, failure_of, judge
from bot.domain.publishing.journal import Failure, Outcome
from bot.domain.replies.reply import LinkCard, ReplyKind
from bot.domain.states import move

CALL_SECONDS = 30.0
"""How long one try may take, reading back included."""
GRACE = timedelta(seconds=5)
UNDO_SECONDS = 15
"""How long an answer of a person waits before it leaves, so that it can be taken back."""
MOST_LOOKS = 8
MOST_ATTEMPTS = 5
"""A platform that neither takes a word nor shows it is a matter for a person."""


class AnswerState(StrEnum):
    """Where an answer stands."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"
    REMOVED = "removed"
    TAKEN_BACK = "taken_back"


_S = AnswerState

ANSWER_MOVES = {
    _S.WAITING: frozenset({_S.SENDING, _S.REFUSED, _S.UNKNOWN, _S.TAKEN_BACK}),
    _S.SENDING: frozenset({_S.WAITING, _S.UNKNOWN, _S.SENT, _S.REFUSED}),
    _S.UNKNOWN: frozenset({_S.WAITING, _S.SENT, _S.REFUSED}),
    _S.REFUSED: frozenset({_S.WAITING}),
    _S.SENT: frozenset({_S.REMOVED}),
}

PERSON_MOVES = {
    _S.UNKNOWN: frozenset({_S.WAITING, _S.SENT}),
    _S.REFUSED: frozenset({_S.WAITING}),
}
"""What a person may decide: of what is on its way only the call itself can tell."""

STANDING = frozenset({_S.WAITING, _S.SENDING, _S.UNKNOWN, _S.SENT})
"""States in which the follower has the answer, may have it, or will."""


class Way(StrEnum):
    """How an answer reaches its follower: a letter only they see, or a word under their comment."""

    LETTER = "letter"
    COMMENT = "comment"

    @property
    def can_be_looked_for(self) -> bool:
        """Whether the platform shows what arrived. It takes one word under a comment and refuses
        another, so that trying again there never shows twice."""
        return self is Way.COMMENT


_LETTERS = frozenset({ReplyKind.MESSAGE, ReplyKind.EVENT, ReplyKind.PRIVATE_MESSAGE})


def way_to(kind: ReplyKind) -> Way:
    """The way back to who said something of this kind."""
    return Way.LETTER if kind in _LETTERS else Way.COMMENT


@dataclass(frozen=True)
class AnswerContent:
    """What the follower gets: words, a card with a link, or a published article by the
    platform's id. With a card or an article `text` is what lists show."""

    text: str
    card: LinkCard | None = None
    article: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer to one reply. `next_at` is when something next needs doing; None where nothing
    will happen unless a person says so. `by` is who wrote it."""

    id: AnswerId
    reply: ReplyId
    account: AccountId
    way: Way
    content: AnswerContent
    by: str
    written_at: datetime
    state: AnswerState = AnswerState.WAITING
    next_at: datetime | None = None
    attempts: int = 0
    looks: int = 0
    started_at: datetime | None = None
    deadline_at: datetime | None = None
    finished_at: datetime | None = None
    failure: Failure | None = None
    erased_at: datetime | None = None

    @property
    def waits_for_person(self) -> bool:
        """Whether somebody must say what became of it."""
        return self.state is AnswerState.UNKNOWN and self.next_at is None

    @property
    def is_moving(self) -> bool:
        """Whether something will still happen by itself."""
        return self.next_at is not None and self.state is not AnswerState.SENT


class Move(StrEnum):
    """What is to be done with an answer now."""

    CALL = "call"
    LOOK = "look"
    REST = "rest"


def next_move(answer: Answer, now: datetime) -> Move:
    """Total: an answer whose call is under way, or whose time has not come, rests."""
    if answer.next_at is None or now < answer.next_at:
        return Move.REST
    match answer.state:
        case AnswerState.WAITING:
            return Move.CALL
        case AnswerState.UNKNOWN if answer.way.can_be_looked_for:
            return Move.LOOK
        case _:
            return Move.REST


def doubted(answer: Answer, doubt: Failure, now: datetime) -> Answer:
    """An answer that was to go, or was going, when our memory of it ends: it is looked for where
    that can be done, and else waits for a person."""
    return replace(
        answer,
        state=move("答复", ANSWER_MOVES, answer.state, _S.UNKNOWN),
        next_at=now if answer.way.can_be_looked_for else None,
        looks=0,
        started_at=answer.started_at or answer.written_at,
        deadline_at=now,
        failure=doubt,
    )


def is_lost(answer: Answer, now: datetime) -> bool:
    """Whether a call was begun whose worker never came back to say what became of it."""
    return (
        answer.state is AnswerState.SENDING
        and answer.next_at is not None
        and (answer.next_at <= now)
    )


def begun(answer: Answer, now: datetime) -> Answer:
    """A call begins; committed before anything leaves. If nobody comes back, it is lost."""
    deadline = now + timedelta(seconds=CALL_SECONDS)
    return replace(
        _moved(answer, AnswerState.SENDING),
        attempts=answer.attempts + 1,
        looks=0,
        started_at=now,
        deadline_at=deadline,
        next_at=deadline + GRACE,
        failure=None,
    )


def after_call(
    answer: Answer, error: PlatformError | None, *, now: datetime, jitter: float = 0.0
) -> Answer:
    """What a finished call makes of it; no error means that the platform took it."""
    if error is None:
        return _sent(answer, now)
    verdict = judge(error, attempt=answer.attempts, now=now, jitter=jitter)
    failure = failure_of(error)
    match verdict.outcome:
        case Outcome.DONE:
            return _sent(answer, now)
        case Outcome.NOT_DONE:
            waiting = _moved(answer, AnswerState.WAITING)
            return replace(waiting, next_at=verdict.retry_at, failure=failure)
        case Outcome.UNKNOWN:
            return unsure(answer, failure, now=now)
        case _:
            return refused(answer, failure, now=now)


def after_look(answer: Answer, found: bool | PlatformError, *, now: datetime) -> Answer:
    """What a search makes of it: there it is, it is not there, or the search itself failed. Only
    a refusal that speaks of the words themselves, or of what they answer, is an end."""
    if found is True:
        return _sent(answer, now)
    if found is False and answer.attempts >= MOST_ATTEMPTS:
        return replace(answer, next_at=None)
    if found is False:
        return replace(_moved(answer, AnswerState.WAITING), next_at=now, failure=None)
    if isinstance(found, ContentRejected | TargetGone):
        return refused(answer, failure_of(found), now=now)
    looks = answer.looks + 1
    later = now + backoff(looks + 1) if looks < MOST_LOOKS else None
    is_refused = judge(found, attempt=1, now=now).outcome is Outcome.REFUSED
    told = failure_of(found) if is_refused else answer.failure
    return replace(answer, looks=looks, next_at=later, failure=told)


def unsure(answer: Answer, failure: Failure, *, now: datetime) -> Answer:
    """The call may have arrived. It is looked for where the platform lets us, else a person
    decides; nothing is sent again on a guess."""
    can_look = answer.way.can_be_looked_for
    return replace(
        _moved(answer, AnswerState.UNKNOWN),
        next_at=now + GRACE if can_look else None,
        failure=failure if can_look else replace(failure, **_ASK_A_PERSON),
    )


_ASK_A_PERSON = {
    "next_step": "平台不提供查询，系统不会重发。请到平台后台查看与这位关注者的对话，"
    "再选择“已送达”或“再发一次”",
    "who": "留言专员",
}
LOST = Failure(
    error="OutcomeUnknown",
    cause="发送途中程序中断，不知道平台是否收到",
    next_step="系统会先查找结果，不会直接重发",
    who="无需操作，系统自动核对",
)


def refused(answer: Answer, failure: Failure, *, now: datetime) -> Answer:
    """The platform, or a rule of ours just before the call, says no."""
    return replace(
        _moved(answer, AnswerState.REFUSED), next_at=None, finished_at=now, failure=failure
    )


def settled_as_sent(answer: Answer, now: datetime) -> Answer:
    """A person saw it on the platform."""
    move("答复", PERSON_MOVES, answer.state, AnswerState.SENT)
    return _sent(answer, now)


def sent_again(answer: Answer, now: datetime) -> Answer:
    """A person asks for another try of what was refused, or saw that it never arrived."""
    move("答复", PERSON_MOVES, answer.state, AnswerState.WAITING)
    waiting = _moved(answer, AnswerState.WAITING)
    return replace(waiting, next_at=now, finished_at=None, failure=None, attempts=0)


def taken_back(answer: Answer, now: datetime) -> Answer:
    """Whoever sent it thinks again, before anything has left.

    Raises:
        Conflict: it has left, or may have.
    """
    if answer.state is not _S.WAITING or answer.attempts:
        raise Conflict("答复已经发出，不能撤销。需要更正请再写一次")
    return replace(_moved(answer, _S.TAKEN_BACK), next_at=None, finished_at=now)


def removed(answer: Answer) -> Answer:
    """It was taken off the platform again."""
    return _moved(answer, AnswerState.REMOVED)


def _sent(answer: Answer, now: datetime) -> Answer:
    sent = _moved(answer, AnswerState.SENT)
    return replace(sent, next_at=None, finished_at=now, failure=None)


def _moved(answer: Answer, wanted: AnswerState) -> Answer:
    return replace(answer, state=move("答复", ANSWER_MOVES, answer.state, wanted))
