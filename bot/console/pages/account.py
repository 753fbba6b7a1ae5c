"""一个账号: its authorisation, what stops it, where its calls went, what people confirmed."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.pages.account_settings import modes_of
from bot.console.refusals import Fault, faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.account import Account, Mode
from bot.domain.accounts.authorisation import (
    LEGAL_BASIS,
    NEEDS_LEGAL_BASIS,
    life_in_words,
    life_of,
    may_collect,
)
from bot.domain.accounts.checklist import checklist_of, confirmed_by
from bot.domain.errors import PlatformError, Refusal
from bot.domain.ids import AccountId
from bot.domain.permissions import Permission
from bot.usecases.accounts.check_account import check_account
from bot.usecases.accounts.confirm_account import confirm_item, record_legal_basis
from bot.usecases.accounts.connect_account import (
    account_of_state,
    ask_for_consent,
    connect_account,
)
from bot.usecases.accounts.end_trouble import resume_account
from bot.usecases.accounts.go_live import go_live
from bot.usecases.accounts.rotate_callback_key import rotate_callback_key
from bot.usecases.accounts.secrets_kept import secrets_kept

DONE = {
    "connect": "授权完成，没有过时的稿件会继续发布",
    "confirm": "已记下核对结果",
    "basis": "已记下依据，开始收取评论和 @ 提到",
    "basis-ended": "已停止收取评论和 @ 提到，已收到的不受影响",
    "resume": "已记下恢复，没有过时的稿件会继续发布",
    "enter": "账号已添加，还没有启用；请按下面的步骤接入",
    "change": "设置已保存",
    "check": "已到平台检查，结果在下面",
    "go-live": "账号已启用，分发规则从下一份政策起可以使用它；停用时暂停的稿件请逐篇恢复",
    "off": "账号已停用，等待发布的稿件已暂停，内容和审核都保留",
    "rotate": "新的回调密钥已保存；请到平台后台换成同样的，旧的 24 小时内仍然有效",
}


def show_account(visit: Visit) -> Response:
    """What is known of one account, and the forms of those who manage accounts."""
    return _shown(visit, _account(visit))


def do_deed(visit: Visit) -> Response:
    """What one of the forms asks for."""
    account = _account(visit)
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    deed = _DEEDS.get(visit.named("deed"))
    if deed is None:
        return back_to(f"/accounts/{account.id}")
    try:
        return deed(visit, account)
    except (Refusal, PlatformError) as refused:
        return _shown(visit, account, refused)


def ask_to_finish(visit: Visit) -> Response:
    """Where the platform sends the browser back to: nothing is changed before the button."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    account = account_of_state(visit.asked("state"), tools=visit.tools.connecting)
    return page(visit, "consent.html.j2", account=account, address="", code=visit.asked("code"))


def _account(visit: Visit) -> Account:
    with visit.tools.storage.look() as uow:
        return uow.accounts.get(AccountId(visit.named("account")))


def _shown(
    visit: Visit, account: Account, refused: Refusal | PlatformError | None = None
) -> Response:
    now = visit.tools.clock.now()
    row = next(one for one in visit.tools.overview.accounts() if one.id == account.id)
    with visit.tools.storage.look() as uow:
        check = uow.accounts.last_check(account.id)
        trouble = uow.accounts.trouble(account.id)
        breaker = uow.breakers.of(account.id)
        rules = [rule for rule in uow.rules.all() if account.id in rule.accounts]
        kept = secrets_kept(uow, account.id, vault=visit.tools.publishing.vault)
    ends = row.token_expires_at
    return page(
        visit,
        "account.html.j2",
        status=_status(refused),
        faults=_faults(refused),
        said="" if refused else DONE.get(visit.asked("done"), ""),
        account=account,
        row=row,
        check=check,
        breaker=breaker,
        breaker_state=breaker.state(now) if breaker else None,
        connects=account.platform in visit.tools.connecting.authorisers,
        is_dead=trouble is not None and trouble.stops_reading,
        life=life_of(ends, now) if ends else None,
        life_told=life_in_words(ends, now) if ends else "",
        items=[
            (item, _confirmed(visit, confirmed_by(account, item))) for item in checklist_of(account)
        ],
        asks_basis=account.platform in NEEDS_LEGAL_BASIS,
        collects=may_collect(account),
        basis=account.options.get(LEGAL_BASIS, ""),
        rules=rules,
        kept=kept,
        callback=_callback_of(visit, account),
        modes=modes_of(account.platform),
    )


def _confirmed(visit: Visit, words: str) -> str:
    """Confirmations that were stored with a login are told with the name."""
    who, space, rest = words.partition(" ")
    return f"{visit.names(who)}{space}{rest}"


def _status(refused: Refusal | PlatformError | None) -> int:
    match refused:
        case None:
            return 200
        case PlatformError():
            return 502
        case _:
            return status_of(refused)


def _faults(refused: Refusal | PlatformError | None) -> list[Fault]:
    match refused:
        case None:
            return []
        case PlatformError(explanation=told):
            return [Fault(f"{told.cause}。{told.next_step}")]
        case _:
            return list(faults_of(refused))


def _connect(visit: Visit, account: Account) -> Response:
    """A link, not a redirect: our forms lead nowhere else, browsers see to that."""
    address = ask_for_consent(account.name, actor=visit.actor, tools=visit.tools.connecting)
    return page(visit, "consent.html.j2", account=account, address=address, code="")


def _finish(visit: Visit, account: Account) -> Response:
    code = visit.fields.get("code", "")
    connect_account(account.name, code, actor=visit.actor, tools=visit.tools.connecting)
    return _back(account, "connect")


def _confirm(visit: Visit, account: Account) -> Response:
    confirm_item(
        account.name,
        visit.fields.get("item", ""),
        seen=visit.fields.get("seen", "") == "1",
        actor=visit.actor,
        storage=visit.tools.storage,
    )
    return _back(account, "confirm")


def _basis(visit: Visit, account: Account) -> Response:
    words = visit.fields.get("basis", "")
    record_legal_basis(account.name, words, actor=visit.actor, storage=visit.tools.storage)
    return _back(account, "basis" if words.strip() else "basis-ended")


def _resume(visit: Visit, account: Account) -> Response:
    resume_account(account.name, actor=visit.actor, storage=visit.tools.storage)
    return _back(account, "resume")


def _check(visit: Visit, account: Account) -> Response:
    check_account(account.name, tools=visit.tools.publishing)
    return _back(account, "check")


def _go_live(visit: Visit, account: Account) -> Response:
    given = visit.fields.get("mode", "")
    mode = Mode(given) if given in list(Mode) else None
    go_live(account.name, actor=visit.actor, tools=visit.tools.publishing, mode=mode)
    return _back(account, "go-live")


def _rotate(visit: Visit, account: Account) -> Response:
    rotate_callback_key(
        account.name,
        token=visit.fields.get("token", "").strip(),
        aes_key=visit.fields.get("aes_key", "").strip(),
        actor=visit.actor,
        storage=visit.tools.storage,
        vault=visit.tools.publishing.vault,
    )
    return _back(account, "rotate")


def _callback_of(visit: Visit, account: Account) -> str:
    """Where the platform pushes what followers say; to be entered there letter by letter. By id,
    as not every platform takes Chinese in an address."""
    return f"{visit.tools.public_url}/callbacks/{account.platform}/{account.id}"


def _back(account: Account, done: str) -> Response:
    return back_to(f"/accounts/{account.id}", done=done)


_DEEDS: Mapping[str, Callable[[Visit, Account], Response]] = {
    "connect": _connect,
    "finish": _finish,
    "confirm": _confirm,
    "basis": _basis,
    "resume": _resume,
    "check": _check,
    "go-live": _go_live,
    "rotate": _rotate,
}
