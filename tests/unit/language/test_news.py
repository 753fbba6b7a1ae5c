"""News: which sentences tell a follower what changes."""

import pytest

from bot.language.digest import make_digest
from bot.language.news import LEAST_NEWS, news_in


@pytest.mark.parametrize(
    "sentence",
    [
        "参保居民的补助标准提高到每人每年700元。",
        "小型企业免征房产税，最长不超过24个月。",
        "新办法自2026年12月1日起施行。",
        "申请人应当在30日内办理登记。",
    ],
)
def test_what_changes_for_people_is_news(sentence: str) -> None:
    """Amounts, terms, days and what was decided for whom."""
    assert news_in(sentence, 9) >= LEAST_NEWS


@pytest.mark.parametrize(
    "sentence",
    [
        "各级领导要高度重视，统筹协调，密切配合。",
        "近年来，全市发放补贴300万元，取得了成效。",
        "你们关于设立试点的请示收悉。",
        "本规定自2021年5月1日起施行。",
        "档案馆位于老城东街。",
    ],
)
def test_background_and_slogans_are_no_news(sentence: str) -> None:
    """Nor is a bare day, which stands among a post's facts where it is this version's."""
    assert news_in(sentence, 9) < LEAST_NEWS


def test_a_digest_of_facts_takes_only_news() -> None:
    """Whole sentences of the text, without the number of their article, or nothing."""
    text = (
        "第一条 各级领导要高度重视这项重要工作。\n"
        "第二条 参保居民的补助标准提高到每人每年700元。\n"
        "（一）企业免征登记费200元。"
    )

    assert make_digest(text, 60, facts_first=True) == "参保居民的补助标准提高到每人每年700元。"
    assert make_digest(text, 12, facts_first=True) == ""
