"""When a follower's data is due to be erased."""

import pytest

from bot.domain.audit import keyed_hash
from bot.domain.replies.erasure import ErasureReason, days_of, due_at
from tests.factories import NOW, after

DAY = 86_400


@pytest.mark.parametrize(
    ("reason", "options", "due"),
    [
        pytest.param(ErasureReason.UNSUBSCRIBED, {}, 60, id="at once when noticed"),
        pytest.param(
            ErasureReason.UNSUBSCRIBED,
            {"erase_days_after_unsubscribe": "30"},
            30 * DAY,
            id="as the account's archive rules say",
        ),
        pytest.param(
            ErasureReason.REVOKED,
            {"erase_days_after_unsubscribe": "30"},
            60,
            id="who revoked is never kept waiting",
        ),
    ],
)
def test_an_erasure_is_due(reason: ErasureReason, options: dict[str, str], due: float) -> None:
    """Counted from when the follower left."""
    at = due_at(reason, left_at=NOW, noticed_at=after(60), options=options)

    assert at == after(due)


@pytest.mark.parametrize("value", ["", " ", "soon", "-3", "1.5", "³"])
def test_a_number_of_days_that_is_none_is_no_days(value: str) -> None:
    """A slip in a setting must not keep data longer."""
    assert days_of({"days": value}, "days") == 0
    assert days_of({"days": " 7 "}, "days") == 7


def test_a_keyed_hash_needs_its_key_and_keeps_parts_apart() -> None:
    """Nobody can try out openids without the key; parts do not run together."""
    made = keyed_hash(b"key", "acc_1", "o1")

    assert made == keyed_hash(b"key", "acc_1", "o1")
    assert len({made, keyed_hash(b"other", "acc_1", "o1"), keyed_hash(b"key", "acc_1o", "1")}) == 3
    assert keyed_hash(b"key", "\ud83d")
