"""Whether an account can do what its mode needs, asked before the day it matters."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts.account import Account, Mode
from bot.domain.accounts.authorisation import Life, life_in_words, life_of, may_collect
from bot.domain.accounts.check import AccountFinding
from bot.domain.accounts.checklist import checklist_findings
from bot.domain.errors import NotPermitted, PlatformError
from bot.platforms.weibo.addresses import id_at
from bot.platforms.weibo.client import comments
from bot.platforms.weibo.client.account import TokenFacts, token_facts
from bot.platforms.weibo.client.comments import Span
from bot.platforms.weibo.client.hosts import Host, is_commercial
from bot.platforms.weibo.client.session import Session, budget_for
from bot.platforms.weibo.client.timeline import own_timeline
from bot.platforms.weibo.limits import safe_domains
from bot.ports.tokens import PlatformToken

_TEST_LEVEL = timedelta(days=1, minutes=5)
RENEW = "请在到期前到“账号”页重新授权；由该微博账号自己注册应用再授权，可以长期有效"


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
    return [*findings, *checklist_findings(account), *_collecting(account)]


def _collecting(account: Account) -> list[AccountFinding]:
    if may_collect(account):
        return []
    what = "没有收取评论和 @ 提到：还没有登记收取的依据"
    advice = "请负责人研究平台条款和个人信息保护要求后，在账号页登记依据"
    return [AccountFinding(ok=True, what=what, next_step=advice, warning=True)]


def check_token(session: Session) -> list[AccountFinding]:
    """Whose token it is, for which app, and how long it will live."""
    try:
        facts = token_facts(session)
    except PlatformError as error:
        return [refused("微博授权不可用", error)]
    account, now = session.access.account, session.link.clock.now()
    keep_life(session, facts)
    return [*_identity(account, facts), _life(facts, now), *_level_by_lifetime(facts, now)]


def keep_life(session: Session, facts: TokenFacts) -> None:
    """Remember how long the token lives, so that its end is told in time."""
    tokens, account = session.link.tokens, session.access.account
    now = session.link.clock.now()
    seen = tokens.get(account.id)
    is_same = seen is not None and seen.value == session.token
    fetched_at = seen.fetched_at if seen is not None and is_same else now
    ends = now + timedelta(seconds=facts.seconds_left)
    tokens.swap(account.id, seen=seen, new=PlatformToken(session.token, ends, fetched_at))


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


def check_commercial_inbox(session: Session) -> list[AccountFinding]:
    """Whether the contract is for followers' words too; one call of the commercial host."""
    if not is_commercial(session.access.account):
        return []
    try:
        comments.comments_to_me(session, Span(id_at(session.link.clock.now())))
    except NotPermitted as error:
        return [replace(refused("商业接口没有开放评论", error), next_step=_POSTS_ONLY)]
    except PlatformError as error:
        return [refused("商业接口现在读不到评论", error)]
    return [AccountFinding(ok=True, what="可以用商业接口收取和答复评论")]


_POSTS_ONLY = (
    "请与合同经办人核对权限；合同只含发布时，在账号设置的 options 里写 commercial_scope = posts"
)


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


def _life(facts: TokenFacts, now: datetime) -> AccountFinding:
    ends = now + timedelta(seconds=facts.seconds_left)
    is_long = life_of(ends, now) is Life.LONG
    return AccountFinding(
        ok=is_long,
        what=f"微博{life_in_words(ends, now)}",
        next_step="" if is_long else RENEW,
        who="" if is_long else "账号管理员",
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
