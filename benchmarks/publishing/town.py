"""Fills a database with accounts and posts that are ready to go out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from benchmarks.publishing.platform import PREPARE
from benchmarks.rendering.ours import Ours, release_of
from benchmarks.rendering.texts import policy
from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId, RolloutId, SourceId
from bot.domain.posts.draft import Article, Draft, DraftContent
from bot.domain.posts.post import Post, PostKind, PostState
from bot.domain.posts.rollout import Rollout, RolloutPolicy, RolloutState
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Journal, Outcome
from bot.domain.releases.release import Approval, Release
from bot.domain.releases.source import Source, SourceKind, Trust
from bot.ports.storage import Storage, UnitOfWork
from bot.ports.vault import Vault

ACCOUNTS = 100
POSTS_A_ROLLOUT = 10
CHARACTERS = 2500
"""Of every post: what a usual notice has."""


class Town:
    """A database with 100 accounts; posts are added in rollouts of ten."""

    def __init__(
        self, storage: Storage, vault: Vault, *, now: datetime, characters: int = CHARACTERS
    ) -> None:
        ours = Ours()
        self._storage, self._now = storage, now
        self._body = ours.read(policy(characters))
        html = ours.render(self._body)[0]
        article = Article(title="关于优化办事流程的通知", html=html)
        self._draft = Draft(DraftContent(articles=(article,), marker="bench"))
        self._releases = 0
        self._posts = 0
        self._accounts: Sequence[int] = range(ACCOUNTS)
        with storage.begin() as uow:
            uow.sources.add(Source(SourceId("site"), "门户网站", SourceKind.API, Trust.APPROVED))
            for number in range(ACCOUNTS):
                sealed = vault.seal({"app_secret": f"secret {number}"})
                uow.accounts.add(account_number(number), sealed)
            uow.commit()

    def add(
        self,
        due: Sequence[datetime],
        *,
        is_prepared: bool,
        accounts: Sequence[int] = range(ACCOUNTS),
    ) -> dict[str, float]:
        """One post for each due time, the accounts taking turns; gives the due times by delivery,
        in epoch seconds."""
        self._accounts = accounts
        added: dict[str, float] = {}
        with self._storage.begin() as uow:
            for start in range(0, len(due), POSTS_A_ROLLOUT):
                added |= self._rollout(uow, due[start : start + POSTS_A_ROLLOUT], is_prepared)
            uow.commit()
        return added

    def _rollout(
        self, uow: UnitOfWork, due: Sequence[datetime], is_prepared: bool
    ) -> dict[str, float]:
        self._releases += 1
        release = self._release(f"rel_{self._releases:04}")
        uow.releases.add(release)
        rollout = self._rollout_of(release, due[0])
        uow.posts.add_rollout(rollout)
        added: dict[str, float] = {}
        for number, at in enumerate(due):
            post = self._post(rollout, number, at)
            uow.posts.add(post)
            delivery = self._delivery(post, at, is_prepared)
            uow.deliveries.add(delivery)
            added[delivery.id] = at.timestamp()
        return added

    def _release(self, release: str) -> Release:
        approval = Approval(by="王审核", evidence="签批单 7 号", at=self._now)
        made = release_of(self._body, ReleaseId(release))
        return replace(made, approval=approval)

    def _rollout_of(self, release: Release, due: datetime) -> Rollout:
        return Rollout(
            id=RolloutId(f"rol_{release.id}"),
            release=release.id,
            release_version=release.version,
            policy=RolloutPolicy.AS_READY,
            state=RolloutState.PLANNED,
            due_at=due,
            created_at=self._now,
        )

    def _post(self, rollout: Rollout, number: int, due: datetime) -> Post:
        return Post(
            id=PostId(f"pst_{rollout.release}_{number:03}"),
            rollout=rollout.id,
            release=rollout.release,
            release_version=rollout.release_version,
            account=account_number(self._turn()).id,
            kind=PostKind.POLICY,
            template="default",
            revision=1,
            draft=self._draft,
            state=PostState.SCHEDULED,
            due_at=due,
            approved_hash=self._draft.content.hash,
            approved_by="王审核",
        )

    def _turn(self) -> int:
        """Accounts take turns, so that all have the same number of posts."""
        self._posts += 1
        return self._accounts[self._posts % len(self._accounts)]

    def _delivery(self, post: Post, due: datetime, is_prepared: bool) -> Delivery:
        return Delivery(
            id=DeliveryId(f"dlv_{post.id}"),
            post=post.id,
            rollout=post.rollout,
            account=post.account,
            revision=post.revision,
            content_hash=post.approved_hash or "",
            state=DeliveryState.WAITING,
            due_at=due,
            next_at=due,
            journal=Journal((self._prepared(),) if is_prepared else ()),
            prepared_at=self._now if is_prepared else None,
        )

    def _prepared(self) -> Entry:
        return Entry(
            seq=1,
            step=PREPARE.name,
            act=Act.CALL,
            started_at=self._now,
            deadline_at=self._now,
            outcome=Outcome.DONE,
            finished_at=self._now,
        )


def account_number(number: int) -> Account:
    """The account of this number."""
    name = f"账号 {number:03}"
    return Account(AccountId(f"acc_{number:03}"), name, PlatformName.WECHAT, Mode.PUBLISH)
