"""Inside a unit of work: record what finished, ask the domain, open the next step."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.accounts.breaker import BreakerState
from bot.domain.accounts.trouble import TROUBLED_SECONDS, AccountTrouble
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.rollout import RolloutPolicy, may_accept
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.delivery import (
    Delivery,
    DeliveryState,
    may_be_public,
    may_have_effect,
)
from bot.domain.publishing.journal import Act, Entry
from bot.domain.publishing.next_move import (
    Call,
    Gate,
    Hold,
    LookForIt,
    Move,
    Prepared,
    Wait,
    next_move,
)
from bot.domain.publishing.quiet import QUIET_WORDS
from bot.domain.publishing.release_check import (
    LOOK_AGAIN_SECONDS,
    Objection,
    after_quiet,
    is_stopped,
    quiet_now,
    too_late,
    why_not,
)
from bot.domain.publishing.restoration import KEY_VALID, is_of_a_restore, with_doubt
from bot.domain.publishing.route import Route, Step, StepKind, StepRole
from bot.domain.publishing.vanished import trace_of_the_vanished
from bot.ports.platform import StepOrder
from bot.ports.step_log import DeliveryRests
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.sign_off import sign_off
from bot.usecases.publishing.note_call import note_call
from bot.usecases.publishing.settle import follow_up, has_news, settle, with_progress
from bot.usecases.publishing.tools import PublishingTools

LEASE_MARGIN_SECONDS = 15.0


@dataclass(frozen=True)
class StepTask:
    """One call to make: the entry it will finish, and everything the adapter needs.

    `began` is when it was decided, on `PublishingTools.monotonic`: its time runs from there.
    """

    delivery: Delivery
    step: Step
    entry: Entry
    order: StepOrder
    attempt: int
    began: float


def decide_step(
    uow: UnitOfWork, here: Circumstances, *, finished: Entry | None, tools: PublishingTools
) -> StepTask | None:
    """Write `finished` down and return the next call, its start already part of this unit.

    `here` was read in this unit of work, after the lease was taken or found to be ours still.

    Returns None when the delivery waits, is held or is done; its lease is given back then. A
    delivery that runs although its lease was free was left by a worker that vanished: of a step
    that may be repeated the journal knows no start, so this is all that tells of its call; if the
    delivery comes to rest first, it is written down.

    Raises:
        LeaseLost: another worker has taken over.
    """
    delivery = here.delivery
    route = tools.route(here.account, here.rollout)
    written: tuple[Entry, ...] = ()
    if finished is not None:
        written = (delivery.journal.placed(finished),)
        delivery = replace(delivery, journal=delivery.journal.with_entry(written[0]))
        here = note_call(uow, here, finished)
    vanished = finished is None and delivery.state is DeliveryState.RUNNING
    doubt = _doubt(here, delivery, route)
    if doubt is not None:
        written = (*written, doubt)
        delivery = replace(delivery, journal=delivery.journal.with_entry(doubt))
    here = replace(here, delivery=with_progress(delivery, route, here.now))
    move = _move(uow, here, route)
    if isinstance(move, Call | LookForIt):
        move = _unless_broken(uow, here, route, move)
    if isinstance(move, Call | LookForIt):
        content = sign_off(uow, here.post, here.post.draft.content)
        task = _task(here, move, content, tools, vanished=vanished)
        _start(uow, task, written)
        if has_news(delivery, task.delivery):
            follow_up(uow, replace(here, delivery=task.delivery))
        return task
    trace = trace_of_the_vanished(here.delivery, route, here.now) if vanished else None
    if trace is not None:
        written = (*written, trace)
    settled = settle(uow, before=delivery, here=here, move=move, written=written)
    tools.log.delivery_rests(_rest(settled, here.now))
    return None


def _rest(delivery: Delivery, now: datetime) -> DeliveryRests:
    again = delivery.next_at
    return DeliveryRests(
        post=delivery.post,
        account=delivery.account,
        delivery=delivery.id,
        state=delivery.state.value,
        again_in_seconds=None if again is None else round((again - now).total_seconds(), 1),
    )


def _move(uow: UnitOfWork, here: Circumstances, route: Route) -> Move:
    """The domain's move, unless the circumstances forbid going on."""
    delivery = here.delivery
    move = next_move(route, delivery.journal, _gate(uow, here), now=here.now)
    begins = delivery.not_before
    if begins is not None and here.now < begins and isinstance(move, Call):
        return Wait(begins, move.step.role)
    trouble = here.trouble
    perhaps_out = may_be_public(delivery, route)
    if isinstance(move, Call | LookForIt) and trouble is not None and trouble.stops_reading:
        unsure = move.step.role is StepRole.ACCEPT and perhaps_out
        return _troubled(here.now, move.step, trouble, unsure=unsure)
    is_kept = isinstance(move, Prepared) and here.now >= delivery.due_at
    if delivery.accepted_at is not None or not (is_kept or isinstance(move, Call)):
        return move
    objection = why_not(here)
    if objection is not None:
        role = move.step.role if isinstance(move, Call) else StepRole.ACCEPT
        return Hold(objection.told(role, perhaps_out=perhaps_out))
    if not isinstance(move, Call):
        return move
    is_accepting = move.step.role is StepRole.ACCEPT
    unsure = is_accepting and perhaps_out
    if trouble is not None:
        return _troubled(here.now, move.step, trouble, unsure=unsure)
    if is_stopped(here) or _must_wait_its_turn(uow, here, move.step):
        again = here.now + timedelta(seconds=LOOK_AGAIN_SECONDS)
        return Wait(again, move.step.role, unsure=unsure)
    if not is_accepting:
        return move
    kept = None if perhaps_out else after_quiet(here)
    return Hold(kept) if kept else _too_late(here, move.step, unsure=unsure) or move


def _too_late(here: Circumstances, step: Step, *, unsure: bool) -> Hold | None:
    """Work found late is held. What may be out goes on, or nobody would ever know; but a call a
    restore took from us is no reason to send hours late."""
    calls = [e for e in here.delivery.journal.of(step.name) if e.act is Act.CALL]
    restored = bool(calls) and is_of_a_restore(calls[-1])
    late = too_late(here) if restored or not unsure else None
    if late is None or here.restoration is None or not restored:
        return Hold(late) if late is not None else None
    is_absent = step.kind is not StepKind.KEYED
    cause = f"{here.restoration.cause}，现在已经超过定时"
    return Hold(Objection(cause, late).told(step.role, perhaps_out=not is_absent))


def _doubt(here: Circumstances, delivery: Delivery, route: Route) -> Entry | None:
    """What a restored backup cannot know of this delivery, once."""
    if here.restoration is None:
        return None
    key = _key(delivery)
    return with_doubt(delivery, route, here.release, here.restoration, key=key)


def _unless_broken(
    uow: UnitOfWork, here: Circumstances, route: Route, move: Call | LookForIt
) -> Move:
    """`move`, unless the account's platform does not answer; one post at a time tries again."""
    breaker, step = here.breaker, move.step
    if breaker is None or breaker.probe_at is None or here.post.emergency:
        return move
    unsure = step.role is StepRole.ACCEPT and may_be_public(here.delivery, route)
    if breaker.state(here.now) is BreakerState.HALF_OPEN:
        ends = here.now + timedelta(seconds=step.timeout_seconds + LEASE_MARGIN_SECONDS)
        if uow.breakers.take_probe(here.account.id, until=ends):
            return move
        return Wait(ends, step.role, unsure=unsure, reason=breaker.in_words)
    return Wait(breaker.probe_at, step.role, unsure=unsure, reason=breaker.in_words)


def _troubled(now: datetime, step: Step, trouble: AccountTrouble, *, unsure: bool) -> Move:
    again = now + timedelta(seconds=TROUBLED_SECONDS)
    return Wait(again, step.role, unsure=unsure, reason=trouble.in_words)


def _must_wait_its_turn(uow: UnitOfWork, here: Circumstances, step: Step) -> bool:
    """Whether another post of the account is being searched for, among posts too few to hold
    many new ones."""
    if not step.alone:
        return False
    unsure = uow.deliveries.standing(here.account.id, DeliveryState.UNKNOWN)
    return any(other != here.delivery.id for other in unsure)


def _gate(uow: UnitOfWork, here: Circumstances) -> Gate:
    embargo, quiet = here.release.release_at, quiet_now(here)
    opens = max(here.delivery.due_at, embargo) if embargo else here.delivery.due_at
    if quiet is not None and here.now >= opens and here.delivery.accepted_at is None:
        return Gate(
            quiet.until, quiet.until, f"{QUIET_WORDS}：{quiet.reason}。期间不发布，稿件保留"
        )
    rollout = here.rollout
    if rollout.policy is RolloutPolicy.ALL_OR_NOTHING and here.delivery.accepted_at is None:
        members = uow.deliveries.members(rollout.id)
        if not may_accept(here.delivery.id, members, rollout.policy):
            return Gate(None, embargo)
    return Gate(opens, embargo)


def _task(
    here: Circumstances,
    move: Call | LookForIt,
    content: DraftContent,
    tools: PublishingTools,
    *,
    vanished: bool,
) -> StepTask:
    delivery, step = here.delivery, move.step
    entry = _entry(delivery, move, here.now)
    order = StepOrder(
        access=tools.opened(here.account, here.sealed_secrets),
        delivery_id=delivery.id,
        content=content,
        evidence=delivery.journal.evidence,
        started_at=_began(delivery, step, here.now),
        key=entry.key,
        unsure=vanished or _may_be_done(delivery, step),
        due_at=delivery.due_at,
    )
    running = replace(
        delivery, state=DeliveryState.RUNNING, next_at=entry.deadline_at, hold_reason=""
    )
    calls = [e for e in delivery.journal.of(step.name) if e.act is entry.act]
    attempt, began = len(calls) + 1, tools.monotonic()
    return StepTask(running, step, entry, order, attempt, began)


def _may_be_done(delivery: Delivery, step: Step) -> bool:
    """Whether an earlier call of this step may have had its effect. Of one that may be repeated
    nobody minds whether it failed before or after."""
    entries = delivery.journal.of(step.name)
    return bool(entries) if step.kind is StepKind.REPEAT else may_have_effect(entries)


def _start(uow: UnitOfWork, task: StepTask, written: tuple[Entry, ...]) -> None:
    """Commit to the call: its start is written unless it may be repeated harmlessly."""
    harmless = task.step.kind is StepKind.REPEAT and task.entry.act is Act.CALL
    entries = written if harmless else (*written, task.entry)
    lease = timedelta(seconds=task.step.timeout_seconds + LEASE_MARGIN_SECONDS)
    leased = replace(task.delivery, lease_until=task.entry.started_at + lease)
    uow.deliveries.save(leased, entries=entries)


def _entry(delivery: Delivery, move: Call | LookForIt, now: datetime) -> Entry:
    step = move.step
    keyed = isinstance(move, Call) and step.kind is StepKind.KEYED
    first = next((e for e in delivery.journal.of(step.name) if e.key), None)
    return Entry(
        seq=delivery.journal.next_seq,
        step=step.name,
        act=Act.CALL if isinstance(move, Call) else Act.LOOK,
        started_at=now,
        deadline_at=now + timedelta(seconds=step.timeout_seconds),
        key=_key(delivery) if keyed else "",
        key_valid_until=(first.key_valid_until if first else now + KEY_VALID) if keyed else None,
    )


def _key(delivery: Delivery) -> str:
    """The same for every try of one delivery, 32 characters: what WeChat remembers for a day."""
    return hashlib.sha256(f"{delivery.id}:{delivery.content_hash}".encode()).hexdigest()[:32]


def _began(delivery: Delivery, step: Step, now: datetime) -> datetime:
    """When the call we look for began, or now for a call."""
    calls = [e for e in delivery.journal.of(step.name) if e.act is Act.CALL]
    return calls[-1].started_at if calls else now
