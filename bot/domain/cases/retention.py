"""How long words are kept: rules that an office sets, by class, entry and account."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AccountId
from bot.domain.replies.erasure import RETENTION_OPTION, days_of

LONGEST_KEEP = 36_500
GRACE = timedelta(days=1)
"""Erasing by rules begins so long after they were set: what is erased does not come back."""
OF_ACCOUNT = "account:"
"""Begins the id of a rule that an account's own setting makes."""
STAYS = "受理编号、类别、部门、时间、经过和统计数字"
GOES = "姓名、联系方式、来信原文、答复和办理意见"


@dataclass(frozen=True)
class Hold:
    """Somebody forbids to erase a case (暂缓删除), as while it is in dispute."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Tombstone:
    """When a case's words were erased, and by which rule; empty where the asker left or asked."""

    at: datetime
    rule: str = ""

    @property
    def words(self) -> str:
        """What stands in the place of what was written."""
        local = self.at.astimezone(BEIJING)
        why = "按保存期限规定" if self.rule else "按规定"
        return f"{why}，内容已于{local.year}年{local.month}月{local.day}日删除"


@dataclass(frozen=True)
class RetentionRule:
    """Keep so many days after a case was ended; after it came, what never became a case. Empty
    conditions fit everything, earlier rules win. A rule of classes speaks of cases only."""

    id: str
    keep_days: int
    basis: str
    classes: tuple[CaseClass, ...] = ()
    entries: tuple[Entry, ...] = ()
    accounts: tuple[AccountId, ...] = ()

    def fits(self, case_class: CaseClass | None, entry: Entry, account: AccountId | None) -> bool:
        """Whether it speaks of such a matter; without a class, of what never became a case."""
        return (
            (not self.classes or case_class in self.classes)
            and (not self.entries or entry in self.entries)
            and (not self.accounts or account in self.accounts)
        )


@dataclass(frozen=True)
class Reach:
    """What one rule ends now: cases that ended before a moment and that no earlier rule keeps."""

    rule: RetentionRule
    earlier: tuple[RetentionRule, ...]
    before: datetime


@dataclass(frozen=True)
class Stream:
    """What came to one account by one entry, never became a case, and is older than its rule
    allows."""

    account: AccountId
    entry: Entry
    rule: RetentionRule
    before: datetime


def rules_in_force(
    rules: Sequence[RetentionRule], accounts: Sequence[Account]
) -> tuple[RetentionRule, ...]:
    """Those of the office; what an account's own setting says goes before them."""
    own = [
        RetentionRule(
            f"{OF_ACCOUNT}{one.name}", days, f"账号“{one.name}”的保存天数", accounts=(one.id,)
        )
        for one in accounts
        if (days := days_of(one.options, RETENTION_OPTION))
    ]
    return (*own, *rules)


def reaches(rules: Sequence[RetentionRule], now: datetime) -> Sequence[Reach]:
    """What each rule ends at `now`."""
    return [
        Reach(rule, tuple(rules[:place]), now - timedelta(days=rule.keep_days))
        for place, rule in enumerate(rules)
    ]


def streams(
    rules: Sequence[RetentionRule], accounts: Sequence[Account], now: datetime
) -> Iterator[Stream]:
    """Every account's streams that a rule speaks of."""
    for account in accounts:
        is_file = account.platform is PlatformName.FILES
        for entry in _OF_FILES if is_file else (Entry.FOLLOWER,):
            rule = next((r for r in rules if r.fits(None, entry, account.id)), None)
            if rule is not None:
                yield Stream(account.id, entry, rule, now - timedelta(days=rule.keep_days))


_OF_FILES = (Entry.HOTLINE, Entry.MAILBOX, Entry.FORM, Entry.MEDIA)


def require_sound(rules: Sequence[RetentionRule]) -> None:
    """Go on if these can be used together.

    Raises:
        InvalidInput: naming every fault.
    """
    problems: list[Problem] = []
    ids = [rule.id for rule in rules]
    for rule in rules:
        if not rule.id.strip() or rule.id.startswith(OF_ACCOUNT):
            problems.append(Problem("id", "请给规则起一个名称"))
        elif ids.count(rule.id) > 1:
            problems.append(Problem("id", f"已有名为“{rule.id}”的规则，请换一个名称"))
        if not rule.basis.strip():
            problems.append(Problem("basis", "请写明依据（法律法规、档案保管期限表或本单位制度）"))
        if not 1 <= rule.keep_days <= LONGEST_KEEP:
            problems.append(Problem("keep_days", f"请填写保存天数，1 到 {LONGEST_KEEP}"))
    if problems:
        raise InvalidInput(list(dict.fromkeys(problems)))
