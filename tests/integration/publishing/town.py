"""A town for proofs: a real database, the real adapters, a simulated platform, a mortal worker."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bot.domain.accounts.account import PlatformName
from bot.domain.audit import first_broken
from bot.domain.ids import AccountId, PostId, ReleaseId, RolloutId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.posts.draft import Draft
from bot.domain.posts.post import PostState
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.platforms.wechat.adapter import WechatAdapter
from bot.platforms.weibo.adapter import WeiboAdapter
from bot.ports.platform import PlatformAdapter
from bot.ports.storage import Storage
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.storage.database import Database
from bot.usecases.posts.review_post import approve_post
from bot.usecases.posts.schedule_post import schedule_post
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.resolve_delivery import adopt_delivery, retry_delivery
from bot.usecases.publishing.ring_due import ring_due
from bot.usecases.publishing.tools import PublishingTools
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.fakes.media import FakeMediaStore
from tests.fakes.vault import OpenVault
from tests.integration.publishing.killing import Fuse, Killed, MortalStorage, MortalTransport
from tests.integration.publishing.routes import Way

AUDIT_KEY = b"audit key"
ROUNDS = 60
EDITOR = Actor("赵编辑", frozenset({Role.EDITOR}))
REVIEWER = Actor("王审核", frozenset({Role.REVIEWER}))


@dataclass
class SkippingClock:
    """Real time, moved forward by what a test skips."""

    skipped: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skipped


@dataclass
class NumberedIds:
    """Identifiers that can be foretold."""

    used: int = 0

    def new(self, prefix: str) -> str:
        self.used += 1
        return f"{prefix}_{self.used:04d}"


@dataclass
class Town:
    """One way out, an account a case; `fuse` decides when the worker of the case dies."""

    way: Way
    storage: Database
    platform: ControlClient
    clock: SkippingClock
    transport: MortalTransport
    adapters: Mapping[PlatformName, PlatformAdapter]
    media: FakeMediaStore
    ids: NumberedIds = field(default_factory=NumberedIds)

    def order_post(
        self, number: int, *, together: bool = False, after: timedelta = timedelta()
    ) -> PostId:
        """A post on account `a<number>`, approved by four eyes and due now, or later."""
        post_id = self.draft_post(number, together=together)
        self.schedule(post_id, after=after)
        return post_id

    def draft_post(self, number: int, *, together: bool = False) -> PostId:
        """A post on account `a<number>`, approved by four eyes; by itself, or all of them
        `together`."""
        rollout = RolloutId("rol_1" if together else f"rol_{number}")
        account, secrets = self.way.account(number, self.platform.url)
        post_id = PostId(f"pst_{number}")
        draft = Draft(self.way.content(self.media))
        with self.storage.begin() as uow:
            if number == 1:
                uow.sources.add(make.source())
                uow.releases.add(make.release())
            uow.accounts.add(account, OpenVault().seal(secrets))
            if number == 1 or not together:
                policy = RolloutPolicy.ALL_OR_NOTHING if together else RolloutPolicy.AS_READY
                uow.posts.add_rollout(make.rollout(id=rollout, policy=policy))
            uow.posts.add(
                make.post(
                    id=post_id,
                    rollout=rollout,
                    release=ReleaseId("rel_1"),
                    account=AccountId(f"acc_{number}"),
                    draft=draft,
                    state=PostState.IN_REVIEW,
                    approved_hash=None,
                    submitted_by=EDITOR.name,
                )
            )
            uow.commit()
        approve_post(post_id, content_hash=draft.content.hash, actor=REVIEWER, storage=self.storage)
        return post_id

    def schedule(self, post_id: PostId, *, after: timedelta = timedelta()) -> None:
        """Due now, or later."""
        at = self.clock.now() + after
        schedule_post(post_id, at=at, actor=EDITOR, storage=self.storage, ids=self.ids)

    def work_for(self, minutes: int) -> None:
        """Ticks and workers that live, every ten seconds."""
        self.transport.fuse = Fuse()
        for _ in range(minutes * 6):
            self._one_worker(Fuse())
            self._skip(10)

    def work(self, post_id: PostId, fuse: Fuse) -> Delivery:
        """Ticks and workers, one after the other, each dying where the fuse says, until the
        delivery has ended. A person presses publish where that is theirs to do."""
        self.transport.fuse = fuse
        for _ in range(ROUNDS):
            self._one_worker(fuse)
            delivery = self.delivery(post_id)
            if delivery.state not in OPEN_STATES:
                return delivery
            assert delivery.next_at is not None, f"{delivery.state} and nothing will happen"
            if delivery.state is DeliveryState.AWAITING_PERSON:
                self._press_publish(post_id, delivery)
            self._let_time_pass(delivery)
        raise AssertionError(f"{post_id} is still {delivery.state} after {ROUNDS} rounds")

    def work_once(self, fuse: Fuse) -> None:
        """One tick and one worker, who dies where the fuse says."""
        self.transport.fuse = fuse
        self._one_worker(fuse)

    def _one_worker(self, fuse: Fuse) -> None:
        storage, bell = MortalStorage(self.storage, fuse), RecordingDoorbell()
        tools = self._tools(storage)
        try:
            ring_due(storage=storage, doorbell=bell)
            for _, ids in bell.deliveries:
                for delivery in ids:
                    advance_delivery(delivery, tools)
        except Killed:
            return

    def _let_time_pass(self, delivery: Delivery) -> None:
        """Until something is due, nobody holds a lease, and a lost bell rings again."""
        now = self.clock.now()
        moments = [m for m in (delivery.next_at, delivery.lease_until) if m is not None]
        seconds = max((max(moments) - now).total_seconds(), 0.0) + 5.1
        self._skip(seconds)

    def _skip(self, seconds: float) -> None:
        self.clock.skipped += timedelta(seconds=seconds)
        self.platform.shift_clock(seconds)

    def _press_publish(self, post_id: PostId, delivery: Delivery) -> None:
        if self.effects(post_id) == 0:
            media_id = delivery.journal.evidence["draft_media_id"]
            account = _account_name(post_id)
            self.platform.act("editor_publishes", account=account, media_id=media_id)

    def settle_by_hand(self, post_id: PostId) -> Delivery:
        """A person looks at the platform and says what is true: it is there, or try again."""
        tools = self._tools(self.storage)
        if self.effects(post_id):
            url = "https://public.example/post"
            return adopt_delivery(post_id, url, actor=EDITOR, tools=tools)
        retry_delivery(post_id, actor=EDITOR, tools=tools)
        return self.work(post_id, Fuse())

    def _tools(self, storage: Storage) -> PublishingTools:
        return PublishingTools(storage, self.adapters, OpenVault(), jitter=lambda: 0.5)

    def delivery(self, post_id: PostId) -> Delivery:
        """The delivery as stored."""
        with self.storage.begin() as uow:
            (delivery,) = uow.deliveries.of_post(post_id)
        return delivery

    def effects(self, post_id: PostId) -> int:
        """How often the public got the post, by the platform's own books."""
        accounts: dict[str, Any] = self.platform.state()["accounts"]
        return self.way.effects(accounts[_account_name(post_id)])

    def broken_audit_record(self) -> int | None:
        """The first record of the audit chain that does not verify."""
        with self.storage.begin() as uow:
            return first_broken(uow.audit.records(limit=10_000), AUDIT_KEY)


@contextmanager
def town(way: Way, url: str, *, accounts: int) -> Iterator[Town]:
    """A town on the database at `url`, with so many accounts on the simulated platform."""
    clock, media, transport = SkippingClock(), FakeMediaStore(), MortalTransport()
    storage = Database(url, audit_key=AUDIT_KEY, vault=OpenVault(), clock=clock)
    scenario = parse_scenario(way.scenario(accounts))
    name = way.platform.value
    with (
        running_sandbox(scenario, platforms=[name]) as sandbox,
        httpx.Client(transport=transport, trust_env=False) as http,
    ):
        tokens, budgets, uploads = storage.tokens(), storage.budgets(), storage.uploads()
        wechat = WechatAdapter(http, tokens, budgets, media, uploads, clock)
        weibo = WeiboAdapter(
            http, tokens, budgets, media, clock, lambda sha: f"https://www.yunling.example/{sha}"
        )
        adapters: dict[PlatformName, PlatformAdapter] = {
            PlatformName.WECHAT: wechat,
            PlatformName.WEIBO: weibo,
        }
        try:
            yield Town(way, storage, sandbox.controls[name], clock, transport, adapters, media)
        finally:
            storage.dispose()


def _account_name(post_id: PostId) -> str:
    return f"a{post_id.removeprefix('pst_')}"
