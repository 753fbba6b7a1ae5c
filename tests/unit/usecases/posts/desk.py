"""A communications desk for tests: a source, accounts, rules, a renderer that writes one line."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.ids import AccountId, PostId, ReleaseId
from bot.domain.people import Role
from bot.domain.permissions import SYSTEM, Actor
from bot.domain.posts.draft import Article, DraftContent
from bot.domain.posts.edits import UNEDITED, Edits
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import Post, PostKind
from bot.domain.posts.rules import Rule
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome
from bot.domain.releases.related import NOTHING_BESIDE, Beside
from bot.domain.releases.release import Approval, Release, ReleaseReading
from bot.ports.rendering import Rendered
from bot.usecases.posts.plan_release import plan_release
from bot.usecases.posts.tools import PostTools
from bot.usecases.publishing.advance_delivery import advance_delivery
from bot.usecases.publishing.tools import PublishingTools
from bot.usecases.releases.accept_release import Accepted, accept_release
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.platform import ScriptedPlatform
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault

WRITER = Actor("李撰稿", frozenset({Role.WRITER}))
EDITOR = Actor("赵编辑", frozenset({Role.EDITOR}))
REVIEWER = Actor("王审核", frozenset({Role.REVIEWER}))
APPROVER = Actor("陈签发", frozenset({Role.APPROVER}))
AUDITOR = Actor("孙审计", frozenset({Role.AUDITOR}))


class NumberedIds:
    """Keeps the promise of `ports.clock.Ids`: numbers in order."""

    def __init__(self) -> None:
        self._used = 0

    def new(self, prefix: str) -> str:
        self._used += 1
        return f"{prefix}_{self._used:03d}"


class PlainRenderer:
    """Keeps the promise of `ports.rendering.Renderer`: the title and one line."""

    def __init__(self) -> None:
        self.asked: list[tuple[PostKind, Release, Beside]] = []

    def render(
        self,
        release: Release,
        account: Account,
        *,
        kind: PostKind,
        template: str,
        limits: Limits,
        may_cut_titles: bool = False,
        beside: Beside = NOTHING_BESIDE,
        edits: Edits = UNEDITED,
    ) -> Rendered:
        self.asked.append((kind, release, beside))
        title = f"{release.content.title} v{release.version}"
        words = "".join(f"<p>{each.text}</p>" for each in edits.blocks)
        html = f"<p>{account.name} {template}</p>{words}"
        return Rendered(DraftContent((Article(title, html),)))

    def templates(self, platform: PlatformName, kind: PostKind) -> tuple[str, ...]:
        return ("default",)


class Desk:
    """Everything posts need, with one WeChat account `acc_1` unless more are opened."""

    def __init__(self, *rules: Rule, accounts: Sequence[Account] = ()) -> None:
        self.clock = StillClock(make.NOW)
        self.storage = FakeStorage(self.clock)
        self.platform = ScriptedPlatform()
        self.weibo = ScriptedPlatform(platform=PlatformName.WEIBO)
        self.ids = NumberedIds()
        adapters = {PlatformName.WECHAT: self.platform, PlatformName.WEIBO: self.weibo}
        self.renderer = PlainRenderer()
        self.tools = PostTools(
            self.storage, adapters, self.renderer, self.ids, self.storage.searching()
        )
        self.publishing = PublishingTools(
            self.storage,
            adapters,
            OpenVault(),
            jitter=lambda: 0.5,
            monotonic=lambda: self.clock.now().timestamp(),
        )
        with self.storage.begin() as uow:
            uow.sources.add(make.source())
            for account in accounts or (make.account(),):
                uow.accounts.add(account, "{}")
            for rule in rules:
                uow.rules.add(rule)
            uow.commit()

    def arrives(self, key: str = "7", *, same: bool = False, **changes: Any) -> Accepted:
        """A reading of the portal's document `key` with the portal's own approval."""
        approval = changes.pop("approval", Approval("王审核", "签批单 7 号", make.NOW))
        release_at, findings = changes.pop("release_at", None), changes.pop("findings", ())
        reading = ReleaseReading(
            key, make.content(**changes), findings, approval=approval, release_at=release_at
        )
        return accept_release(
            reading,
            source_id=make.source().id,
            actor=SYSTEM,
            storage=self.storage,
            ids=self.ids,
            person_says_same=same,
        )

    def arrives_and_is_planned(self, **changes: Any) -> list[Post]:
        """The posts of the newest version, in the order of their accounts."""
        release = self.arrives(**changes).release
        plan_release(release.id, self.tools)
        found = [p for p in self.posts(release.id) if p.release_version == release.version]
        return sorted(found, key=lambda p: p.account)

    def posts(self, release: ReleaseId) -> Sequence[Post]:
        with self.storage.begin() as uow:
            return uow.posts.of_release(release)

    def post(self, post: PostId) -> Post:
        with self.storage.begin() as uow:
            return uow.posts.get(post)

    def delivery(self, post: PostId) -> Delivery:
        """The newest delivery of a post."""
        with self.storage.begin() as uow:
            return uow.deliveries.of_post(post)[-1]

    def change_post(self, post: PostId, **changes: Any) -> None:
        with self.storage.begin() as uow:
            uow.posts.save(replace(uow.posts.get(post), **changes))
            uow.commit()

    def change_delivery(self, post: PostId, **changes: Any) -> None:
        changed = replace(self.delivery(post), **changes)
        with self.storage.begin() as uow:
            uow.deliveries.save(changed, entries=changed.journal.entries)
            uow.commit()

    def tried(self, post: PostId, outcome: Outcome, *, error: str = "ContentRejected") -> None:
        """The accepting step of `post` was tried, and this came of it."""
        prepared = _called(1, "prepare", Outcome.DONE)
        tried = replace(_called(2, "accept", outcome), failure=Failure(error) if error else None)
        self.change_delivery(post, journal=Journal((prepared, tried)))

    def advance(self, post: PostId, *, after: float = 0) -> Delivery:
        """Let `after` seconds pass, then a worker comes by."""
        self.clock.pass_seconds(after)
        advance_delivery(self.delivery(post).id, self.publishing)
        return self.delivery(post)

    def actions(self) -> list[str]:
        """What the audit chain tells, in order."""
        with self.storage.begin() as uow:
            return [record.action for record in uow.audit.records()]


def _called(seq: int, step: str, outcome: Outcome) -> Entry:
    return Entry(
        seq=seq,
        step=step,
        act=Act.CALL,
        started_at=make.NOW,
        deadline_at=make.after(10),
        finished_at=make.after(1),
        outcome=outcome,
    )


def accounts(*numbers: int, **changes: Any) -> list[Account]:
    """WeChat accounts `acc_1`, `acc_2`, …"""
    return [make.account(id=AccountId(f"acc_{n}"), name=f"账号{n}", **changes) for n in numbers]
