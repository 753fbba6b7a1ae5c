"""Public addresses and what ids say about time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.weibo.addresses import (
    article_address,
    base62,
    id_at,
    id_earlier,
    post_address,
)
from bot.platforms.weibo.moments import moment_of
from tests.unit.platforms.weibo.stand import access, weibo_moment


@pytest.mark.parametrize(
    ("mid", "word"),
    [
        ("22110080945736570", "3z4efAo4lk"),
        ("3504803600502730", "z20XK26My"),
        ("1", "1"),
        ("10000001", "10001"),
    ],
)
def test_a_mid_becomes_the_short_form_of_the_vendors_example(mid: str, word: str) -> None:
    """Groups of seven decimals from the right, every group but the first padded to four."""
    assert base62(mid) == word


def test_addresses_move_under_the_accounts_public_base() -> None:
    """Only the scheme and host change."""
    account = access(public_base="http://127.0.0.1:8000/").account
    article = "https://weibo.com/ttarticle/p/show?id=230940"

    assert post_address(account, "19", "3504803600502730") == "http://127.0.0.1:8000/19/z20XK26My"
    assert article_address(account, article) == "http://127.0.0.1:8000/ttarticle/p/show?id=230940"
    assert article_address(access().account, article) == article


def test_an_id_tells_the_second_it_was_made() -> None:
    """`(id >> 22) + 515483463` is the Unix second of creation."""
    moment = datetime(2026, 11, 20, 2, 0, 5, tzinfo=UTC)

    assert (id_at(moment) >> 22) + 515483463 == moment.timestamp()
    assert id_earlier(id_at(moment), timedelta(hours=1)) == id_at(moment - timedelta(hours=1))
    assert id_earlier(5, timedelta(days=1)) == 0


@given(st.datetimes(datetime(2009, 8, 1), datetime(2099, 1, 1), timezones=st.just(UTC)))
def test_a_moment_survives_weibos_way_of_writing_it(at: datetime) -> None:
    """To the second, whatever the machine's locale is."""
    at = at.replace(microsecond=0)

    assert moment_of(weibo_moment(at)) == at


@pytest.mark.parametrize("text", ["", "2026-11-20 10:00:00", "Fri Nox 20 10:00:05 +0800 2026"])
def test_another_way_of_writing_is_refused(text: str) -> None:
    """A moment is never guessed."""
    with pytest.raises(ValueError, match=r"."):
        moment_of(text)
