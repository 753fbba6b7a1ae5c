"""Terms of publication and interpretation in words."""

from datetime import date

import pytest

from bot.console.words.duties import interpretation_word, publication_word
from bot.console.words.states import Tone
from bot.domain.releases.duties import Duty
from bot.domain.workdays import Counted

LAST = Counted(date(2026, 11, 24), is_provisional=False)


def owed(left: int) -> Duty:
    return Duty(LAST, left, done=False, in_time=left >= 0)


@pytest.mark.parametrize(
    ("left", "said", "tone"),
    [
        (3, "无解读，还剩 3 个工作日", Tone.QUIET),
        (1, "无解读，还剩 1 个工作日", Tone.ATTENTION),
        (0, "无解读，今天到期", Tone.ATTENTION),
        (-2, "无解读，已超 2 个工作日", Tone.ATTENTION),
    ],
)
def test_an_interpretation_that_is_owed_says_how_long_is_left(
    left: int, said: str, tone: Tone
) -> None:
    word = interpretation_word(owed(left), 0)

    assert (word.text, word.tone) == (said, tone)


def test_interpretations_there_are_are_counted() -> None:
    assert interpretation_word(Duty(LAST, -9, done=True, in_time=True), 2).text == "2 份"


def test_a_year_without_a_notice_is_said() -> None:
    late = Duty(Counted(date(2027, 1, 5), is_provisional=True), 2, done=False, in_time=True)

    assert interpretation_word(late, 0).text == "无解读，还剩 2 个工作日（暂定）"


def test_publication_in_time_needs_no_word() -> None:
    """What came late says so for good; what has not come says how long is left."""
    assert publication_word(Duty(LAST, 5, done=True, in_time=True)) is None
    words = [
        publication_word(Duty(LAST, -3, done=True, in_time=False)),
        publication_word(owed(-3)),
        publication_word(owed(4)),
    ]
    assert [word.text for word in words if word] == [
        "超过 20 个工作日",
        "未上网，已超 3 个工作日",
        "未上网，还剩 4 个工作日",
    ]
