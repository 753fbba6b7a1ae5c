"""Weibo's numbers: ids that grow with time, their short base-62 form, and t.cn codes."""

import hashlib
import random
from collections.abc import Callable

ID_EPOCH = 515483463
"""Unix second that id 0 stands for: ``(id >> 22) + ID_EPOCH`` is the second of creation."""
RANDOM_BITS = 22
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def id_at(unix_seconds: float, low_bits: int) -> int:
    """The id made in that second with these 22 low bits."""
    return ((int(unix_seconds) - ID_EPOCH) << RANDOM_BITS) | low_bits


def created_second(an_id: int) -> int:
    """The unix second in which the id was made."""
    return (an_id >> RANDOM_BITS) + ID_EPOCH


class IdSource:
    """Hands out ids that never repeat and never fall, even within one second."""

    def __init__(self, now: Callable[[], float], *, seed: int = 0) -> None:
        """``now`` gives unix seconds; the seed makes a run repeatable."""
        self._now = now
        self._random = random.Random(seed)
        self._last = 0

    def next(self) -> int:
        """A new id of the present second."""
        candidate = id_at(self._now(), self._random.getrandbits(RANDOM_BITS - 1))
        if candidate <= self._last:
            candidate = self._last + 1 + self._random.getrandbits(6)
        self._last = candidate
        return candidate

    def hex_word(self, digits: int) -> str:
        """Random hexadecimal digits, for codes and file names."""
        return f"{self._random.getrandbits(digits * 4):0{digits}x}"


def base62_of_mid(mid: int) -> str:
    """The form used in post addresses: groups of 7 decimals from the right, each in base 62."""
    digits = str(mid)
    groups = []
    while digits:
        digits, group = digits[:-7], digits[-7:]
        groups.append(_to_base62(int(group)).rjust(4, "0") if digits else _to_base62(int(group)))
    return "".join(reversed(groups))


def mid_of_base62(word: str) -> int:
    """The inverse of ``base62_of_mid``; ValueError for a character outside the alphabet."""
    decimals = ""
    while word:
        word, group = word[:-4], word[-4:]
        number = str(_from_base62(group))
        decimals = (number.rjust(7, "0") if word else number) + decimals
    return int(decimals)


def short_code(url: str) -> str:
    """Eight characters that stand for the URL on t.cn; the same URL gives the same code."""
    number = int.from_bytes(hashlib.sha256(url.encode()).digest()[:8], "big")
    return "A6" + _to_base62(number)[-6:].rjust(6, "0")


def _to_base62(number: int) -> str:
    word = ""
    while number:
        number, rest = divmod(number, 62)
        word = _ALPHABET[rest] + word
    return word or "0"


def _from_base62(word: str) -> int:
    number = 0
    for letter in word:
        number = number * 62 + _ALPHABET.index(letter)
    return number
