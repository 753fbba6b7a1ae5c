"""A person decides about a held delivery: it is live already, or it shall be tried again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Conflict, IllegalMove, InvalidInput, Problem
from bot.domain.ids import DeliveryId, PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DELIVERY_MOVES, Delivery, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Journal, Outcome, finished_well
from bot.domain.publishing.next_move import receipt_of, unfinished_step
from bot.domain.publishing.restoration import step_in_doubt
from bot.domain.publishing.route import Route
from bot.domain.states import move
from bot.ports.storage import UnitOfWork
from bot.usecases.accounts.end_trouble import end_trouble
from bot.usecases.publishing.settle import follow_up, with_progress
from bot.usecases.publishing.tools import PublishingTools

RESOLVABLE = frozenset(
    {DeliveryState.HELD, DeliveryState.AWAITING_PERSON, DeliveryState.UNKNOWN}
    | {DeliveryState.AWAITING_PLATFORM}
)


def adopt_delivery(
    post_id: PostId,
    url: str,
    *,
    actor: Actor,
    tools: PublishingTools,
    reason: str = "",
    learnt: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> Delivery:
    """“已人工发布”: a person says the post is public at `url`; nothing goes out any more. `learnt`
    is what a search told of it, `seen` the journal's last number on the page they decided on.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: `url` is not an http(s) address.
        IllegalMove: the delivery is being sent right now, or is over.
        Conflict: something happened since the page was drawn.
    """
    actor.require(Permission.RESOLVE_DELIVERY)
    if not url.startswith(("https://", "http://")):
        raise InvalidInput([Problem("url", "请填写以 http 开头的文章链接")])
    with tools.storage.begin() as uow:
        delivery = newest_delivery(uow, post_id)
        stoppable = RESOLVABLE | {DeliveryState.WAITING, DeliveryState.DUE}
        _require_state(delivery, stoppable, DeliveryState.DELIVERED)
        _require_seen(delivery, seen)
        route = _route(uow, delivery, tools)
        now = uow.now()
        entries = _adoptions(delivery.journal, route, {**(learnt or {}), "urls": url}, now)
        journal = Journal((*delivery.journal.entries, *entries))
        adopted = with_progress(replace(delivery, journal=journal), route, now)
        adopted = replace(
            adopted,
            state=move("投递", DELIVERY_MOVES, delivery.state, DeliveryState.DELIVERED),
            next_at=None,
            hold_reason="",
            lease_token=None,
            lease_until=None,
            receipt=receipt_of(route, journal),
        )
        uow.deliveries.save(adopted, entries=entries)
        follow_up(uow, uow.deliveries.circumstances(adopted.id))
        _audit(uow, actor, "delivery.adopted", delivery.id, {"url": url, "reason": reason})
        uow.commit()
    return adopted


def retry_delivery(
    post_id: PostId,
    *,
    actor: Actor,
    tools: PublishingTools,
    reason: str = "",
    seen: int | None = None,
) -> Delivery:
    """A person says: it is not public, try again. The only way an unproven step runs twice.
    What stopped the whole account is over then, or will be met again.

    Raises:
        NotAllowed, NotFound.
        IllegalMove: the delivery is not held.
        Conflict: something happened since the page was drawn.
    """
    actor.require(Permission.RESOLVE_DELIVERY)
    with tools.storage.begin() as uow:
        delivery = newest_delivery(uow, post_id)
        _require_state(delivery, RESOLVABLE, DeliveryState.WAITING)
        _require_seen(delivery, seen)
        now = uow.now()
        step = _step_to_retry(delivery.journal, _route(uow, delivery, tools))
        entry = _person_entry(delivery.journal.next_seq, step, Outcome.RETRY, now)
        again = replace(
            delivery,
            state=move("投递", DELIVERY_MOVES, delivery.state, DeliveryState.WAITING),
            next_at=now,
            due_at=max(delivery.due_at, now) if delivery.accepted_at is None else delivery.due_at,
            hold_reason="",
            lease_token=None,
            lease_until=None,
            journal=delivery.journal.with_entry(entry),
        )
        uow.deliveries.save(again, entries=(entry,))
        _bring_post_back(uow, again)
        follow_up(uow, uow.deliveries.circumstances(again.id))
        end_trouble(uow, again.account)
        _audit(uow, actor, "delivery.retried", delivery.id, {"reason": reason})
        uow.commit()
    return again


def newest_delivery(uow: UnitOfWork, post_id: PostId) -> Delivery:
    """Of the post's newest revision.

    Raises:
        NotFound: there is no such post.
        IllegalMove: it was never scheduled.
    """
    deliveries = uow.deliveries.of_post(uow.posts.get(post_id).id)
    if not deliveries:
        raise IllegalMove("稿件", now="尚未定时", wanted="处理发送结果")
    return max(deliveries, key=lambda d: d.revision)


def _require_state(
    delivery: Delivery, allowed: frozenset[DeliveryState], wanted: DeliveryState
) -> None:
    if delivery.state not in allowed:
        raise IllegalMove("投递", now=delivery.state.value, wanted=wanted.value)


def _route(uow: UnitOfWork, delivery: Delivery, tools: PublishingTools) -> Route:
    account = uow.accounts.get(delivery.account)
    return tools.route(account, uow.posts.rollout(delivery.rollout))


def _require_seen(delivery: Delivery, seen: int | None) -> None:
    if seen is not None and seen != delivery.journal.next_seq - 1:
        raise Conflict("投递在您查看之后有新的进展，没有执行；请看最新情况再决定")


def _adoptions(
    journal: Journal, route: Route, evidence: Mapping[str, str], now: datetime
) -> tuple[Entry, ...]:
    open_steps = [s.name for s in route.steps if finished_well(journal.of(s.name)) is None]
    return tuple(
        replace(
            _person_entry(journal.next_seq + number, name, Outcome.ADOPTED, now),
            evidence={**evidence, "adopted": "yes"},
        )
        for number, name in enumerate(open_steps)
    )


def _step_to_retry(journal: Journal, route: Route) -> str:
    step = step_in_doubt(route, journal) or unfinished_step(route, journal)
    if step is None:
        raise AssertionError("a delivery whose steps are all done is delivered")
    return step.name


def _person_entry(seq: int, step: str, outcome: Outcome, now: datetime) -> Entry:
    return Entry(
        seq=seq,
        step=step,
        act=Act.PERSON,
        started_at=now,
        deadline_at=now,
        finished_at=now,
        outcome=outcome,
    )


def _bring_post_back(uow: UnitOfWork, delivery: Delivery) -> None:
    post = uow.posts.get(delivery.post)
    if post.state is PostState.HELD and post.is_approved_as_is:
        uow.posts.save(replace(post, state=PostState.SCHEDULED, held_from=None, hold_reason=""))


def _audit(
    uow: UnitOfWork, actor: Actor, action: str, delivery: DeliveryId, details: Mapping[str, str]
) -> None:
    uow.audit.write(
        actor=actor.name,
        action=action,
        object_kind="delivery",
        object_id=delivery,
        details={name: text for name, text in details.items() if text},
    )
