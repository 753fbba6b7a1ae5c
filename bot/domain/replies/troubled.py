"""An answer of an account in trouble: it waits with the reason until that is over."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts.trouble import TROUBLED_SECONDS, concerns_the_account
from bot.domain.publishing.journal import Failure
from bot.domain.replies.answer import ANSWER_MOVES, Answer, AnswerState
from bot.domain.states import move

CLOSED = "WindowClosed"


def put_off(answer: Answer, failure: Failure, *, now: datetime) -> Answer:
    """Nothing is called for the account now; why is kept. What surely did not leave waits to be
    sent, what is unsure stays so: a search that was refused tells nothing of it."""
    later = now + timedelta(seconds=TROUBLED_SECONDS)
    state = answer.state
    if state is AnswerState.SENDING:
        state = move("答复", ANSWER_MOVES, state, AnswerState.WAITING)
    return replace(answer, state=state, next_at=later, failure=failure)


def not_taken(answer: Answer, failure: Failure, *, now: datetime) -> Answer:
    """The platform refused the call for the account's sake: it was not sent, and waits."""
    if answer.state is AnswerState.UNKNOWN:
        waiting = move("答复", ANSWER_MOVES, answer.state, AnswerState.WAITING)
        answer = replace(answer, state=waiting)
    return put_off(answer, failure, now=now)


def waits_for_account(answer: Answer) -> bool:
    """Whether it would have gone on, had the platform nothing against its account."""
    return answer.next_at is not None and concerns_the_account(answer.failure)


def window_closed(answer: Answer, closed: str) -> Failure:
    """Why it cannot be sent any more; what it waited for is told too."""
    waited = answer.failure.cause if answer.failure and waits_for_account(answer) else ""
    return Failure(CLOSED, cause=f"{closed}。此前没有发出，因为{waited}" if waited else closed)
