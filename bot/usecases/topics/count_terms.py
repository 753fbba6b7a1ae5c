"""Count what followers speak of, after it was filed for searching: each reply once."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import AccountId
from bot.domain.replies.reply import Reply
from bot.domain.topics.growth import HOUR, WEEK, WEEKS
from bot.domain.topics.rules import WatchRules
from bot.domain.topics.terms import Sighting, sightings_of, terms_of, titles_in
from bot.ports.storage import UnitOfWork
from bot.usecases.topics.tools import WatchTools

REPLIES_A_TURN, TURNS_A_VISIT = 100, 20
COUNTED_FOR = (WEEKS + 1) * WEEK + HOUR
"""What was said longer ago tells nothing of now: an import of old letters is no growth."""
SHOWN_FOR = 8 * 24 * HOUR
"""So long is kept who said what; of earlier hours only numbers are."""


def count_terms(tools: WatchTools) -> int:
    """Count what was filed since last time; returns how many replies were looked at. Who is
    stopped goes on where they were; two at once count once."""
    looked = 0
    for _ in range(TURNS_A_VISIT):
        turn = _turn(tools)
        looked += turn
        if turn < REPLIES_A_TURN:
            break
    return looked


def _turn(tools: WatchTools) -> int:
    with tools.storage.begin() as uow:
        begun_from, rules = uow.topics.counted_to(), tools.rules(uow)
        waiting = uow.questions.filed_after(begun_from, limit=REPLIES_A_TURN)
    if not waiting:
        return 0
    named = {number: _names_a_document(reply, tools) for number, reply in waiting}
    with tools.storage.begin() as uow:
        if uow.topics.counted_to() != begun_from:
            return 0
        oldest = uow.now() - COUNTED_FOR
        sightings: list[Sighting] = []
        for number, reply in waiting:
            sightings += _sightings(uow, reply, rules, tools, oldest, named=named[number])
        uow.topics.note(sightings)
        uow.topics.count_on(waiting[-1][0])
        uow.commit()
    return len(waiting)


def _names_a_document(reply: Reply, tools: WatchTools) -> bool:
    """Whether it names a released document by its title."""
    return any(
        tools.search.released(title, account=AccountId(""), limit=1)
        for title in titles_in(reply.incoming.text)
    )


def _sightings(
    uow: UnitOfWork,
    reply: Reply,
    rules: WatchRules,
    tools: WatchTools,
    oldest: datetime,
    *,
    named: bool,
) -> Sequence[Sighting]:
    said = reply.incoming
    if reply.answered is not None or said.said_at < oldest:
        return ()
    terms = terms_of(said, rules, tools.split_words, names_document=named)
    asker = uow.audit.keyed_hash("topics", said.account, said.sender or reply.id)[:32]
    return sightings_of(reply.id, said.said_at, terms, asker)
