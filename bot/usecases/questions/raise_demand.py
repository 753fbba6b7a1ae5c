"""Propose a supplementary interpretation where many ask for what nothing published answers."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.ids import DemandId, QuestionId
from bot.domain.permissions import SYSTEM
from bot.domain.questions.demand import DEMAND_FROM, Demand, DemandKind
from bot.domain.releases.searching import searchable
from bot.domain.replies.reply import Reply
from bot.domain.replies.search_answers import RULE
from bot.domain.replies.wishes import SearchWish, wish_of
from bot.ports.searching import ReleaseSearch
from bot.ports.storage import UnitOfWork

NewId = Callable[[str], str]
"""Gives a new identifier with this prefix."""


@dataclass(frozen=True)
class Missed:
    """Words that a reply searched for, as they are compared, without finding anything."""

    words: str


def missed_by(reply: Reply, search: ReleaseSearch) -> Missed | None:
    """What the reply searched for in vain, and would not find now either."""
    wish = wish_of(reply.incoming)
    if reply.answered is None or reply.answered.rule != RULE or not isinstance(wish, SearchWish):
        return None
    hits = search.released(wish.words, account=reply.incoming.account, limit=1)
    return None if hits else Missed(searchable(wish.words))


def note_miss(uow: UnitOfWork, missed: Missed, reply: Reply, new_id: NewId) -> None:
    """Count it, and raise a demand where enough people searched for it."""
    uow.demands.note_miss(missed.words, reply.id)
    _raise(uow, DemandKind.SEARCH, missed.words, new_id)


def note_asked(uow: UnitOfWork, group: QuestionId, new_id: NewId) -> None:
    """Raise a demand where enough people ask the question of a group."""
    _raise(uow, DemandKind.QUESTION, group, new_id)


def _raise(uow: UnitOfWork, kind: DemandKind, subject: str, new_id: NewId) -> None:
    rules = uow.case_rules.newest()
    enough = rules.demand_from if rules else DEMAND_FROM
    if uow.demands.of_subject(kind, subject) is not None:
        return
    if uow.demands.asking(kind, subject).askers < enough:
        return
    now, found = uow.now(), DemandId(new_id("dem"))
    uow.demands.add(Demand(found, kind, subject, now, SYSTEM.name, now))
