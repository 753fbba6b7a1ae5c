"""In-memory list of what people ask for in vain."""

from collections.abc import Sequence

from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import DemandId, ReplyId
from bot.domain.questions.demand import Demand, DemandKind, DemandState
from bot.domain.questions.group import Standing
from bot.ports.demand_storage import Asking
from tests.fakes.storage_state import State


class FakeDemands:
    """Demands by id, misses by words and reply."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, demand: Demand) -> None:
        if self.of_subject(demand.kind, demand.subject) or demand.id in self._state.demands:
            raise Conflict("这一条公开需求已经登记")
        self._state.demands[demand.id] = demand

    def save(self, demand: Demand) -> None:
        self.claim(demand.id)
        self._state.demands[demand.id] = demand

    def claim(self, demand: DemandId) -> Demand:
        if demand not in self._state.demands:
            raise NotFound("公开需求", demand)
        return self._state.demands[demand]

    def of_subject(self, kind: DemandKind, subject: str) -> Demand | None:
        found = self._state.demands.values()
        return next((d for d in found if (d.kind, d.subject) == (kind, subject)), None)

    def all(self, *, states: Sequence[DemandState] = (), limit: int = 100) -> Sequence[Demand]:
        found = [d for d in self._state.demands.values() if not states or d.state in states]
        return sorted(found, key=lambda d: (d.raised_at, d.id), reverse=True)[:limit]

    def note_miss(self, words: str, reply: ReplyId) -> None:
        self._state.search_misses[words, reply] = reply

    def asking(self, kind: DemandKind, subject: str) -> Asking:
        if kind is DemandKind.SEARCH:
            asked = {reply for words, reply in self._state.search_misses if words == subject}
        else:
            asked = {
                member.reply
                for member in self._state.question_members.values()
                if member.group == subject and member.standing is not Standing.TAKEN_OUT
            }
        said = sorted(
            (reply.incoming.said_at, reply.id, reply.incoming)
            for reply in self._state.replies.values()
            if reply.id in asked
        )
        askers = {(one.account, one.sender or reply) for _, reply, one in said}
        times = [at for at, _, _ in said]
        samples = tuple(reply for _, reply, _ in said)[:3]
        first, last = (times[0], times[-1]) if times else (None, None)
        return Asking(len(askers), first, last, samples)
