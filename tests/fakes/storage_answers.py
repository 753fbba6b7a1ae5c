"""In-memory answers, standings of comments, and erasures."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.audit import keyed_hash
from bot.domain.cases.case import Case
from bot.domain.cases.names import Entry
from bot.domain.cases.retention import Stream, Tombstone
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, AnswerId, CaseId, ReplyId
from bot.domain.replies.answer import STANDING, Answer, AnswerContent, AnswerState, Way
from bot.domain.replies.comment import CommentCount, CommentStanding
from bot.domain.replies.erasure import Erased, Erasure
from bot.domain.replies.handling import SetAside
from bot.domain.replies.reply import Answered, Channel, Reply, ReplyKind
from bot.domain.replies.window import Exchange, Interaction
from bot.ports.answer_storage import Follower
from bot.ports.clock import Clock
from tests.fakes.storage_state import State

ACTS = {ReplyKind.MESSAGE, ReplyKind.PRIVATE_MESSAGE, ReplyKind.EVENT}


class FakeAnswers:
    """Answers by id."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def add(self, answer: Answer) -> None:
        if answer.id in self._state.answers:
            raise Conflict(f"答复 {answer.id} 已经存在")
        self._state.answers[answer.id] = answer

    def save(self, answer: Answer) -> None:
        self.get(answer.id)
        self._state.answers[answer.id] = answer
        self._state.answers_rung.pop(answer.id, None)

    def get(self, answer: AnswerId) -> Answer:
        found = self.find(answer)
        if found is None:
            raise NotFound("答复", answer)
        return found

    def find(self, answer: AnswerId) -> Answer | None:
        return self._state.answers.get(answer)

    def claim(self, answer: AnswerId) -> Answer:
        return self.get(answer)

    def of_replies(self, replies: Sequence[ReplyId]) -> Sequence[Answer]:
        own = [answer for answer in self._state.answers.values() if answer.reply in replies]
        return sorted(own, key=lambda answer: (answer.written_at, answer.id))

    def moving(self, account: AccountId) -> Sequence[Answer]:
        own = [a for a in self._state.answers.values() if a.account == account and a.next_at]
        return sorted(own, key=lambda answer: answer.id)

    def standing(self, *states: AnswerState) -> Sequence[Answer]:
        own = [answer for answer in self._state.answers.values() if answer.state in states]
        return sorted(own, key=lambda answer: (answer.written_at, answer.id))

    def take_due(
        self, *, limit: int, ring_again_seconds: float
    ) -> Sequence[tuple[AccountId, AnswerId]]:
        now = self._clock.now()
        since = now - timedelta(seconds=ring_again_seconds)
        due = sorted(
            (answer.next_at, answer.id, answer.account)
            for answer in self._state.answers.values()
            if answer.next_at is not None and answer.next_at <= now
        )
        rung = self._state.answers_rung
        taken = [one for one in due if one[1] not in rung or rung[one[1]] <= since][:limit]
        rung.update({answer: now for _, answer, _ in taken})
        return [(account, answer) for _, answer, account in taken]

    def exchanges(
        self,
        followers: Collection[Follower],
        *,
        since: datetime,
        besides: AnswerId | None = None,
    ) -> Mapping[Follower, Exchange]:
        return {one: self._exchange(*one, since, besides) for one in followers}

    def _exchange(
        self, account: AccountId, sender: str, since: datetime, besides: AnswerId | None
    ) -> Exchange:
        theirs = {
            reply.id: reply.incoming
            for reply in self._state.replies.values()
            if (reply.incoming.account, reply.incoming.sender) == (account, sender)
        }
        counted = [
            answer
            for answer in self._state.answers.values()
            if answer.reply in theirs
            and answer.way is Way.LETTER
            and answer.state in STANDING
            and answer.id != besides
        ]
        waiting = [self._clock.now() for a in counted if a.state is AnswerState.WAITING]
        begun = [
            a.started_at
            for a in counted
            if a.state is not AnswerState.WAITING and a.started_at and a.started_at >= since
        ]
        return Exchange(
            [
                Interaction(
                    said.type_name.lower() if said.kind is ReplyKind.EVENT else "message",
                    said.said_at,
                )
                for said in theirs.values()
                if said.kind in ACTS and said.said_at >= since
            ],
            waiting + begun,
        )


class FakeSetAsides:
    """Marks by reply."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, marks: Sequence[SetAside]) -> None:
        left = {reply.id for reply in self._state.replies.values() if reply.erased_at is None}
        for mark in marks:
            if mark.reply in left:
                self._state.set_asides.setdefault(mark.reply, mark)

    def remove(self, replies: Collection[ReplyId]) -> None:
        for reply in replies:
            self._state.set_asides.pop(reply, None)

    def of_replies(self, replies: Collection[ReplyId]) -> Mapping[ReplyId, SetAside]:
        known = self._state.set_asides
        return {reply: known[reply] for reply in replies if reply in known}


class FakeCommentStandings:
    """Standings by reply."""

    def __init__(self, state: State) -> None:
        self._state = state

    def save(self, standings: Sequence[CommentStanding]) -> None:
        self._state.standings.update({standing.reply: standing for standing in standings})

    def save_counts(self, counts: Sequence[CommentCount]) -> None:
        self._state.comment_counts.update({count.post: count for count in counts})

    def of_replies(self, replies: Sequence[ReplyId]) -> Mapping[ReplyId, CommentStanding]:
        known = self._state.standings
        return {reply: known[reply] for reply in replies if reply in known}

    def by_keys(self, account: AccountId, keys: Sequence[str]) -> Mapping[str, CommentStanding]:
        found: dict[str, CommentStanding] = {}
        for key in keys:
            reply = self._state.replies.get((account, key))
            if reply is not None and reply.erased_at is None:
                known = self._state.standings.get(reply.id)
                found[key] = known or CommentStanding(reply.id)
        return found


class FakeErasures:
    """Erasures by id; erasing rewrites replies, answers and standings."""

    def __init__(self, state: State, clock: Clock, key: bytes) -> None:
        self._state = state
        self._clock = clock
        self._key = key

    def add(self, erasure: Erasure) -> None:
        self._state.erasures.setdefault(erasure.id, erasure)

    def save(self, erasure: Erasure) -> None:
        self._state.erasures[erasure.id] = erasure

    def due(self, *, limit: int = 20) -> Sequence[Erasure]:
        now = self._clock.now()
        found = [e for e in self._state.erasures.values() if e.done_at is None and e.due_at <= now]
        return sorted(found, key=lambda e: (e.due_at, e.id))[:limit]

    def events(
        self, account: AccountId, *, after: datetime | None, until: datetime, limit: int
    ) -> Sequence[Reply]:
        found = [
            reply
            for reply in self._state.replies.values()
            if reply.incoming.account == account
            and reply.incoming.kind is ReplyKind.EVENT
            and reply.received_at <= until
            and (after is None or reply.received_at > after)
        ]
        return sorted(found, key=lambda reply: (reply.received_at, reply.id))[:limit]

    def erase_follower(
        self, account: AccountId, follower: str, *, until: datetime, limit: int
    ) -> Erased:
        return self._erase(
            account,
            lambda r: r.incoming.sender == follower and r.incoming.said_at <= until,
            limit,
        )

    def is_held(self, account: AccountId, follower: str, *, until: datetime) -> bool:
        return any(
            self._is_held(reply)
            for reply in self._state.replies.values()
            if (reply.incoming.account, reply.incoming.sender) == (account, follower)
            and reply.incoming.said_at <= until
        )

    def erase_received(self, stream: Stream, *, after: datetime | None, limit: int) -> Erased:
        return self._erase(stream.account, lambda r: self._is_over(r, stream, after), limit)

    def count_received(self, stream: Stream, *, after: datetime | None) -> int:
        return len(self._kept(stream.account, lambda r: self._is_over(r, stream, after)))

    def erase_cases(self, cases: Sequence[CaseId], *, rule: str) -> Erased:
        own = [self._state.cases[case] for case in cases]
        about = {case.reply for case in own}
        turns = [
            self._erase(case.account, lambda r: r.id in about, len(own))
            for case in own
            if case.account is not None and case.reply is not None
        ]
        self._empty(own, rule=rule)
        return Erased(
            sum(turn.replies for turn in turns), sum(turn.answers for turn in turns), None, len(own)
        )

    def _is_over(self, reply: Reply, stream: Stream, after: datetime | None) -> bool:
        said = reply.incoming
        is_file = said.channel is Channel.IMPORTED
        entry = said.type_name if is_file else Entry.FOLLOWER
        return (
            reply.received_at < stream.before
            and (after is None or reply.received_at >= after)
            and entry == stream.entry
            and not any(case.reply == reply.id for case in self._state.cases.values())
        )

    def _is_held(self, reply: Reply) -> bool:
        return any(c.reply == reply.id and c.hold for c in self._state.cases.values())

    def _erase(self, account: AccountId, wanted: Callable[[Reply], bool], limit: int) -> Erased:
        chosen = self._kept(account, wanted)[:limit]
        answers = sum(self._bury(reply) for reply in chosen)
        last = max((reply.received_at for reply in chosen), default=None)
        return Erased(len(chosen), answers, last)

    def _kept(self, account: AccountId, wanted: Callable[[Reply], bool]) -> list[Reply]:
        kept = [
            reply
            for reply in self._state.replies.values()
            if reply.incoming.account == account
            and reply.erased_at is None
            and not self._is_held(reply)
            and wanted(reply)
        ]
        return sorted(kept, key=lambda reply: reply.received_at)

    def _bury(self, reply: Reply) -> int:
        said, now = reply.incoming, self._clock.now()
        key = keyed_hash(self._key, said.account, said.key)
        empty = {"sender": "", "text": "", "raw": "", "sender_name": "", "target": ""}
        nothing = {"platform_id": "", "recipient": "", "job": None}
        left = replace(said, key=key, **empty, **nothing)
        answered = Answered("", reply.answered.rule) if reply.answered else None
        del self._state.replies[said.account, said.key]
        self._state.replies[said.account, key] = replace(
            reply, incoming=left, answered=answered, answer_body="", erased_at=now
        )
        self._state.standings.pop(reply.id, None)
        self._state.set_asides.pop(reply.id, None)
        self._state.pending_jobs.pop(reply.id, None)
        for miss in [miss for miss in self._state.search_misses if miss[1] == reply.id]:
            del self._state.search_misses[miss]
        sightings = self._state.topic_sightings
        for place in [place for place, seen in sightings.items() if seen.reply == reply.id]:
            del sightings[place]
        self._empty([c for c in self._state.cases.values() if c.reply == reply.id], rule="")
        own = [a for a in self._state.answers.values() if a.reply == reply.id and not a.erased_at]
        for answer in own:
            self._state.answers[answer.id] = _buried(answer, now)
        return len(own)

    def _empty(self, own: Sequence[Case], *, rule: str) -> None:
        gone = Tombstone(self._clock.now(), rule)
        for case in own:
            self._state.cases[case.id] = replace(
                case, subject="", draft=None, answer_text="", care=None, tombstone=gone
            )
            question = self._state.media_questions.get(case.id)
            if question is not None:
                self._state.media_questions[case.id] = replace(question, question="")
            application = self._state.case_applications.get(case.id)
            if application is not None:
                pauses = tuple(replace(pause, reason="") for pause in application.pauses)
                self._state.case_applications[case.id] = replace(application, pauses=pauses)
        ids = {case.id for case in own}
        for number, event in self._state.case_events.items():
            if event.case in ids:
                self._state.case_events[number] = replace(event, note="")


def _buried(answer: Answer, now: datetime) -> Answer:
    is_unsent = answer.state in {AnswerState.WAITING, AnswerState.UNKNOWN}
    return replace(
        answer,
        state=AnswerState.REFUSED if is_unsent else answer.state,
        next_at=answer.next_at if answer.state is AnswerState.SENDING else None,
        content=AnswerContent(""),
        failure=None,
        erased_at=now,
    )
