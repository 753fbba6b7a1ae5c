"""Menus and answer rules that do not know of each other."""

from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.ids import AccountId
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.menu_answers import menu_warnings

ACCOUNT = AccountId("acc_1")
MENU = Menu((Button("窗口", ButtonKind.CLICK, {"key": "WINDOWS"}),))


def _rule(*words: str, **changes: object) -> AnswerRule:
    values = {"match": Match.MENU, "accounts": ()} | changes
    return AnswerRule(name="窗口地址", words=words, answer="一楼", **values)  # type: ignore[arg-type]


def test_a_menu_whose_keys_are_answered_is_without_warning() -> None:
    """Rules about messages have nothing to do with it."""
    rules = [_rule("WINDOWS"), _rule("电话", match=Match.CONTAINS)]

    assert menu_warnings(MENU, rules, account=ACCOUNT) == ()


def test_a_tap_that_nothing_answers_is_told() -> None:
    """Also where the rule is switched off, or another account's."""
    others = [_rule("WINDOWS", enabled=False), _rule("WINDOWS", accounts=(AccountId("acc_2"),))]

    (warning,) = menu_warnings(MENU, others, account=ACCOUNT)

    assert "WINDOWS" in warning
    assert "没有自动回复" in warning


def test_an_answer_that_no_tap_asks_for_is_told() -> None:
    """Usually a slip of the pen in one of the two files."""
    (warning,) = menu_warnings(MENU, [_rule("WINDOWS", "WINDOW")], account=ACCOUNT)

    assert "窗口地址" in warning
    assert "“WINDOW”不在菜单里" in warning
