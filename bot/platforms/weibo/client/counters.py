"""Counters as Weibo writes them: 12034, "12034", or rounded, "1.2万"."""

from typing import Any

_TIMES = {"万": 10_000, "亿": 100_000_000}


def number_of(said: Any) -> int:
    """The number; one in words is as exact as the words.

    Raises:
        TypeError, ValueError: it is none.
    """
    text = str(said).strip()
    times = _TIMES.get(text[-1:], 1)
    return round(float(text[:-1]) * times) if times > 1 else int(text)
