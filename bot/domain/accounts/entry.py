"""What has to be known of an account before it can be entered, and which of it is secret."""

import string
from collections.abc import Mapping, Sequence

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import Problem

REQUIRED: Mapping[PlatformName, Sequence[str]] = {
    PlatformName.WECHAT: ("app_id", "app_secret"),
    PlatformName.WEIBO: ("app_key", "uid"),
}
"""Without these no call to the platform is possible."""
CALLBACK_SECRETS = ("token", "aes_key")
"""What pushes are verified and read with; changed only while the old ones still count."""
LONGEST_NAME = 20
KEY_CHARACTERS = 43
TOKEN_CHARACTERS = range(3, 33)
_ALPHABET = frozenset(string.ascii_letters + string.digits)


def callback_problems(secrets: Mapping[str, str]) -> Sequence[Problem]:
    """What is wrong with the form of a callback's token and key; those left out are not asked
    for."""
    problems = []
    token, key = secrets.get("token", ""), secrets.get("aes_key", "")
    if token and not _is_token(token):
        problems.append(Problem("token", "Token 是 3 至 32 位英文字母或数字"))
    if key and not _is_key(key):
        problems.append(Problem("aes_key", "EncodingAESKey 是 43 位英文字母或数字"))
    return problems


def _is_token(text: str) -> bool:
    return len(text) in TOKEN_CHARACTERS and _ALPHABET.issuperset(text)


def _is_key(text: str) -> bool:
    return len(text) == KEY_CHARACTERS and _ALPHABET.issuperset(text)
