"""What readers think of a released document: useful or not, and some words (评价政策公开)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import ReleaseId

LONGEST_WORDS = 200


@dataclass(frozen=True)
class ReleaseVote:
    """One visitor's vote on one release; `voter` is a keyed hash of their token."""

    release: ReleaseId
    voter: str
    is_useful: bool
    words: str
    voted_at: datetime


@dataclass(frozen=True)
class VoteCount:
    """How many found a release useful, and how many did not."""

    useful: int = 0
    useless: int = 0

    @property
    def votes(self) -> int:
        """Both."""
        return self.useful + self.useless


def require_vote(chosen: str, words: str) -> bool:
    """Whether the form says useful.

    Raises:
        InvalidInput: nothing was chosen, or too much was written.
    """
    problems = []
    if chosen not in {"1", "0"}:
        problems.append(Problem("useful", "请选择有用或没用"))
    if len(words.strip()) > LONGEST_WORDS:
        problems.append(Problem("words", f"最多 {LONGEST_WORDS} 个字，请删去一些"))
    if problems:
        raise InvalidInput(problems)
    return chosen == "1"
