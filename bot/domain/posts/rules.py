"""Distribution rules: which releases go to which accounts, as what, when, approved how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.accounts.account import Account
from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import Problem
from bot.domain.ids import AccountId, RuleId, SourceId
from bot.domain.posts.post import PostKind
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.releases.release import DisclosureAttribute, Release

DEFAULT_TEMPLATE = "default"
"""The template that every kind of post has."""


@dataclass(frozen=True)
class Rule:
    """One distribution rule. Empty filters match everything; times are Beijing wall clock."""

    id: RuleId
    name: str
    accounts: tuple[AccountId, ...]
    kind: PostKind = PostKind.BUNDLE
    template: str = DEFAULT_TEMPLATE
    sources: tuple[SourceId, ...] = ()
    topics: tuple[str, ...] = ()
    policy: RolloutPolicy = RolloutPolicy.AS_READY
    approval: PostApproval = PostApproval.FOUR_EYES
    slot: time | None = None
    delay_seconds: int = 0
    enabled: bool = True
    version: int = 1

    def matches(self, release: Release) -> bool:
        """Whether `release` falls under this rule; what is not public never does."""
        return (
            self.enabled
            and release.content.disclosure is DisclosureAttribute.PROACTIVE
            and (not self.sources or release.source in self.sources)
            and (not self.topics or any(t in (release.content.topic or "") for t in self.topics))
        )


def rule_problems(rule: Rule) -> Sequence[Problem]:
    """What a rule lacks, one problem a field."""
    problems = []
    if not rule.name.strip():
        problems.append(Problem("name", "请填写规则名称"))
    if not rule.accounts:
        problems.append(Problem("accounts", "请至少选择一个账号"))
    return problems


@dataclass(frozen=True)
class PlannedPost:
    """A post a rule asks for."""

    rule: Rule
    account: AccountId
    due_at: datetime


def plan_posts(
    release: Release, rules: Iterable[Rule], accounts: Iterable[Account], *, now: datetime
) -> tuple[PlannedPost, ...]:
    """The posts `rules` ask for, one an account at most: the first matching rule wins.

    Due times honour the embargo, then the rule's slot and delay; quiet hours move a post to
    their end. An emergency waits for its embargo only. Accounts that are disabled get nothing.
    """
    usable = {account.id: account for account in accounts if account.enabled}
    planned: dict[AccountId, PlannedPost] = {}
    for rule in rules:
        if not rule.matches(release):
            continue
        for account_id in rule.accounts:
            if account_id in usable and account_id not in planned:
                due = _due(release, rule, usable[account_id], now)
                planned[account_id] = PlannedPost(rule, account_id, due)
    return tuple(planned.values())


def _due(release: Release, rule: Rule, account: Account, now: datetime) -> datetime:
    if release.is_emergency:
        return max(now, release.release_at) if release.release_at else now
    return due_time(rule, account, embargo=release.release_at, now=now)


def due_time(rule: Rule, account: Account, *, embargo: datetime | None, now: datetime) -> datetime:
    """When a post of this rule goes out on this account (UTC, never before the embargo)."""
    earliest = max(now, embargo) if embargo else now
    due = earliest + timedelta(seconds=rule.delay_seconds)
    if rule.slot is not None:
        due = _next_wall_clock(due, rule.slot)
    return after_quiet_hours(due, account)


def after_quiet_hours(due: datetime, account: Account) -> datetime:
    """`due`, or the end of the account's quiet hours when it falls into them."""
    quiet = account.quiet_hours
    if quiet is None or not quiet.covers(due.astimezone(BEIJING).time()):
        return due
    return _next_wall_clock(due, quiet.end)


def _next_wall_clock(after: datetime, wall: time) -> datetime:
    local = after.astimezone(BEIJING)
    candidate = local.replace(hour=wall.hour, minute=wall.minute, second=0, microsecond=0)
    if candidate < local:
        candidate += timedelta(days=1)
    return candidate.astimezone(after.tzinfo)
