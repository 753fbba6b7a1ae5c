"""Ids, their base-62 form and t.cn codes."""

import pytest

from bot.sandbox.weibo.ids import (
    IdSource,
    base62_of_mid,
    created_second,
    id_at,
    mid_of_base62,
    short_code,
)
from bot.sandbox.weibo.times import created_at

VECTORS = [(22110080945736570, "3z4efAo4lk"), (3504803600502730, "z20XK26My")]


@pytest.mark.parametrize(("mid", "word"), VECTORS)
def test_a_mid_and_its_base62_form_are_those_of_the_documentation(mid: int, word: str) -> None:
    """Both directions must agree with the published pairs."""
    assert base62_of_mid(mid) == word
    assert mid_of_base62(word) == mid


def test_groups_with_leading_zeros_survive_the_round_trip() -> None:
    """Inner groups are padded, or digits would be lost."""
    for mid in (10000000, 10000001_0000000, 5367268552738002, 5367268550000007):
        assert mid_of_base62(base62_of_mid(mid)) == mid


def test_an_id_tells_the_second_it_was_made_in() -> None:
    """A published sample of 2026 must fall on its own created_at."""
    assert created_at(created_second(5367268552738002)) == "Fri Nov 20 10:00:05 +0800 2026"
    assert created_second(id_at(1_795_140_005, 4_194_303)) == 1_795_140_005


def test_ids_of_one_second_grow() -> None:
    """A later post never has a smaller id, or paging by since_id would lose it."""
    source = IdSource(lambda: 1_795_140_005.5)

    ids = [source.next() for _ in range(200)]

    assert ids == sorted(set(ids))
    assert {created_second(one) for one in ids} == {1_795_140_005}


def test_a_short_code_belongs_to_its_url() -> None:
    """The same URL is shortened alike, another one differently."""
    assert short_code("https://a.gov.cn/1") == short_code("https://a.gov.cn/1")
    assert short_code("https://a.gov.cn/1") != short_code("https://a.gov.cn/2")
    assert len(short_code("https://a.gov.cn/1")) == 8
