"""The length of a text in the platform's eyes."""

import pytest

from bot.sandbox.weibo.counting import length

LONG_LINK = "https://www.example.gov.cn/" + "a" * 150


@pytest.mark.parametrize(
    ("text", "urls", "expected"),
    [
        ("", "raw", 0),
        ("政策解读", "raw", 4),
        ("，。！", "raw", 3),
        ("ab", "raw", 1),
        ("abc", "raw", 2),
        ("政a", "raw", 2),
        ("😀", "raw", 2),
        ("[微笑]", "raw", 3),
        ("https://www.example.gov.cn/zc/2026/1120.html", "raw", 22),
        ("https://www.example.gov.cn/zc/2026/1120.html", "short", 10),
        ("http://t.cn/A6sAnD01", "short", 10),
        (LONG_LINK, "short", 29),
    ],
)
def test_length_counts_as_the_platform_does(text: str, urls: str, expected: int) -> None:
    """One per Chinese character or full-width sign, a half per ASCII, rounded up."""
    assert length(text, urls=urls) == expected
