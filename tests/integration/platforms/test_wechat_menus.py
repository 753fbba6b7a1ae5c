"""Menus of our adapter on the simulated WeChat."""

import pytest

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.errors import ContentRejected, NotPermitted, OutcomeUnknown, RateLimited
from bot.platforms.wechat.menus import WechatMenus
from bot.ports.menus import ShownMenu
from bot.sandbox.faults import FaultKind
from tests import factories
from tests.integration.platforms.wechat_stage import APP_ID, NAME, SECRETS, Stage

MENU = Menu(
    (
        Button("查政策", ButtonKind.CLICK, {"key": "SEARCH"}),
        Button(
            "办事",
            below=(
                Button("指南", ButtonKind.VIEW, {"url": "https://www.yunling.example/guide"}),
                Button("扫码取号", ButtonKind.SCANCODE_WAITMSG, {"key": "QUEUE"}),
                Button(
                    "小程序",
                    ButtonKind.MINIPROGRAM,
                    {
                        "url": "https://www.yunling.example/app",
                        "app_id": "wx0000000000000099",
                        "page_path": "pages/index",
                    },
                ),
            ),
        ),
    )
)
CREATE = "/cgi-bin/menu/create"


def _menus(stage: Stage) -> tuple[WechatMenus, AccountAccess]:
    adapter = stage.adapter
    menus = WechatMenus(adapter.http, adapter.tokens, adapter.budgets, adapter.clock)
    account = factories.account(api_base={"api": stage.wechat.url}, options={"app_id": APP_ID})
    return menus, AccountAccess(account, SECRETS)


def test_a_menu_reads_back_as_it_was_set(stage: Stage) -> None:
    """Whatever the platform adds to it; taken away, there is none, twice without complaint."""
    menus, access = _menus(stage)

    menus.put(access, MENU)
    shown = menus.shown(access)
    menus.delete(access)
    menus.delete(access)

    assert shown == ShownMenu(MENU, is_open=True)
    assert menus.shown(access) == ShownMenu(None, is_open=False)


def test_a_menu_of_the_console_is_shown_as_such(stage: Stage) -> None:
    """Kinds the API has not are no reason to stumble."""
    menus, access = _menus(stage)
    own = {"type": "text", "name": "时间", "value": "工作日 9:00—17:00"}
    stage.wechat.act("editor_makes_menu", account=NAME, buttons=[own])

    shown = menus.shown(access)

    assert shown.by_console
    assert shown.menu == Menu((Button("时间", ButtonKind.CONSOLE_ONLY),))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *[(code, ContentRejected) for code in [*range(40015, 40029), 40054, 40055, 45010]],
        (45009, RateLimited),
        (48001, NotPermitted),
    ],
)
def test_every_refusal_of_a_menu_is_explained(
    stage: Stage, code: int, kind: type[Exception]
) -> None:
    """What is wrong with it, or with the account, in Chinese."""
    menus, access = _menus(stage)
    stage.fault(FaultKind.ERROR, CREATE, code=code)

    with pytest.raises(kind) as refused:
        menus.put(access, MENU)

    assert refused.value.explanation.next_step  # type: ignore[attr-defined]
    assert refused.value.evidence["rid"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "menu",
    [
        Menu(()),
        Menu(MENU.buttons * 2),
        Menu((Button("字" * 6, ButtonKind.CLICK, {"key": "K"}),)),
        Menu((Button("页", ButtonKind.VIEW, {"url": "https://a.example/" + "x" * 1024}),)),
        Menu((Button("字", ButtonKind.CLICK, {"key": "k" * 129}),)),
    ],
)
def test_what_we_call_a_problem_the_platform_refuses(stage: Stage, menu: Menu) -> None:
    """Our limits are those of the reference, found out here by asking."""
    menus, access = _menus(stage)

    with pytest.raises(ContentRejected):
        menus.put(access, menu)

    assert menu.problems(menus.limits())


def test_an_answer_that_does_not_come_leaves_the_outcome_unknown(stage: Stage) -> None:
    """Reading back tells that the menu is there."""
    menus, access = _menus(stage)
    stage.fault(FaultKind.RESET_AFTER, CREATE)

    with pytest.raises(OutcomeUnknown):
        menus.put(access, MENU)

    assert menus.shown(access).menu == MENU
