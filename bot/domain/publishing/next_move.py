"""`next_move`: from a journal and the time, what a delivery does next. Pure and total."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from bot.domain.errors import NotAsApproved, PartlyDone
from bot.domain.publishing.journal import (
    Act,
    Entry,
    Journal,
    Outcome,
    finished_well,
)
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.publishing.restoration import is_of_a_restore, step_in_doubt
from bot.domain.publishing.route import Route, Step, StepKind, StepRole

_LOOK_YOURSELF = (
    "系统多次查找没有结论，不会自动重发。请到平台后台查看：已发出请登记链接，未发出请选择“重新发布”"
)

NEVER_CLEAR = (
    "平台多次没有给出明确的结果，稿件没有发出，已保留在待处理。"
    "请稍后检查平台和网络，再选择“重新发布”"
)

_WAITING = frozenset({StepRole.CONFIRM, StepRole.AWAIT_PERSON, StepRole.SEE})

_ALTHOUGH_IT_FAILED = {
    PartlyDone.__name__: "稿件只发出了一部分，不会自动重发",
    NotAsApproved.__name__: "稿件已经公开，但内容与批准的不同",
}

KEY_REPEAT_SECONDS = 61
"""A key is not repeated within a minute (WeChat answers 45066)."""


@dataclass(frozen=True)
class Call:
    """Run this step against the platform, with this key if it has one."""

    step: Step
    key: str = ""


@dataclass(frozen=True)
class Wait:
    """Nothing to do before `until`; `on` says what we wait for, `unsure` that the outcome of
    a call is unknown meanwhile, `reason` (Chinese) what staff should know of it."""

    until: datetime
    on: StepRole
    unsure: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Prepared:
    """Everything before the accepting step is done; the gate is closed or the time not come, for
    a `reason` (Chinese) that staff should know."""

    until: datetime | None
    reason: str = ""


@dataclass(frozen=True)
class LookForIt:
    """The outcome of this step is unknown: search for its effect."""

    step: Step


@dataclass(frozen=True)
class Done:
    """Nothing is left to do."""

    receipt: Receipt


@dataclass(frozen=True)
class Hold:
    """Only a person can go on; `reason` is Chinese and says what happened to the work."""

    reason: str


Move = Call | Wait | Prepared | LookForIt | Done | Hold


@dataclass(frozen=True)
class Gate:
    """When the accepting step may run: None keeps it closed. `reason` says why not before."""

    accept_from: datetime | None
    public_from: datetime | None = None
    reason: str = ""


def next_move(route: Route, journal: Journal, gate: Gate, *, now: datetime) -> Move:
    """What comes next. Never proposes a call that could repeat an unproven effect."""
    doubtful = step_in_doubt(route, journal)
    if doubtful is not None:
        move = _move_within(_Question(doubtful, journal.of(doubtful.name), gate, now))
        if isinstance(move, LookForIt | Hold) or (isinstance(move, Wait) and move.unsure):
            return move
    step = unfinished_step(route, journal)
    if step is None:
        return Done(receipt_of(route, journal))
    move = _move_within(_Question(step, journal.of(step.name), gate, now))
    if doubtful is not None and isinstance(move, Hold):
        # What prepares it fails perhaps because it is out: its draft is gone then.
        lost = [e for e in journal.of(doubtful.name) if is_of_a_restore(e)]
        return Hold(_unclear(lost[-1]))
    return move


def unfinished_step(route: Route, journal: Journal) -> Step | None:
    """The first step that still has to be done, None when all are. What prepares a post is moot
    once it is public."""
    public = route.public
    is_out = public is not None and finished_well(journal.of(public.name)) is not None
    moot = route.before(public) if public is not None and is_out else ()
    left = (step for step in route.steps if finished_well(journal.of(step.name)) is None)
    return next((step for step in left if step not in moot), None)


def receipt_of(route: Route, journal: Journal) -> Receipt:
    """The receipt as far as the journal proves it."""
    facts: dict[StepRole, Fact] = {}
    for step in route.steps:
        proof = finished_well(journal.of(step.name))
        if proof is not None:
            at = proof.finished_at or proof.started_at
            facts[step.role] = Fact(at, f"{step.name}:{proof.act.value}")
    evidence = journal.evidence
    urls = tuple(u for u in evidence.get("urls", "").split("\n") if u)
    accepted = facts.get(StepRole.ACCEPT) or facts.get(StepRole.AWAIT_PERSON)
    published = facts.get(StepRole.CONFIRM) or accepted
    return Receipt(evidence, urls, accepted, published, facts.get(StepRole.SEE))


@dataclass(frozen=True)
class _Question:
    """The first unfinished step, its entries, and the circumstances."""

    step: Step
    entries: tuple[Entry, ...]
    gate: Gate
    now: datetime

    @property
    def calls(self) -> list[Entry]:
        return [e for e in self.entries if e.act is Act.CALL]

    @property
    def last_word(self) -> int:
        """Where a person last said to go on; a new start has new patience."""
        return max((e.seq for e in self.entries if e.act is Act.PERSON), default=0)

    @property
    def fresh_calls(self) -> list[Entry]:
        return [e for e in self.calls if e.seq > self.last_word]

    @property
    def refusing_event(self) -> Entry | None:
        """The platform's own word that it failed, if it came since."""
        told = (e for e in self.entries if e.act is Act.EVENT and e.seq > self.last_word)
        return next((e for e in told if e.outcome is Outcome.REFUSED), None)

    def is_told_to_look_since(self, call: Entry) -> bool:
        """An event said that something happened, not what: polling need not wait its time."""
        later = (e for e in self.entries if e.seq > call.seq)
        return any(e.act is Act.EVENT and e.outcome is Outcome.PENDING for e in later)

    @property
    def patience_ends(self) -> datetime:
        """When waiting ends; only asked once there was a call."""
        return self.fresh_calls[0].started_at + timedelta(seconds=self.step.patience_seconds)

    @property
    def pending_since(self) -> datetime:
        """When the platform first said, of its last words, that it is not ready: time in which it
        could not be asked, such as a used-up quota, is no waiting."""
        run = takewhile(lambda call: call.outcome is Outcome.PENDING, reversed(self.fresh_calls))
        return min(call.started_at for call in run)

    @property
    def is_exhausted(self) -> bool:
        return len(self.fresh_calls) >= self.step.max_attempts


def _move_within(q: _Question) -> Move:
    refused = q.refusing_event
    if refused is not None:
        return Hold(_refusal(q.step, refused))
    if not q.fresh_calls:
        return _first_call(q)
    call = q.calls[-1]
    if call.outcome is None and q.now < call.deadline_at:
        return Wait(call.deadline_at, q.step.role)
    match call.outcome:
        case Outcome.PENDING:
            return _poll(q, call)
        case Outcome.NOT_DONE:
            return _try_again(q, call)
        case Outcome.REFUSED:
            return Hold(_refusal(q.step, call))
        case _:
            return _after_unknown(q, call)


def _first_call(q: _Question) -> Move:
    public_from = q.gate.public_from
    if q.step.public_address and public_from is not None and q.now < public_from:
        return Wait(public_from, q.step.role, reason=q.gate.reason)
    opens = q.gate.accept_from if q.step.role is StepRole.ACCEPT else q.now
    if opens is None or q.now < opens:
        return Prepared(opens, q.gate.reason)
    return Call(q.step)


def _call_from(q: _Question, moment: datetime | None) -> Move:
    if moment is not None and q.now < moment:
        return Wait(moment, q.step.role)
    return _first_call(q)


def _try_again(q: _Question, call: Entry) -> Move:
    """A step that waits has been asked once more after its patience ended: that is enough."""
    if q.is_exhausted or (q.step.role in _WAITING and call.started_at >= q.patience_ends):
        return Hold(_gave_up(q.step, call))
    if q.is_told_to_look_since(call):
        return Call(q.step)
    return _call_from(q, call.retry_at)


def _poll(q: _Question, call: Entry) -> Move:
    if q.now >= q.pending_since + timedelta(seconds=q.step.patience_seconds):
        return Hold(_impatience(q.step))
    if q.is_told_to_look_since(call):
        return Call(q.step)
    return _call_from(q, call.retry_at)


def _after_unknown(q: _Question, call: Entry) -> Move:
    restored = is_of_a_restore(call)
    if q.step.kind is StepKind.REPEAT and not restored:
        return _repeat_harmless(q, call)
    if restored and _key_holds(call, q.now):
        return _first_call(q)
    if q.step.kind is StepKind.KEYED and not q.is_exhausted and _key_holds(call, q.now):
        again_at = call.started_at + timedelta(seconds=KEY_REPEAT_SECONDS)
        return _unsure(q, again_at) if q.now < again_at else Call(q.step, call.key)
    return _look(q, call)


def _repeat_harmless(q: _Question, call: Entry) -> Move:
    if q.is_exhausted:
        return Hold(_gave_up(q.step, call))
    ended = call.finished_at or call.deadline_at
    delays = q.step.polls_seconds
    delay = delays[min(len(q.fresh_calls), len(delays)) - 1]
    return _call_from(q, call.retry_at or ended + timedelta(seconds=delay))


def _key_holds(call: Entry, now: datetime) -> bool:
    return bool(call.key) and call.key_valid_until is not None and now < call.key_valid_until


def _look(q: _Question, call: Entry) -> Move:
    looks = [e for e in q.entries if e.act is Act.LOOK and e.seq > call.seq]
    if _absence_is_proven(q.step, call, looks):
        return Hold(NEVER_CLEAR) if q.is_exhausted else _first_call(q)
    if looks and looks[-1].outcome is None and q.now < looks[-1].deadline_at:
        return _unsure(q, looks[-1].deadline_at)
    if len(looks) >= len(q.step.looks_seconds):
        return Hold(_unclear(call))
    delay = q.step.settling_seconds + sum(q.step.looks_seconds[: len(looks) + 1])
    look_at = call.deadline_at + timedelta(seconds=delay)
    return _unsure(q, look_at) if q.now < look_at else LookForIt(q.step)


def _unsure(q: _Question, until: datetime) -> Wait:
    return Wait(until, q.step.role, unsure=True)


def _absence_is_proven(step: Step, call: Entry, looks: list[Entry]) -> bool:
    if step.absence is None:
        return False
    proven_from = call.deadline_at + timedelta(seconds=step.absence.after_seconds)
    return any(look.outcome is Outcome.ABSENT and look.started_at >= proven_from for look in looks)


def _refusal(step: Step, call: Entry) -> str:
    """What happened to the post, why, and what to do; never that nothing is public when it is."""
    failure = call.failure
    told = [failure.cause or failure.message, failure.next_step] if failure else []
    return "。".join([_happened(step, call), *(part for part in told if part)])


def _unclear(call: Entry) -> str:
    """The platform's own words where it gave any; else nothing came back."""
    said = call.failure.cause if call.failure and call.failure.code else "发送时连接中断"
    return f"不能确定稿件是否已经发出：{said}。{_LOOK_YOURSELF}"


def _gave_up(step: Step, call: Entry) -> str:
    """The advice of the first try said that the system would go on; it has stopped."""
    failure = call.failure
    cause = (failure.cause or failure.message) if failure else ""
    told = ["多次尝试都没有成功，已不再自动重试", cause, "问题解决后请选择“重新发布”"]
    return "。".join([_happened(step, call), *(part for part in told if part)])


def _happened(step: Step, call: Entry) -> str:
    if call.failure is not None and call.failure.means_public:
        return _ALTHOUGH_IT_FAILED[call.failure.error]
    if step.role in {StepRole.CONFIRM, StepRole.SEE}:
        return "平台已受理稿件，但还没有确认公开可见"
    if step.role is StepRole.AWAIT_PERSON:
        return "草稿已送到平台后台，系统没有看到它公开"
    return "稿件没有发出，已保留在待处理"


def _impatience(step: Step) -> str:
    if step.role is StepRole.AWAIT_PERSON:
        return "草稿已送到平台后台，超过等待时间仍没有人发布。请到平台后台发布，或登记“已人工发布”"
    return "平台已受理，但超过等待时间仍没有给出结果。请到平台后台查看，再登记结果"
