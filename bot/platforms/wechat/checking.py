"""Checking an account before anything depends on it: token, rights, quotas."""

from collections.abc import Iterator

from bot.domain.accounts.account import Account, Mode
from bot.domain.accounts.check import AccountFinding
from bot.domain.errors import NotPermitted, PlatformError
from bot.platforms.wechat.client.endpoints import (
    DRAFT_ADD,
    MASS_SENDALL,
    PUBLISH_SUBMIT,
    PUBLISHED_LIST,
    QUOTA_GET,
    Endpoint,
)
from bot.platforms.wechat.client.session import Session

_NEEDED = {Mode.DRAFT: DRAFT_ADD, Mode.PUBLISH: PUBLISH_SUBMIT, Mode.MASS: MASS_SENDALL}
_LOW = 10


def findings(session: Session, account: Account) -> Iterator[AccountFinding]:
    """What is well and what is not; stops at the first thing that makes the rest pointless."""
    try:
        yield _quota(session, _NEEDED[account.mode])
        if account.mode is Mode.PUBLISH:
            yield _publishing_right(session)
    except PlatformError as error:
        yield AccountFinding(False, _sentence(error), error.explanation.next_step)
        return
    if account.mode is Mode.MASS and not account.verified:
        yield AccountFinding(False, "群发只对认证账号开放", "请完成微信认证，或改用“草稿”方式")
    yield _comments(account)


def _quota(session: Session, endpoint: Endpoint) -> AccountFinding:
    said = session.call(QUOTA_GET, {"cgi_path": endpoint.path})
    quota = said.get("quota", {})
    left, most = int(quota.get("remain", 0)), int(quota.get("daily_limit", 0))
    words = f"凭证有效；接口 {endpoint.path} 今天还可调用 {left} 次（每天 {most} 次）"
    if left >= min(_LOW, most):
        return AccountFinding(True, words)
    return AccountFinding(False, words, "次数不多了：请等次日，或由管理员在平台后台清零")


def _publishing_right(session: Session) -> AccountFinding:
    try:
        session.call(PUBLISHED_LIST, {"offset": 0, "count": 1, "no_content": 1})
    except NotPermitted as refused:
        return AccountFinding(False, _sentence(refused), refused.explanation.next_step)
    return AccountFinding(True, "有“发布”接口的权限")


def _comments(account: Account) -> AccountFinding:
    if account.verified and account.comment_privilege:
        return AccountFinding(True, "账号登记为有留言功能，文章留言会定时收取")
    return AccountFinding(True, "账号登记为没有留言功能，文章留言不会收取")


def _sentence(error: PlatformError) -> str:
    code = f"（{error.code}）" if error.code else ""
    return error.explanation.cause + code
