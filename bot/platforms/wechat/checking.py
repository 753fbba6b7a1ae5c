"""Checking an account before anything depends on it; nothing here changes anything.

What the reference gives no way to ask (verification, comment privilege, WeChat Pay) is a setting
of the account; where a probe exists, it is compared with the setting.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.domain.accounts.account import Account, Mode
from bot.domain.accounts.check import AccountFinding
from bot.domain.accounts.mass_calendar import allowance_of
from bot.domain.errors import (
    Explanation,
    Misconfigured,
    NotPermitted,
    PlatformError,
    TargetGone,
)
from bot.platforms.wechat.client import datacube, mass
from bot.platforms.wechat.client.access import callback_answers, get_quota
from bot.platforms.wechat.client.endpoints import (
    DRAFT_ADD,
    DRAFT_GET,
    MASS_SENDALL,
    PUBLISH_GET,
    PUBLISH_SUBMIT,
    PUBLISHED_LIST,
    Endpoint,
)
from bot.platforms.wechat.client.session import Session

_NEEDED = {
    Mode.DRAFT: (DRAFT_ADD, DRAFT_GET),
    Mode.PUBLISH: (DRAFT_ADD, PUBLISH_SUBMIT, PUBLISH_GET),
    Mode.MASS: (DRAFT_ADD, MASS_SENDALL),
}
_LOW = 10
_ADMIN = "账号管理员"
_NO_CALLBACK = "40201"


def findings(session: Session, account: Account, *, today: date) -> Iterator[AccountFinding]:
    """What is well and what is not; stops at the first thing that makes the rest pointless."""
    try:
        yield from _quotas(session, account)
        yield from _rights(session, account)
        yield _callback(session)
    except PlatformError as error:
        yield _ill(error)
        return
    yield _statistics(session, account, today)
    yield from _settings(account)


def _quotas(session: Session, account: Account) -> Iterator[AccountFinding]:
    """The first call also proves token, AppSecret and allow-list."""
    said = "凭证有效，IP 在白名单内；"
    for endpoint in _NEEDED[account.mode]:
        yield _quota(session, endpoint, said)
        said = ""


def _quota(session: Session, endpoint: Endpoint, said: str) -> AccountFinding:
    try:
        quota = get_quota(session, endpoint)
    except TargetGone:
        words = f"{said}平台没有给出接口 {endpoint.path} 的剩余次数"
        return AccountFinding(True, words, warning=True)
    words = (
        f"{said}接口 {endpoint.path} 今天还可调用 {quota.remain} 次（每天 {quota.daily_limit} 次）"
    )
    if quota.remain >= min(_LOW, quota.daily_limit):
        return AccountFinding(True, words)
    return AccountFinding(False, words, "次数不多了：请等次日，或由管理员在平台后台清零", _ADMIN)


def _rights(session: Session, account: Account) -> Iterator[AccountFinding]:
    """The reads of a family are granted together with its writes."""
    if account.mode is Mode.PUBLISH:
        yield _right("发布", lambda: _list_published(session))
    if account.mode is Mode.MASS:
        yield _right("群发", lambda: mass.get_speed(session))
    if account.mode is Mode.DRAFT and account.verified:
        yield _may_notice(session)


def _list_published(session: Session) -> object:
    return session.call(PUBLISHED_LIST, {"offset": 0, "count": 1, "no_content": 1})


def _right(name: str, probe: Callable[[], object]) -> AccountFinding:
    try:
        probe()
    except NotPermitted as refused:
        told = refused.explanation
        words = f"没有“{name}”接口的权限：{_sentence(refused)}"
        return AccountFinding(False, words, told.next_step, told.who)
    return AccountFinding(True, f"有“{name}”接口的权限")


def _may_notice(session: Session) -> AccountFinding:
    """A draft account publishes by hand; noticing it is better with the list of what is out."""
    if _right("发布", lambda: _list_published(session)).ok:
        return AccountFinding(True, "可以查询发表记录：人工发布后系统会自己发现")
    words = "不能查询发表记录：人工发布后系统收不到链接，草稿消失时会请人登记"
    return AccountFinding(True, words, "发布后请在稿件页登记文章链接", "编辑", warning=True)


def _callback(session: Session) -> AccountFinding:
    try:
        if callback_answers(session):
            return AccountFinding(True, "平台能访问回调地址")
    except (Misconfigured, NotPermitted, TargetGone) as error:
        if error.code != _NO_CALLBACK:
            return AccountFinding(True, f"平台没有检测回调地址：{_sentence(error)}", warning=True)
        return AccountFinding(
            True,
            "平台后台没有设置回调地址：收不到留言，发布结果只能靠查询得知",
            "请到平台后台“基本配置”里填写服务器地址",
            _ADMIN,
            warning=True,
        )
    return AccountFinding(
        True,
        "平台访问不到回调地址：收不到留言，发布结果只能靠查询得知",
        "请检查域名解析、防火墙和 80/443 端口",
        "系统管理员",
        warning=True,
    )


def _statistics(session: Session, account: Account, today: date) -> AccountFinding:
    """Figures of the day before yesterday are there at any hour."""
    if not account.verified:
        return AccountFinding(True, "账号登记为未认证，平台不提供阅读和关注数据")
    day = today - timedelta(days=2)
    try:
        datacube.followers(session, day, day)
    except NotPermitted as refused:
        words = f"平台不给这个账号阅读和关注数据：{_sentence(refused)}"
        return AccountFinding(True, words, "微信认证后才有；发布不受影响", _ADMIN, warning=True)
    except PlatformError as error:
        told = error.explanation
        words = f"读不到阅读和关注数据：{_sentence(error)}"
        return AccountFinding(True, words, told.next_step, told.who, warning=True)
    return AccountFinding(True, "可以读取阅读和关注数据")


def _settings(account: Account) -> Iterator[AccountFinding]:
    """What only a person can know, as it is set."""
    if account.mode is not Mode.DRAFT and not account.verified:
        name = "群发" if account.mode is Mode.MASS else "发布"
        words = f"账号登记为未认证，{name}只对认证账号开放"
        yield AccountFinding(False, words, "请完成微信认证，或改用“草稿”方式", _ADMIN)
    if account.mode is Mode.MASS:
        yield _allowance(account)
    yield _comments(account)
    if account.options.get("wechat_pay", "") == "1":
        yield AccountFinding(True, "账号登记为已开通微信支付，文中的站外链接可以点开")
    else:
        yield AccountFinding(True, "账号登记为未开通微信支付，站外链接改写为文字和“阅读原文”")


def _allowance(account: Account) -> AccountFinding:
    allowed = allowance_of(account)
    words = f"每天可群发 {allowed.a_day} 次"
    if allowed.a_month:
        words += f"，每月 {allowed.a_month} 次，其中 {allowed.reserved} 次留给紧急发布"
    return AccountFinding(True, words)


def _comments(account: Account) -> AccountFinding:
    if account.verified and account.comment_privilege:
        return AccountFinding(True, "账号登记为有留言功能，文章留言会定时收取")
    return AccountFinding(True, "账号登记为没有留言功能，文章留言不会收取")


def _ill(error: PlatformError) -> AccountFinding:
    told: Explanation = error.explanation
    return AccountFinding(False, _sentence(error), told.next_step, told.who)


def _sentence(error: PlatformError) -> str:
    code = f"（{error.code}）" if error.code else ""
    return error.explanation.cause + code
