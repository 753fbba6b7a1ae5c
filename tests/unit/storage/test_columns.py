"""Column types that keep values exact."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.storage.columns import ExactText, UtcTime

SQLITE = sqlite.dialect()
BEIJING = timezone(timedelta(hours=8))
moments = st.datetimes(timezones=st.just(BEIJING), min_value=datetime(2, 1, 1))


@given(first=moments, second=moments)
def test_stored_times_sort_like_times(first: datetime, second: datetime) -> None:
    """Text order is time order, and a moment comes back exactly, in UTC."""
    column = UtcTime()
    stored = [str(column.process_bind_param(moment, SQLITE)) for moment in (first, second)]

    assert (stored[0] < stored[1]) == (first < second)
    back = column.process_result_value(stored[0], SQLITE)
    assert back == first
    assert back is not None
    assert back.tzinfo is UTC


def test_a_time_without_zone_is_refused() -> None:
    """Nobody knows which moment it would be."""
    with pytest.raises(ValueError, match="aware"):
        UtcTime().process_bind_param(datetime(2026, 1, 1), SQLITE)


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_is_storable_and_comes_back(words: str) -> None:
    """Neither NUL nor a lone surrogate reaches the database, and none is lost."""
    column = ExactText()
    stored = column.process_bind_param(words, SQLITE)

    assert stored is not None
    assert "\x00" not in stored.encode().decode()
    assert column.process_result_value(stored, SQLITE) == words
