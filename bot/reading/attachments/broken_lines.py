"""Pages say where each line ends, not where a word does: what a narrow column broke is put
together again."""

import re

from bot.domain.personal.numbers import has_id_digit, has_luhn_digit

_PARTED = re.compile(r"(?<!\d)(\d{6,18})\s*\n\s*(\d{0,12}[\dXx])(?![\dXx])")
_UNION_PAY = "62"
_CARD_LENGTHS = range(16, 20)
_WITHIN_WORDS = re.compile(
    r"(?<=[\u4e00-\u9fff])\s*\n\s*(?=[\dA-Z\u4e00-\u9fff])|(?<=\d)\s*\n\s*(?=[\u4e00-\u9fff])"
)
"""Between two signs of which one is Chinese: numbers that stand below each other stay apart."""


def put_together(words: str) -> str:
    """The text of a page with numbers and words in one piece."""
    return _WITHIN_WORDS.sub("", _PARTED.sub(_joined, words))


def _joined(match: re.Match[str]) -> str:
    """One number, if the last sign proves that it is one."""
    number = match[1] + match[2]
    is_card = number.startswith(_UNION_PAY) and len(number) in _CARD_LENGTHS
    if has_id_digit(number) or (is_card and number.isdecimal() and has_luhn_digit(number)):
        return f"{number}\n"
    return match[0]
