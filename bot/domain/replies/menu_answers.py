"""Whether a menu and the answer rules know of each other."""

from collections.abc import Sequence

from bot.domain.accounts.menu import Menu
from bot.domain.ids import AccountId
from bot.domain.replies.answering import AnswerRule, Match


def menu_warnings(
    menu: Menu, rules: Sequence[AnswerRule], *, account: AccountId
) -> tuple[str, ...]:
    """What followers would miss: taps that nothing answers, answers that no tap asks for.

    A rule for every account may be meant for another one's menu; it is named all the same.
    """
    about_menu = [
        rule
        for rule in rules
        if rule.enabled
        and rule.match is Match.MENU
        and (not rule.accounts or account in rule.accounts)
    ]
    answered = {word for rule in about_menu for word in rule.words}
    silent = [
        f"菜单的 key“{key}”没有自动回复，点了没有反应；请在 answers.toml 里加 match 为 menu 的规则"
        for key in sorted(menu.keys - answered)
    ]
    idle = [
        f"自动回复“{rule.name}”的 key“{word}”不在菜单里，没有人点得到；请核对菜单文件或删去这条规则"
        for rule in about_menu
        for word in rule.words
        if word not in menu.keys
    ]
    return (*silent, *idle)
