"""账号接入: entering an account, changing its settings, and what makes it go live."""

from collections.abc import Sequence

from starlette.responses import Response

from bot.console.account_form import (
    ASKED,
    COLOURS,
    KINDS,
    asked_of,
    changed_account,
    new_account,
    written_of,
)
from bot.console.answering import back_to, page
from bot.console.pages.rules import APPROVALS
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.account import MODES_OF, Account, Mode, PlatformName
from bot.domain.errors import Conflict, InvalidInput, Refusal
from bot.domain.ids import AccountId
from bot.domain.permissions import Permission
from bot.domain.posts.review import PostApproval
from bot.usecases.accounts.add_account import add_account
from bot.usecases.accounts.change_account import change_account
from bot.usecases.accounts.secrets_kept import secrets_kept


def ask_for_account(visit: Visit) -> Response:
    """First which platform, then its form."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    return _form(visit, _platform(visit.asked("platform")))


def enter(visit: Visit) -> Response:
    """Store a new account, off until it has been checked; a refusal keeps what was written, except
    secrets."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    platform = _platform(visit.fields.get("platform", ""))
    if platform is None:
        return back_to("/accounts/new")
    try:
        id_ = AccountId(visit.tools.ids.new("acc"))
        account, secrets = new_account(visit.fields, platform, id_)
        tools = visit.tools.publishing
        add_account(account, secrets, actor=visit.actor, storage=tools.storage, vault=tools.vault)
    except (InvalidInput, Conflict) as refusal:
        return _form(visit, platform, refusal=refusal)
    return back_to(f"/accounts/{account.id}", done="enter")


def ask_to_change(visit: Visit) -> Response:
    """The settings of an account, without its secrets."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    account, kept = _account(visit)
    return _form(visit, account.platform, account=account, kept=kept)


def change(visit: Visit) -> Response:
    """Change what was written; secrets left empty stay."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    account, kept = _account(visit)
    tools = visit.tools.publishing
    try:
        wanted, secrets = changed_account(account, visit.fields, kept=kept)
        change_account(wanted, secrets, actor=visit.actor, storage=tools.storage, vault=tools.vault)
    except InvalidInput as refusal:
        return _form(visit, account.platform, account=account, kept=kept, refusal=refusal)
    return back_to(f"/accounts/{account.id}", done="change")


def modes_of(platform: PlatformName) -> Sequence[Mode]:
    """The ways to publish on the platform, in the order they are written down."""
    return [mode for mode in Mode if mode in MODES_OF[platform]]


def _account(visit: Visit) -> tuple[Account, frozenset[str]]:
    tools = visit.tools.publishing
    with tools.storage.look() as uow:
        account = uow.accounts.get(AccountId(visit.named("account")))
        return account, secrets_kept(uow, account.id, vault=tools.vault)


def _platform(given: str) -> PlatformName | None:
    return PlatformName(given) if given in list(PlatformName) else None


def _form(
    visit: Visit,
    platform: PlatformName | None,
    *,
    account: Account | None = None,
    kept: frozenset[str] = frozenset(),
    refusal: Refusal | None = None,
) -> Response:
    fresh = {"verified": "1", "kind": "subscription", "least_review": PostApproval.RELEASE.value}
    written = visit.fields if refusal else written_of(account) if account else fresh
    return page(
        visit,
        "account_form.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        platforms=list(ASKED),
        platform=platform,
        account=account,
        asked=asked_of(platform, kept=kept) if platform else (),
        kept=kept,
        written=written,
        wrong={fault.field for fault in faults_of(refusal)} if refusal else set(),
        modes=modes_of(platform) if platform else (),
        kinds=KINDS,
        approvals=APPROVALS,
        colours=COLOURS,
    )
