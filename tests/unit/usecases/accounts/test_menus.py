"""Menus: pushed, read back, shown, taken away."""

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, OutcomeUnknown
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.usecases.accounts.menus import MenuTools, delete_menu, shown_menu
from bot.usecases.accounts.push_menu import check_menu, push_menu
from bot.usecases.publishing.tools import PublishingTools
from tests import factories as make
from tests.fakes.menus import FakeMenus
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault

ADMIN = Actor("管理员", frozenset({Role.ACCOUNT_ADMIN}))
WRITER = Actor("撰稿", frozenset({Role.WRITER}))
MENU = Menu((Button("窗口", ButtonKind.CLICK, {"key": "WINDOWS"}),))
OTHER = Menu((Button("别的", ButtonKind.CLICK, {"key": "OTHER"}),))


def _tools(menus: FakeMenus) -> MenuTools:
    storage = FakeStorage()
    with storage.begin() as uow:
        uow.accounts.add(make.account(), OpenVault().seal({}))
        weibo = make.account(id="acc_2", name="云岭微博", platform=PlatformName.WEIBO)
        uow.accounts.add(weibo, OpenVault().seal({}))
        uow.commit()
    publishing = PublishingTools(storage, {}, OpenVault(), lambda: 0.5)
    return MenuTools(publishing, {PlatformName.WECHAT: menus})


def _actions(tools: MenuTools) -> list[str]:
    with tools.publishing.storage.begin() as uow:
        return [record.action for record in uow.audit.records()]


def test_a_pushed_menu_is_there_and_in_the_audit_chain() -> None:
    """With the warnings a check would give."""
    tools = _tools(FakeMenus())

    warnings = push_menu("云岭发布", MENU, actor=ADMIN, tools=tools)

    assert shown_menu("云岭发布", actor=WRITER, tools=tools).menu == MENU
    assert _actions(tools) == ["account.menu_pushed"]
    assert warnings == check_menu("云岭发布", MENU, tools=tools)
    assert "WINDOWS" in warnings[0]


def test_a_menu_that_breaks_a_limit_is_not_sent() -> None:
    """Every problem is named with the account; nothing is written down."""
    menus = FakeMenus()
    tools = _tools(menus)

    with pytest.raises(InvalidInput) as refused:
        push_menu("云岭发布", Menu(()), actor=ADMIN, tools=tools)

    assert refused.value.problems[0].field == "云岭发布 菜单"
    assert menus.puts == 0
    assert _actions(tools) == []


def test_a_menu_that_reads_back_differently_is_told_place_by_place() -> None:
    """“Pushed” must not be said of what followers do not get."""
    tools = _tools(FakeMenus(keeps=OTHER))

    with pytest.raises(Conflict) as told:
        push_menu("云岭发布", MENU, actor=ADMIN, tools=tools)

    assert "1 窗口、1 别的" in str(told.value)


def test_an_answer_that_got_lost_is_settled_by_reading_back() -> None:
    """There: done. Not there: the outcome stays unknown, and is said to be."""
    there = _tools(FakeMenus(loses=OutcomeUnknown("timed out")))
    not_there = _tools(FakeMenus(loses=OutcomeUnknown("timed out"), keeps=Menu(())))

    push_menu("云岭发布", MENU, actor=ADMIN, tools=there)
    with pytest.raises(OutcomeUnknown):
        push_menu("云岭发布", MENU, actor=ADMIN, tools=not_there)


def test_a_menu_is_taken_away_also_when_there_is_none() -> None:
    """Both are written down."""
    tools = _tools(FakeMenus())
    push_menu("云岭发布", MENU, actor=ADMIN, tools=tools)

    delete_menu("云岭发布", actor=ADMIN, tools=tools)
    delete_menu("云岭发布", actor=ADMIN, tools=tools)

    assert shown_menu("云岭发布", actor=ADMIN, tools=tools).menu is None
    assert _actions(tools).count("account.menu_deleted") == 2


def test_only_who_manages_accounts_changes_menus() -> None:
    """Whoever may read may look."""
    tools = _tools(FakeMenus())

    with pytest.raises(NotAllowed):
        push_menu("云岭发布", MENU, actor=WRITER, tools=tools)
    with pytest.raises(NotAllowed):
        delete_menu("云岭发布", actor=WRITER, tools=tools)
    with pytest.raises(NotAllowed):
        shown_menu("云岭发布", actor=Actor("访客"), tools=tools)


def test_an_account_without_menus_is_refused() -> None:
    """An unknown name, and a platform whose menus are set in its console."""
    tools = _tools(FakeMenus())

    with pytest.raises(NotFound):
        check_menu("没有", MENU, tools=tools)
    with pytest.raises(InvalidInput):
        check_menu("云岭微博", MENU, tools=tools)
    with pytest.raises(InvalidInput):
        push_menu("云岭微博", MENU, actor=ADMIN, tools=tools)
