"""Options of an account that are somebody's word, set by a deed whose words are audited."""

from collections.abc import Mapping

from bot.domain.accounts.authorisation import LEGAL_BASIS
from bot.domain.accounts.checklist import CONFIRMED
from bot.domain.errors import InvalidInput, Problem

HOW_TO_CONFIRM = (
    "核对结果不能写在账号文件里：请看过平台后在账号页确认，或用 tongbu account confirm，会记下是谁"
)
HOW_TO_ALLOW = (
    "收取依据不能写在账号文件里：请负责人在账号页登记，"
    '或用 tongbu account collect 名称 --basis "依据"，写下的内容会进入审计记录'
)


def said_by_people(name: str) -> bool:
    """Whether the option of this name is a person's word."""
    return name == LEGAL_BASIS or name.startswith(CONFIRMED)


def require_settings_only(options: Mapping[str, str]) -> None:
    """Refuse options that would say something in a person's name without a record of it.

    Raises:
        InvalidInput: one problem each, with the way that is meant for it.
    """
    problems = [
        Problem(name, HOW_TO_ALLOW if name == LEGAL_BASIS else HOW_TO_CONFIRM)
        for name in sorted(options)
        if said_by_people(name)
    ]
    if problems:
        raise InvalidInput(problems)
