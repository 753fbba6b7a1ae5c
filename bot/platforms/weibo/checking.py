"""Whether an account can do what its mode needs, asked before the day it matters."""

from datetime import datetime, timedelta

from bot.domain.accounts.account import Account, Mode
from bot.domain.accounts.check import AccountFinding
from bot.domain.errors import PlatformError
from bot.platforms.weibo.client.account import TokenFacts, token_facts
from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.session import Session, budget_for
from bot.platforms.weibo.client.timeline import own_timeline
from bot.platforms.weibo.limits import safe_domains

_SOON = timedelta(days=7)
_TEST_LEVEL = timedelta(days=1, minutes=5)


def check_settings(account: Account) -> list[AccountFinding]:
    """What can be said without asking the platform."""
    wanted = {
        "uid": ("微博账号 UID", "请在账号设置中填写 uid"),
        "app_key": ("应用 App Key", "请在账号设置中填写 app_key"),
        "rip": ("操作者 IP（rip）", "请在账号设置的 rip 中填写本单位的互联网出口 IP"),
    }
    findings = [
        AccountFinding(ok=True, what=f"已设置{name}")
        if account.options.get(option)
        else AccountFinding(ok=False, what=f"没有设置{name}", next_step=next_step)
        for option, (name, next_step) in wanted.items()
    ]
    if account.mode is Mode.SHARE and not safe_domains(account):
        advice = "请在 safe_domains 中填写开放平台登记的安全域名"
        findings.append(AccountFinding(ok=False, what="没有登记安全域名", next_step=advice))
    return findings


def check_token(session: Session) -> list[AccountFinding]:
    """Whose token it is, for which app, and how long it will live."""
    try:
        facts = token_facts(session)
    except PlatformError as error:
        return [refused("微博授权不可用", error)]
    account, now = session.access.account, session.link.clock.now()
    return [*_identity(account, facts), _days_left(facts), *_level_by_lifetime(facts, now)]


def check_timeline(session: Session) -> list[AccountFinding]:
    """Whether reading back works, and whether the app passed its review."""
    try:
        newest = own_timeline(session)
    except PlatformError as error:
        return [refused("读不到账号自己的微博，发布后无法核对", error)]
    findings = [AccountFinding(ok=True, what="可以读取账号自己的微博")]
    if any(status.is_for_testers_only for status in newest.statuses):
        findings.append(
            AccountFinding(
                ok=False,
                what="应用没有通过审核，发布的微博只有测试账号能看到",
                next_step="请在微博开放平台提交应用审核",
            )
        )
    return findings


def check_budget(session: Session) -> AccountFinding:
    """How many calls are left today."""
    account = session.access.account
    budget = budget_for(account, Host.API)
    left = session.link.budgets.remaining(account.id, budget)
    if left > budget.reserve:
        return AccountFinding(ok=True, what=f"今天还可以调用微博接口 {left} 次")
    return AccountFinding(
        ok=False,
        what=f"今天只剩 {left} 次微博接口调用，已只留给发布使用",
        next_step="北京时间次日零点恢复；评论会在恢复后继续收取",
    )


def _identity(account: Account, facts: TokenFacts) -> list[AccountFinding]:
    findings = []
    if facts.app_key != account.options.get("app_key", ""):
        findings.append(
            AccountFinding(
                ok=False,
                what="access_token 属于另一个应用",
                next_step="请用本应用重新授权，并核对 app_key",
            )
        )
    if facts.uid != account.options.get("uid", ""):
        findings.append(
            AccountFinding(
                ok=False,
                what=f"access_token 属于另一个微博账号（UID {facts.uid}）",
                next_step="请用正确的微博账号重新授权，并核对 uid",
            )
        )
    return findings or [AccountFinding(ok=True, what="授权的账号和应用与设置一致")]


def _days_left(facts: TokenFacts) -> AccountFinding:
    left = timedelta(seconds=facts.seconds_left)
    if left > _SOON:
        return AccountFinding(ok=True, what=f"微博授权还有 {left.days} 天到期")
    hours = int(left.total_seconds() // 3600)
    when = f"{left.days} 天" if left.days else f"{hours} 小时"
    return AccountFinding(
        ok=False,
        what=f"微博授权还有 {when}到期",
        next_step="请在到期前重新授权；用应用所有者的账号授权可以长期有效",
    )


def _level_by_lifetime(facts: TokenFacts, now: datetime) -> list[AccountFinding]:
    lifetime = facts.lifetime(now)
    if lifetime is None or lifetime > _TEST_LEVEL:
        return []
    return [
        AccountFinding(
            ok=False,
            what="授权只有一天有效，应用很可能还没有通过审核",
            next_step="请在微博开放平台提交应用审核，通过后重新授权",
        )
    ]


def refused(what: str, error: PlatformError) -> AccountFinding:
    """The finding for something the platform, or the way to it, refused."""
    cause = f"{what}：{error.explanation.cause}"
    return AccountFinding(ok=False, what=cause, next_step=error.explanation.next_step)
