"""Menus of our adapter on the simulated Weibo, and what a tap brings."""

import pytest

from bot.domain.accounts.account import AccountAccess
from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.errors import CredentialExpired, Misconfigured, OutcomeUnknown
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.rulebook import Rulebook
from bot.ports.menus import ShownMenu
from bot.sandbox.faults import Fault, FaultKind
from tests.integration.platforms.weibo_stage import Door, Site
from tests.serving import until

LATEST = Button("最新政策", ButtonKind.CLICK, {"key": "policy_latest"})
HALL = Button("办事大厅", ButtonKind.VIEW, {"url": "https://www.example.gov.cn/"})
MENU = Menu((LATEST, Button("服务", below=(HALL, LATEST))))
CREATE = "/2/messages/menu/create.json"
NONE = ShownMenu(None, is_open=False)


def test_a_menu_reads_back_as_it_was_set(site: Site) -> None:
    """Taken away, there is none, twice without complaint."""
    menus, access = site.menus, site.access()
    before = menus.shown(access)

    menus.put(access, MENU)
    shown = menus.shown(access)
    menus.delete(access)
    menus.delete(access)

    assert (before, shown) == (NONE, ShownMenu(MENU, is_open=True))
    assert menus.shown(access) == NONE


@pytest.mark.parametrize("code", [26401, 26499])
def test_a_refusal_says_what_to_look_at(site: Site, code: int) -> None:
    """Also with a code of the family that nobody has listed."""
    site.weibo.add_fault(Fault(FaultKind.ERROR, CREATE, code=code))

    with pytest.raises(Misconfigured) as refused:
        site.menus.put(site.access(), MENU)

    assert "菜单" in refused.value.explanation.cause
    assert "menu check" in refused.value.explanation.next_step


@pytest.mark.parametrize(
    "menu",
    [
        Menu(()),
        Menu((LATEST,) * 4),
        Menu((Button("服务", below=(LATEST,) * 6),)),
        Menu((Button("扫", ButtonKind.SCANCODE_PUSH, {"key": "CODE"}),)),
        Menu((Button("空", ButtonKind.CLICK),)),
    ],
)
def test_what_we_call_a_problem_the_platform_refuses(site: Site, menu: Menu) -> None:
    """Our limits are those of the reference, found out here by asking."""
    with pytest.raises(Misconfigured):
        site.menus.put(site.access(), menu)

    assert menu.problems(site.menus.limits())


def test_an_answer_that_does_not_come_leaves_the_outcome_unknown(site: Site) -> None:
    """Reading back tells that the menu is there."""
    site.weibo.add_fault(Fault(FaultKind.RESET_AFTER, CREATE))

    with pytest.raises(OutcomeUnknown):
        site.menus.put(site.access(), MENU)

    assert site.menus.shown(site.access()).menu == MENU


def test_a_dead_token_is_not_taken_for_no_menu(site: Site) -> None:
    """“There is none” must not be said of what was not read."""
    site.weibo.act("revoke_tokens", account="fabu")
    access: AccountAccess = site.access()

    with pytest.raises(CredentialExpired):
        site.menus.shown(access)
    with pytest.raises(CredentialExpired):
        site.menus.delete(access)


def test_taps_and_scans_find_their_rules(site: Site, door: Door) -> None:
    """By the key of the menu, by the scene of the code, also of one scanned to follow."""
    rules = Rulebook(
        [
            AnswerRule("最新", Match.MENU, ("policy_latest",), "本周政策三件。"),
            AnswerRule("大厅", Match.SCENE, ("hall_1",), "取号机在大厅左侧。"),
        ]
    )
    for subtype, key in (
        ("click", "policy_latest"),
        ("view", "https://www.example.gov.cn/"),
        ("scan", "hall_1"),
        ("scan_follow", "hall_1"),
    ):
        site.weibo.act("message", account="fabu", kind="event", subtype=subtype, key=key)
    until(lambda: len(door.heard) == 4)

    fitting = [rules.fitting(one) for one in door.heard]

    assert sorted(rule.name if rule else "" for rule in fitting) == ["", "大厅", "大厅", "最新"]
