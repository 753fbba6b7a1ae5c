"""Receipt numbers and check codes, as they are given and as people type them."""

from datetime import UTC, datetime

import pytest

from bot.domain.cases.looking_up import case_answer, receipt_words
from bot.domain.cases.receipts import code_of, new_code, new_number, number_of
from bot.domain.replies.reply import LONGEST_TEXT_BYTES
from bot.domain.replies.wishes import ReceiptWish, wish_of
from tests.factories import case, incoming


def test_a_number_tells_the_day_in_beijing_and_nothing_of_how_many_came() -> None:
    """Late in the evening of UTC it is the next day here."""
    assert new_number(datetime(2026, 11, 25, 16, 30, tzinfo=UTC), lambda n: n - 1) == (
        "20261126-999999"
    )


@pytest.mark.parametrize(
    "typed",
    ["20261126-048213", "20261126048213", "２０２６１１２６－０４８２１３", " 20261126 048213 "],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    """With and without the stroke, in full width, with spaces."""
    assert number_of(typed) == "20261126-048213"


@pytest.mark.parametrize("typed", ["", "2026112604821", "YL20261123", "20261126-0482135"])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    """It is not looked for."""
    assert number_of(typed) == ""


def test_what_the_asker_is_written_is_what_they_may_send_back() -> None:
    """The words of the receipt hold the very message that is understood."""
    made = case(check_code=new_code(lambda n: n - 1))
    asked = f"查 {made.number} {made.check_code}"

    wish = wish_of(incoming(text=asked))

    assert asked in receipt_words(made)
    assert wish == ReceiptWish(made.number, made.check_code)
    assert code_of(made.check_code.lower()) == made.check_code


def test_a_long_answer_is_cut_to_what_the_platform_takes() -> None:
    """With the state before it, and the cut marked."""
    answer = case_answer(
        case(answer_text="好" * 2000, answered_at=case().received_at), department="住建局"
    )

    assert len(answer.text.encode()) <= LONGEST_TEXT_BYTES
    assert answer.text.endswith("…")
    assert "承办部门：住建局" in answer.text
