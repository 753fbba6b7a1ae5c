"""The asker says what the answer was worth to them (在线评价)."""

from datetime import datetime

from bot.domain.cases.history import EventKind
from bot.domain.cases.published import LONGEST_REASON, Rating, rating_of
from bot.domain.ids import CaseId
from bot.domain.permissions import SYSTEM
from bot.domain.text import clip
from bot.ports.storage import Storage
from bot.usecases.cases.tools import change


def rate_answer(
    case_id: CaseId, stars: int, words: str, *, answered_at: datetime, storage: Storage
) -> Rating:
    """Store the one vote on the answer given at `answered_at`, whoever brings it: the door has
    checked that they may. The words are a step of the case's history.

    Raises:
        NotFound.
        Conflict: it is rated already, or the case has been taken up again since.
        InvalidInput: not 1 to 5.
    """
    with change(case_id, seen=None, actor=SYSTEM, storage=storage) as work:
        rating = rating_of(work.case, stars, answered_at=answered_at, at=work.now)
        work.uow.ratings.add(rating)
        note = clip(words.strip(), LONGEST_REASON)
        work.record(work.case, EventKind.RATED, note=note, stars=str(stars))
    return rating
