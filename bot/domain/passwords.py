"""Rules for passwords: long enough, not what everybody tries first, not made of one's own name.

After NIST SP 800-63B §5.1.1.2 (length and a list before kinds of characters) and 网络安全等级保护
基本要求 GB/T 22239-2019 8.1.4.1 (身份鉴别信息应具有复杂度要求并定期更换: complexity is what these
rules ask for; changing by date is left to the office).
"""

from collections.abc import Sequence

from bot.domain.errors import InvalidInput, Problem

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
FEWEST_KINDS_OF_CHARACTERS = 5

_COMMON_PARTS = (
    *("password", "passw0rd", "p@ssword", "p@ssw0rd", "admin", "root", "welcome", "letmein"),
    *("qwerty", "qwertyuiop", "asdfgh", "asdfghjkl", "zxcvbn", "1qaz2wsx", "1q2w3e4r", "qazwsx"),
    *("abc", "abcd", "aaa", "iloveyou", "woaini", "wodemima", "mima", "zhongguo", "beijing"),
    *("5201314", "1314520", "520", "1314", "888888", "666666", "112233", "123321", "147258369"),
    *("tongbu", "zhengwu", "gongkai", "weixin", "weibo", "fabu", "test", "user", "guest"),
)
"""What guessing begins with; beside it too little is left when the rest is digits in a row."""

_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LEFT_OVER = 5
"""So many characters must be left when everything easily guessed is taken away."""


def require_good_password(password: str, *, about: Sequence[str] = ()) -> None:
    """Go on only if the password is hard to guess; `about` are the person's login and name.

    Raises:
        InvalidInput: saying what to choose instead.
    """
    problems = problems_of_password(password, about=about)
    if problems:
        raise InvalidInput(problems)


def problems_of_password(password: str, *, about: Sequence[str] = ()) -> Sequence[Problem]:
    """What speaks against it, with what to choose instead; empty when nothing does."""
    problem = _problem(password, about)
    return [Problem("password", problem)] if problem else []


def _problem(password: str, about: Sequence[str]) -> str:
    if len(password) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 位，可以用几个不相干的词连起来"
    if len(password) > LONGEST_PASSWORD:
        return f"密码最多 {LONGEST_PASSWORD} 位"
    if len(set(password)) < FEWEST_KINDS_OF_CHARACTERS:
        return "密码里重复的字符太多，请换一个"
    left = password.lower()
    for part in sorted(
        {*_COMMON_PARTS, *(one.lower() for one in about if len(one) > 1)}, key=_long
    ):
        left = left.replace(part, "")
    if len(_without_rows(left)) < _LEFT_OVER:
        return "这个密码太容易猜到（常用词、连续的数字或本人的用户名），请换一个"
    return ""


def _long(part: str) -> int:
    return -len(part)


def _without_rows(text: str) -> str:
    """The text without runs of three and more neighbours on the keyboard or in the alphabet."""
    kept, at = "", 0
    while at < len(text):
        length = max(_run(text, at, row) for one in _ROWS for row in (one, one[::-1]))
        if length < 3:
            kept, length = kept + text[at], 1
        at += length
    return kept


def _run(text: str, at: int, row: str) -> int:
    start, length = row.find(text[at]), 0
    while start >= 0 and start + length < len(row) and at + length < len(text):
        if text[at + length] != row[start + length]:
            break
        length += 1
    return length
