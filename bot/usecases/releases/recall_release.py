"""One withdrawal over all accounts: what is not out is cancelled, what is public is taken down,
and the rest is followed until a person has done it."""

from dataclasses import dataclass

from bot.domain.accounts.account import Account
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import PostId, RecallId, ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post
from bot.domain.publishing.delivery import Delivery, DeliveryState, may_be_public
from bot.domain.releases.recall import (
    Recall,
    RecallState,
    asked_again,
    closed,
    recalled,
    settled,
)
from bot.ports.clock import Ids
from bot.ports.doorbell import Doorbell
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.hold_posts import may_stop
from bot.usecases.publishing.take_down import note_taken_down
from bot.usecases.publishing.tools import AftercareTools
from bot.usecases.releases.withdraw_release import withdraw_within

_OVER = frozenset({DeliveryState.REMOVED, DeliveryState.CANCELLED})


@dataclass(frozen=True)
class Foreseen:
    """What a recall would do to one post; `state` is None where it would only be cancelled."""

    post: Post
    account: Account
    state: RecallState | None
    told: str


def foresee_recall(release_id: ReleaseId, tools: AftercareTools) -> list[Foreseen]:
    """Every post that a recall would touch, and how, before anybody decides.

    Raises:
        NotFound: there is no such release.
    """
    with tools.publishing.storage.look() as uow:
        uow.releases.get(release_id)
        found = []
        for post in uow.posts.of_release(release_id):
            account = uow.accounts.get(post.account)
            public = _public(uow, post, account, tools)
            if public is not None:
                part = recalled(public, account.mode)
                found.append(Foreseen(post, account, part.state, part.told))
            elif post.state in POST_MOVES and may_stop(uow, post):
                found.append(Foreseen(post, account, None, "还没有发出，直接取消"))
    return found


def recall_release(
    release_id: ReleaseId,
    *,
    reason: str,
    actor: Actor,
    tools: AftercareTools,
    ids: Ids,
    doorbell: Doorbell,
) -> Recall:
    """Withdraw the release and open its recall, in one commit; then ring for what we take down.

    Raises:
        NotAllowed: the actor may not withdraw.
        InvalidInput: no reason is given.
        IllegalMove: it is withdrawn already, or was never approved.
    """
    actor.require(Permission.WITHDRAW)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明原因，便于以后查考")])
    with tools.publishing.storage.begin() as uow:
        parts = tuple(
            recalled(delivery, account.mode)
            for post in uow.posts.of_release(release_id)
            if (account := uow.accounts.get(post.account))
            and (delivery := _public(uow, post, account, tools))
        )
        release = withdraw_within(uow, release_id, actor=actor, reason=reason.strip())
        now = uow.now()
        recall = Recall(
            id=RecallId(ids.new("rec")),
            release=release.id,
            version=release.version,
            reason=reason.strip(),
            by=actor.name,
            opened_at=now,
            posts=parts,
        )
        recall = closed(recall, now)
        uow.recalls.add(recall)
        uow.commit()
    ring(recall, doorbell)
    return recall


def try_recalled_again(
    recall_id: RecallId, *, actor: Actor, tools: AftercareTools, doorbell: Doorbell
) -> Recall:
    """Have us try once more what a platform refused and a person was to take down.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.WITHDRAW)
    with tools.publishing.storage.begin() as uow:
        recall = uow.recalls.get(recall_id)
        again = asked_again(recall, _ours(uow, recall, tools))
        uow.recalls.save(again)
        uow.audit.write(
            actor=actor.name,
            action="recall.asked_again",
            object_kind="release",
            object_id=recall.release,
            details={"recall": recall.id},
        )
        uow.commit()
    ring(again, doorbell)
    return again


def settle_recalled(
    recall_id: RecallId, post_id: PostId, *, actor: Actor, tools: AftercareTools, note: str = ""
) -> Recall:
    """A person says that they took the post off its platform by hand, or that it was never there.

    Raises:
        NotAllowed, NotFound.
        IllegalMove: it is settled already.
    """
    actor.require(Permission.WITHDRAW)
    with tools.publishing.storage.begin() as uow:
        recall = uow.recalls.get(recall_id)
        done = settled(
            recall, post_id, RecallState.DONE_BY_HAND, by=actor.name, at=uow.now(), note=note
        )
        note_taken_down(uow, post_id, {"taken_down": "by_hand"})
        save_recall(uow, done, actor.name, "recall.done_by_hand", post_id)
        uow.commit()
    return done


def ring(recall: Recall, doorbell: Doorbell) -> None:
    """Ring for each of its posts that waits for us; a ring that is lost is made up for."""
    for each in recall.posts:
        if each.state is RecallState.WAITING:
            doorbell.post_is_recalled(recall.id, each.post)


def _ours(uow: UnitOfWork, recall: Recall, tools: AftercareTools) -> set[PostId]:
    """Those that we may take down, if the platform lets us."""
    found = set()
    for each in recall.posts:
        account, post = uow.accounts.get(each.account), uow.posts.get(each.post)
        public = _public(uow, post, account, tools)
        if public is not None and recalled(public, account.mode).state is RecallState.WAITING:
            found.add(each.post)
    return found


def _public(
    uow: UnitOfWork, post: Post, account: Account, tools: AftercareTools
) -> Delivery | None:
    """What brought the post out, or may have; None where nobody can read it."""
    route = tools.publishing.adapter(account).route(account)
    found = [
        delivery
        for delivery in uow.deliveries.of_post(post.id)
        if delivery.state is DeliveryState.DELIVERED
        or (delivery.state not in _OVER and may_be_public(delivery, route))
    ]
    return max(found, key=lambda each: each.revision, default=None)


def save_recall(uow: UnitOfWork, recall: Recall, by: str, action: str, post: PostId) -> None:
    """Store what became of one post of it, and write it down."""
    uow.recalls.save(recall)
    uow.audit.write(
        actor=by,
        action=action,
        object_kind="release",
        object_id=recall.release,
        details={"recall": recall.id, "post": post},
    )
