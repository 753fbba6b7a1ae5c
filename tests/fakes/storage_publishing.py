"""In-memory posts and deliveries."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts.account import PUSHES_TO_FOLLOWERS
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId, RolloutId
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.revision import Revision
from bot.domain.posts.rollout import Member, Rollout
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.domain.publishing.journal import Entry
from bot.domain.publishing.restoration import Restoration
from bot.ports.clock import Clock
from bot.ports.platform import LivePost
from bot.ports.storage import LeaseLost
from tests.fakes.storage_state import State

_lease_numbers = itertools.count(1)


class FakeRestorations:
    """Restored backups by their moment."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, restoration: Restoration) -> None:
        self._state.restorations[restoration.restored_at] = restoration

    def newest(self) -> Restoration | None:
        kept = self._state.restorations
        return kept[max(kept)] if kept else None


class FakePosts:
    """Rollouts and posts in dictionaries."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add_rollout(self, rollout: Rollout) -> None:
        self._state.rollouts[rollout.id] = rollout

    def save_rollout(self, rollout: Rollout) -> None:
        self.rollout(rollout.id)
        self._state.rollouts[rollout.id] = rollout

    def rollout(self, rollout: RolloutId) -> Rollout:
        if rollout not in self._state.rollouts:
            raise NotFound("同步发布", rollout)
        return self._state.rollouts[rollout]

    def rollouts_of(self, release: ReleaseId) -> Sequence[Rollout]:
        found = [r for r in self._state.rollouts.values() if r.release == release]
        return sorted(found, key=lambda r: (r.created_at, r.id))

    def add(self, post: Post) -> None:
        self._state.posts[post.id] = post

    def save(self, post: Post) -> None:
        self.get(post.id)
        self._state.posts[post.id] = post

    def get(self, post: PostId) -> Post:
        if post not in self._state.posts:
            raise NotFound("稿件", post)
        return self._state.posts[post]

    def of_rollout(self, rollout: RolloutId) -> Sequence[Post]:
        found = [p for p in self._state.posts.values() if p.rollout == rollout]
        return sorted(found, key=lambda p: p.id)

    def kept_by(self, login: str, *, limit: int) -> Sequence[Post]:
        over = {PostState.EXPIRED, PostState.CANCELLED}
        kept = [p for p in self._state.posts.values() if p.keeper == login and p.state not in over]
        return sorted(kept, key=lambda p: p.id)[:limit]

    def of_release(self, release: ReleaseId) -> Sequence[Post]:
        found = [p for p in self._state.posts.values() if p.release == release]
        return sorted(found, key=lambda p: p.id)


class FakeRevisions:
    """Former drafts by post and number."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def keep(self, post: Post, *, replaced_by: str = "") -> None:
        known = self._state.revisions.get((post.id, post.revision))
        self._state.revisions[post.id, post.revision] = Revision(
            post.id,
            post.revision,
            post.draft,
            post.edits,
            self._clock.now(),
            approved_by=post.approved_by or (known.approved_by if known else None),
            replaced_by=replaced_by or (known.replaced_by if known else ""),
        )

    def get(self, post: PostId, number: int) -> Revision:
        if (post, number) not in self._state.revisions:
            raise NotFound("稿件的历次稿", f"{post} 第 {number} 稿")
        return self._state.revisions[post, number]

    def of_post(self, post: PostId, *, limit: int = 20) -> Sequence[Revision]:
        found = [each for each in self._state.revisions.values() if each.post == post]
        return sorted(found, key=lambda each: -each.number)[:limit]

    def last_approved(self, post: PostId) -> Revision | None:
        found = (each for each in self.of_post(post, limit=1000) if each.approved_by)
        return next(found, None)

    def with_hash(self, post: PostId, content_hash: str) -> Revision | None:
        kept = self.of_post(post, limit=1000)
        return next((r for r in kept if r.draft.content.hash == content_hash), None)


class FakeDeliveries:
    """Deliveries in a dictionary; the journal is part of the value."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def add(self, delivery: Delivery) -> None:
        if any(d.revision == delivery.revision for d in self.of_post(delivery.post)):
            raise Conflict(f"稿件 {delivery.post} 的第 {delivery.revision} 次修订已经有投递")
        self._state.deliveries[delivery.id] = delivery

    def get(self, delivery: DeliveryId) -> Delivery:
        if delivery not in self._state.deliveries:
            raise NotFound("投递", delivery)
        return self._state.deliveries[delivery]

    def circumstances(self, delivery: DeliveryId) -> Circumstances:
        found = self.get(delivery)
        post = self._state.posts[found.post]
        versions = [one for one in self._state.releases.values() if one.id == post.release]
        return Circumstances(
            delivery=found,
            post=post,
            rollout=self._state.rollouts[found.rollout],
            release=max(versions, key=lambda one: one.version),
            account=self._state.accounts[found.account],
            everything_stopped=bool(self._state.stops),
            now=self._clock.now(),
            sealed_secrets=self._state.secrets[found.account],
            trouble=self._state.troubles.get(found.account),
            restoration=FakeRestorations(self._state).newest(),
            breaker=self._state.breakers.get(found.account),
            quiet_periods=tuple(
                period
                for period in self._state.quiet_periods.values()
                if period.concerns(found.account) and period.until > found.due_at
            ),
        )

    def of_post(self, post: PostId) -> Sequence[Delivery]:
        found = [d for d in self._state.deliveries.values() if d.post == post]
        return sorted(found, key=lambda d: d.revision)

    def members(self, rollout: RolloutId) -> Sequence[Member]:
        found = [d for d in self._state.deliveries.values() if d.rollout == rollout]
        return [self._member(d) for d in sorted(found, key=lambda d: d.id)]

    def _member(self, delivery: Delivery) -> Member:
        return Member(
            delivery_id=delivery.id,
            state=delivery.state,
            prepared=delivery.prepared_at is not None,
            accepted=delivery.accepted_at is not None,
            pushes=self._state.accounts[delivery.account].mode in PUSHES_TO_FOLLOWERS,
        )

    def lease(self, delivery: DeliveryId, *, seconds: float) -> bool:
        stored = self._state.deliveries.get(delivery)
        if stored is None or stored.state not in OPEN_STATES or self._is_leased(stored):
            return False
        until = self._clock.now() + timedelta(seconds=seconds)
        leased = replace(stored, lease_token=f"lease{next(_lease_numbers)}", lease_until=until)
        self._state.deliveries[delivery] = leased
        return True

    def save(self, delivery: Delivery, *, entries: Sequence[Entry] = ()) -> None:
        stored = self.get(delivery.id)
        if delivery.lease_token is not None and stored.lease_token != delivery.lease_token:
            raise LeaseLost(f"delivery {delivery.id}: another worker holds the lease")
        journal = stored.journal
        for entry in entries:
            known = next((e for e in journal.entries if e.seq == entry.seq), None)
            if known is not None and known.outcome is not None and known != entry:
                raise LeaseLost(f"delivery {delivery.id}: its journal went on without us")
            journal = journal.with_entry(entry)
        self._state.deliveries[delivery.id] = replace(delivery, journal=journal)
        self._state.rung.pop(delivery.id, None)

    def append_evidence(self, delivery: DeliveryId, entry: Entry) -> None:
        stored = self.get(delivery)
        placed = replace(entry, seq=stored.journal.next_seq)
        journal = stored.journal.with_entry(placed)
        self._state.deliveries[delivery] = replace(stored, journal=journal)

    def wake(self, ids: Sequence[DeliveryId], *, at: datetime | None = None) -> None:
        moment = at or self._clock.now()
        for delivery in ids:
            stored = self._state.deliveries.get(delivery)
            if stored is None or stored.state not in OPEN_STATES:
                continue
            if stored.next_at is None or stored.next_at > moment:
                self._state.deliveries[delivery] = replace(stored, next_at=moment)
                self._state.rung.pop(delivery, None)

    def take_due(
        self, *, limit: int, ring_again_seconds: float, most_an_account: int = 80
    ) -> Sequence[tuple[AccountId, DeliveryId]]:
        now = self._clock.now()
        rung_before = now - timedelta(seconds=ring_again_seconds)
        due = [
            (not d.urgent, d.next_at, d.id, d.account)
            for d in self._state.deliveries.values()
            if d.next_at is not None and d.next_at <= now and d.state in OPEN_STATES
            if not self._is_leased(d) and self._state.rung.get(d.id, rung_before) <= rung_before
        ]
        in_hand = Counter(d.account for d in self._in_hand(rung_before))
        taken: list[tuple[AccountId, DeliveryId]] = []
        for is_ordinary, _, delivery, account in sorted(due):
            in_hand[account] += 1
            if not is_ordinary or in_hand[account] <= self._room(account, most_an_account):
                taken.append((account, delivery))
        for _, delivery in taken[:limit]:
            self._state.rung[delivery] = now
            found = self._state.deliveries[delivery]
            if found.state is DeliveryState.WAITING and found.due_at <= now:
                due_now = replace(found, state=DeliveryState.DUE)
                self._state.deliveries[delivery] = due_now
        return taken[:limit]

    def _room(self, account: AccountId, most: int) -> int:
        breaker = self._state.breakers.get(account)
        if breaker is None or breaker.probe_at is None:
            return most
        return 1 if breaker.probe_at <= self._clock.now() else 0

    def _in_hand(self, rung_before: datetime) -> list[Delivery]:
        opened = [d for d in self._state.deliveries.values() if d.state in OPEN_STATES]
        rung = self._state.rung
        return [
            d for d in opened if self._is_leased(d) or rung.get(d.id, rung_before) > rung_before
        ]

    def by_job(self, account: AccountId, job_id: str) -> DeliveryId | None:
        named = (
            d.id
            for d in self._state.deliveries.values()
            if d.account == account
            if any(e.evidence.get("job_id") == job_id for e in d.journal.entries)
        )
        return max(named, default=None)

    def standing(
        self, account: AccountId, *states: DeliveryState, due_before: datetime | None = None
    ) -> Sequence[DeliveryId]:
        found = [d for d in self._state.deliveries.values() if d.state in states]
        return sorted(
            d.id
            for d in found
            if d.account == account and (due_before is None or d.due_at < due_before)
        )

    def newest(self) -> DeliveryId | None:
        return DeliveryId(max(self._state.deliveries)) if self._state.deliveries else None

    def planned(
        self, account: AccountId, *, since: datetime, until: datetime
    ) -> Sequence[tuple[PostId, datetime]]:
        due = sorted(self._state.deliveries.values(), key=lambda d: (d.due_at, d.id))
        return [
            (d.post, d.due_at)
            for d in due
            if d.account == account and since <= d.due_at < until
            if d.state is not DeliveryState.CANCELLED
        ]

    def live_posts(self, account: AccountId, *, limit: int = 50) -> Sequence[LivePost]:
        live = [
            LivePost(d.post, d.receipt.ids, d.receipt.published.at)
            for d in sorted(self._state.deliveries.values(), key=lambda d: d.id, reverse=True)
            if d.account == account and d.state is not DeliveryState.REMOVED
            if d.receipt is not None and d.receipt.published is not None
        ]
        return sorted(live, key=lambda post: post.published_at, reverse=True)[:limit]

    def _is_leased(self, delivery: Delivery) -> bool:
        return delivery.lease_until is not None and delivery.lease_until > self._clock.now()
