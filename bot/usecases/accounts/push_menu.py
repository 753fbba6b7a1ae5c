"""Push a menu to an account, and read back whether it is there."""

from bot.domain.accounts.account import Account, AccountAccess
from bot.domain.accounts.menu import Menu
from bot.domain.canonical import digest
from bot.domain.errors import Conflict, InvalidInput, OutcomeUnknown, Problem
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.menu_answers import menu_warnings
from bot.ports.menus import Menus
from bot.ports.storage import UnitOfWork
from bot.usecases.accounts.check_account import account_named
from bot.usecases.accounts.menus import MenuTools


def check_menu(name: str, menu: Menu, *, tools: MenuTools) -> tuple[str, ...]:
    """What followers would miss of the menu; nothing is sent.

    Raises:
        NotFound: there is no such account.
        InvalidInput: the menu breaks limits of the platform, or the platform has no menus.
    """
    with tools.publishing.storage.begin() as uow:
        return _checked(uow, account_named(uow, name), menu, tools)


def push_menu(name: str, menu: Menu, *, actor: Actor, tools: MenuTools) -> tuple[str, ...]:
    """Set the menu and read it back; returns what `check_menu` would.

    Raises:
        NotAllowed, NotFound, PlatformError.
        InvalidInput: the menu breaks limits of the platform; nothing was sent.
        Conflict: the platform has another menu afterwards, named place by place.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with tools.publishing.storage.begin() as uow:
        account = account_named(uow, name)
        warnings = _checked(uow, account, menu, tools)
        access = tools.publishing.access(uow, account)
        uow.audit.write(
            actor=actor.name,
            action="account.menu_pushed",
            object_kind="account",
            object_id=account.id,
            details={"menu": digest(menu)},
        )
        uow.commit()
    _put(access, menu, tools.of(account))
    return warnings


def _checked(uow: UnitOfWork, account: Account, menu: Menu, tools: MenuTools) -> tuple[str, ...]:
    problems = menu.problems(tools.of(account).limits())
    if problems:
        raise InvalidInput([Problem(f"{account.name} {p.field}", p.message) for p in problems])
    return menu_warnings(menu, uow.rules.answer_rules(), account=account.id)


def _put(access: AccountAccess, menu: Menu, menus: Menus) -> None:
    """Whether it took effect is read back, also where the platform's answer got lost."""
    lost: OutcomeUnknown | None = None
    try:
        menus.put(access, menu)
    except OutcomeUnknown as error:
        lost = error
    places = menu.differs_from(menus.shown(access).menu or Menu(()))
    if places and lost is not None:
        raise lost
    if places:
        listed = "、".join(places)
        raise Conflict(
            f"账号“{access.account.name}”的菜单已经推送，但平台返回的与文件不同：{listed}；"
            "请到平台后台核对后再推送一次"
        )
