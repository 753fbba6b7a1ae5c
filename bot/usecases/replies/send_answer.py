"""Send one answer: commit that it begins, call without a transaction, commit what came of it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.trouble import AccountTrouble, concerns_the_account
from bot.domain.errors import NotSent, OutcomeUnknown, PlatformError
from bot.domain.ids import AccountId, AnswerId
from bot.domain.publishing.deciding import failure_of
from bot.domain.replies.answer import (
    CALL_SECONDS,
    LOST,
    Answer,
    AnswerState,
    Move,
    Way,
    after_call,
    after_look,
    begun,
    is_lost,
    next_move,
    refused,
    unsure,
)
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.reply import Reply
from bot.domain.replies.troubled import not_taken, put_off, window_closed
from bot.ports.commenting import COMMENT_GONE
from bot.ports.correspondence import Correspondent, Letter
from bot.ports.storage import UnitOfWork
from bot.usecases.publishing.carry_out import OVERSLEPT
from bot.usecases.replies.show_window import why_closed
from bot.usecases.replies.tools import CorrespondenceTools, letter_of

STOPPED_SECONDS = 10.0


@dataclass(frozen=True)
class _Errand:
    """One call: what to do, for which try of which answer, with what. `began` is `monotonic` when
    it was decided."""

    answer: Answer
    move: Move
    correspondent: Correspondent
    access: AccountAccess
    letter: Letter
    began: float


def send_answer(answer_id: AnswerId, tools: CorrespondenceTools) -> None:
    """Do what is to be done with the answer now: send it, or look for it; or nothing."""
    errand = _begin(answer_id, tools)
    if errand is None:
        return
    _record(errand, _carried_out(errand, tools), tools)


def _begin(answer_id: AnswerId, tools: CorrespondenceTools) -> _Errand | None:
    began = tools.publishing.monotonic()
    with tools.publishing.storage.begin() as uow:
        answer = _found_again(uow, uow.answers.claim(answer_id))
        move = next_move(answer, uow.now())
        if move is Move.REST:
            uow.commit()
            return None
        reply, account = uow.replies.get(answer.reply), uow.accounts.get(answer.account)
        correspondent = tools.correspondent(account)
        decided = _decided(uow, answer, move, reply, correspondent)
        if decided != answer:
            uow.answers.save(decided)
        is_called = decided.state is AnswerState.SENDING
        is_looked_for = move is Move.LOOK and decided == answer
        access = tools.publishing.access(uow, account)
        uow.commit()
    if not (is_called or is_looked_for):
        return None
    return _Errand(decided, move, correspondent, access, letter_of(decided, reply), began)


def _found_again(uow: UnitOfWork, answer: Answer) -> Answer:
    """A call whose worker never came back is unsure, and of an erased answer over."""
    now = uow.now()
    if not is_lost(answer, now):
        return answer
    lost = refused(answer, LOST, now=now) if answer.erased_at else unsure(answer, LOST, now=now)
    uow.answers.save(lost)
    return lost


def _decided(
    uow: UnitOfWork, answer: Answer, move: Move, reply: Reply, correspondent: Correspondent
) -> Answer:
    """Sending, or looked for as it stands; unless something forbids it that was not so when it
    was written: its window has closed, everything is stopped, the platform has something against
    the account."""
    now, account = uow.now(), uow.accounts.get(answer.account)
    trouble = uow.accounts.trouble(answer.account)
    if move is Move.LOOK:
        is_blind = trouble is not None and trouble.stops_reading
        return put_off(answer, trouble.failure, now=now) if trouble and is_blind else answer
    if answer.way is Way.LETTER:
        rules = correspondent.window_rules(account)
        closed = why_closed(uow, reply, rules, besides=answer.id)
        if closed:
            return refused(answer, window_closed(answer, closed), now=now)
    if account.stopped or uow.stops.everything_is_stopped():
        return replace(answer, next_at=now + timedelta(seconds=STOPPED_SECONDS))
    return put_off(answer, trouble.failure, now=now) if trouble else begun(answer, now)


def _carried_out(errand: _Errand, tools: CorrespondenceTools) -> bool | PlatformError | None:
    """Whether a search found it; None after a call that went well. Only platform errors are
    caught; bugs are seen. A worker that slept since the call was decided sends nothing: by then
    a person may have been asked."""
    seconds = CALL_SECONDS - (tools.publishing.monotonic() - errand.began)
    try:
        if seconds <= 0:
            raise NotSent("answer: its deadline passed", explanation=OVERSLEPT)
        if errand.move is Move.LOOK:
            return errand.correspondent.is_there(errand.access, errand.letter, seconds=seconds)
        errand.correspondent.send(errand.access, errand.letter, seconds=seconds)
    except PlatformError as error:
        return error
    return None


def _record(
    errand: _Errand, found: bool | PlatformError | None, tools: CorrespondenceTools
) -> None:
    """Written on the answer as it is now: it may have been erased meanwhile, or, if this call
    took too long, decided by a person or tried again; then that counts."""
    with tools.publishing.storage.begin() as uow:
        answer = uow.answers.claim(errand.answer.id)
        if answer.started_at != errand.answer.started_at or answer.state not in _OPEN:
            return
        now = uow.now()
        trouble = _trouble(uow, answer.account, found)
        if trouble is not None:
            put = put_off if errand.move is Move.LOOK else not_taken
            answer = put(answer, trouble.failure, now=now)
        elif errand.move is Move.LOOK and found is not None:
            answer = after_look(answer, found, now=now)
        elif answer.state is AnswerState.UNKNOWN and isinstance(found, OutcomeUnknown):
            return
        elif not isinstance(found, bool):
            answer = after_call(answer, found, now=now, jitter=tools.publishing.jitter())
        if answer.erased_at is not None:
            answer = replace(answer, next_at=None, failure=None)
        uow.answers.save(answer)
        _note_comment(uow, answer, found)
        uow.commit()


def _trouble(
    uow: UnitOfWork, account: AccountId, found: bool | PlatformError | None
) -> AccountTrouble | None:
    """What the platform holds against the whole account, if that is what came back."""
    failure = failure_of(found) if isinstance(found, PlatformError) else None
    if failure is None or not concerns_the_account(failure):
        return None
    trouble = AccountTrouble(account, uow.now(), failure)
    uow.accounts.save_trouble(trouble)
    return trouble


_OPEN = frozenset({AnswerState.SENDING, AnswerState.UNKNOWN})


def _note_comment(uow: UnitOfWork, answer: Answer, found: bool | PlatformError | None) -> None:
    """What we learnt of the comment itself, without waiting for the next sweep."""
    if answer.way is not Way.COMMENT or answer.erased_at is not None:
        return
    standings = uow.comments.of_replies([answer.reply])
    standing = standings.get(answer.reply) or CommentStanding(answer.reply)
    if answer.state is AnswerState.SENT:
        words = answer.content.text
        uow.comments.save(
            [replace(standing, author_reply=words, author_replied_at=answer.finished_at)]
        )
    elif isinstance(found, PlatformError) and COMMENT_GONE in found.evidence:
        uow.comments.save([replace(standing, gone_at=standing.gone_at or uow.now())])
