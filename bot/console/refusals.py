"""Refusals as an error summary: what happened to the work, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.words.states import in_words
from bot.domain.errors import (
    IllegalMove,
    InvalidInput,
    NotAllowed,
    NotFound,
    PlatformError,
    Refusal,
)


@dataclass(frozen=True)
class Fault:
    """One line of the summary; `field` is the input it speaks of, if it is on the page."""

    message: str
    field: str = ""


def faults_of(refusal: Refusal | PlatformError) -> Sequence[Fault]:
    """Every reason of a refusal in Chinese, without the codes of states."""
    match refusal:
        case PlatformError(explanation=told):
            return [Fault(f"{told.cause}。{told.next_step}")]
        case InvalidInput(problems=problems):
            return [Fault(problem.message, problem.field) for problem in problems]
        case IllegalMove():
            return [Fault(_illegal(refusal))]
        case _:
            return [Fault(str(refusal))]


def _illegal(move: IllegalMove) -> str:
    thing = str(move).partition(" 现在是")[0]
    now, wanted = (in_words(state, thing=thing) for state in (move.now, move.wanted))
    return f"{thing}现在是“{now}”，不能改为“{wanted}”。可能已有同事处理过，请看下面的最新情况"


def status_of(refusal: Refusal | PlatformError) -> int:
    """The HTTP status of a refused request."""
    match refusal:
        case NotAllowed():
            return 403
        case NotFound():
            return 404
        case InvalidInput():
            return 422
        case _:
            return 409
