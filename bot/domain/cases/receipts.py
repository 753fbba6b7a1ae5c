"""Receipt numbers and check codes (受理编号、校验码): short enough for a phone, safe enough for
a status. Numbers tell the day and nothing of how many came; letters that look alike are left out.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

from bot.domain.accounts.budgets import BEIJING

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
NUMBER_DIGITS = 6
_NUMBER = re.compile(r"(\d{8})(\d{6})")


def new_number(now: datetime, below: Callable[[int], int]) -> str:
    """A number of the day; `below(n)` gives a random number from 0 to n - 1."""
    return f"{now.astimezone(BEIJING):%Y%m%d}-{below(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"


def new_code(below: Callable[[int], int]) -> str:
    """A check code."""
    return "".join(CODE_SIGNS[below(len(CODE_SIGNS))] for _ in range(CODE_LENGTH))


def number_of(typed: str) -> str:
    """The number somebody typed, as it is stored; empty where it cannot be one."""
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", typed))
    found = _NUMBER.fullmatch(digits)
    return f"{found[1]}-{found[2]}" if found else ""


def code_of(typed: str) -> str:
    """The check code somebody typed, as it is stored."""
    return unicodedata.normalize("NFKC", typed).strip().upper()
