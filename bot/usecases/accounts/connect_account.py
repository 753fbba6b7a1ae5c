"""Connect an account: its holder consents on the platform, and the token that follows is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.accounts.account import Account, AccountAccess, PlatformName
from bot.domain.accounts.authorisation import code_in
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import AccountId
from bot.domain.permissions import Actor, Permission
from bot.ports.authorising import Authoriser, Grant
from bot.ports.storage import UnitOfWork
from bot.ports.tokens import TokenStore
from bot.ports.vault import SecretUnreadable
from bot.usecases.accounts.check_account import account_named
from bot.usecases.accounts.end_trouble import end_trouble
from bot.usecases.publishing.tools import PublishingTools

CONSENT_LASTS = timedelta(minutes=30)
"""Between asking for the page and bringing back its code."""
TEST_LEVEL = timedelta(days=1, minutes=5)
_PURPOSE = "consent"
WRITTEN = "access_token"
"""The secret under which an accounts file may bring a token of its own."""


@dataclass(frozen=True)
class ConnectingTools:
    """`redirect_uri` is where the platform sends the browser back to, unless the account's option
    of that name says otherwise."""

    publishing: PublishingTools
    authorisers: Mapping[PlatformName, Authoriser]
    tokens: TokenStore
    redirect_uri: str

    def of(self, account: Account) -> Authoriser:
        """The way to the account's token.

        Raises:
            InvalidInput: its platform needs nobody's consent.
        """
        if account.platform not in self.authorisers:
            words = f"账号“{account.name}”所在的平台不需要授权，填好 AppID 和 AppSecret 即可"
            raise InvalidInput([Problem("account", words)])
        return self.authorisers[account.platform]

    def redirect_uri_of(self, account: Account) -> str:
        """Where the platform sends the browser of this account's holder; it must be registered
        there, letter by letter."""
        return account.options.get("redirect_uri", "") or self.redirect_uri


@dataclass(frozen=True)
class Connected:
    """What came of it; `is_test_level`: the token lives a day, so the app has no review."""

    account: Account
    expires_at: datetime
    resumed_posts: int
    is_test_level: bool


def ask_for_consent(name: str, *, actor: Actor, tools: ConnectingTools) -> str:
    """The address of the page on which the account's holder consents. It holds a sealed note of
    which account this is about, so that nobody can bring us the code of another.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the platform needs no consent.
        PlatformError: the account's settings lack something.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with tools.publishing.storage.begin() as uow:
        account = account_named(uow, name)
        note = {
            "for": _PURPOSE,
            "account": account.id,
            "until": (uow.now() + CONSENT_LASTS).isoformat(),
        }
        address = tools.of(account).consent_address(
            account,
            redirect_uri=tools.redirect_uri_of(account),
            state=tools.publishing.vault.seal(note),
        )
        _audit(uow, actor, "account.consent_asked", account.id, {})
        uow.commit()
    return address


def account_of_state(state: str, *, tools: ConnectingTools) -> Account:
    """The account that a code which came back with `state` is for.

    Raises:
        InvalidInput: we did not write this, or too long ago.
    """
    try:
        note = tools.publishing.vault.open(state)
    except (SecretUnreadable, ValueError) as error:
        raise _stale() from error
    with tools.publishing.storage.look() as uow:
        if note.get("for") != _PURPOSE or uow.now() > datetime.fromisoformat(note["until"]):
            raise _stale()
        return uow.accounts.get(AccountId(note["account"]))


_NO_CODE = (
    "没有授权码：授权页上没有同意，或没有复制完整。请粘贴授权码，或授权后浏览器地址栏里的完整地址"
)


def connect_account(name: str, code: str, *, actor: Actor, tools: ConnectingTools) -> Connected:
    """Exchange the code, which may come as the whole address it came back in; see whose token it
    is, keep it, and let what waited for it go on.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no code; or the consent is that of another account or application.
        Conflict: somebody else connected the account at the same moment.
        PlatformError: the platform refused; the account is as it was.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    code = code_in(code)
    if not code:
        raise InvalidInput([Problem("code", _NO_CODE)])
    with tools.publishing.storage.begin() as uow:
        account = account_named(uow, name)
        access = tools.publishing.access(uow, account)
    grant = _granted(access, code, tools)
    seen = tools.tokens.get(account.id)
    if not tools.tokens.swap(account.id, seen=seen, new=grant.token):
        raise Conflict(f"账号“{name}”刚刚由别人完成了授权，请刷新后查看")
    with tools.publishing.storage.begin() as uow:
        connected = _with_uid(uow, account_named(uow, name), grant.uid)
        _forget_written_token(uow, account.id, tools)
        resumed = end_trouble(uow, account.id)
        details = {"uid": grant.uid, "until": grant.token.expires_at.isoformat()}
        _audit(uow, actor, "account.connected", account.id, details)
        uow.commit()
    is_test_level = grant.lifetime <= TEST_LEVEL
    return Connected(connected, grant.token.expires_at, resumed, is_test_level)


def _granted(access: AccountAccess, code: str, tools: ConnectingTools) -> Grant:
    account, authoriser = access.account, tools.of(access.account)
    grant = authoriser.grant(access, code, redirect_uri=tools.redirect_uri_of(account))
    expected = account.options.get("uid", "")
    if expected and grant.uid != expected:
        words = (
            f"授权的是另一个微博账号（UID {grant.uid}），这里设置的是 UID {expected}。"
            "请先退出浏览器里登录的微博，用正确的账号重新授权"
        )
        raise InvalidInput([Problem("code", words)])
    if grant.app_key != authoriser.app_key(account):
        words = f"授权的是另一个应用（App Key {grant.app_key}），请核对账号设置里的 app_key"
        raise InvalidInput([Problem("code", words)])
    return grant


def _forget_written_token(uow: UnitOfWork, account: AccountId, tools: ConnectingTools) -> None:
    """A token that somebody wrote among the secrets would go before the one that was given now."""
    secrets = tools.publishing.vault.open(uow.accounts.sealed_secrets(account))
    if secrets.pop(WRITTEN, None) is not None:
        uow.accounts.save_secrets(account, tools.publishing.vault.seal(secrets))


def _with_uid(uow: UnitOfWork, account: Account, uid: str) -> Account:
    """The account, its uid learnt if nobody had written it down."""
    if account.options.get("uid"):
        return account
    known = replace(account, options={**account.options, "uid": uid})
    uow.accounts.save(known)
    return known


def _stale() -> InvalidInput:
    return InvalidInput([Problem("state", "这次授权已超过时间或不是从这里发起的，请重新发起授权")])


def _audit(
    uow: UnitOfWork, actor: Actor, action: str, account: AccountId, details: dict[str, str]
) -> None:
    uow.audit.write(
        actor=actor.name,
        action=action,
        object_kind="account",
        object_id=account,
        details=details,
    )
