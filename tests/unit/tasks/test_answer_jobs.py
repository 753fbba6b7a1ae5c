"""The jobs of answers: each of a chunk is sent alone."""

import pytest

from bot.domain.ids import AccountId, AnswerId
from tasks import answers
from tasks.base import house


class BrokenHouse:
    """A house in which every answer fails."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def correspondence(self) -> None:
        self.asked += 1
        raise RuntimeError("a bug")


def test_a_failing_answer_does_not_stop_its_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in one is logged, the others are tried."""
    broken = BrokenHouse()
    monkeypatch.setattr(answers, house.__name__, lambda: broken)

    answers.send_answers(AccountId("acc_1"), [AnswerId("ans_1"), AnswerId("ans_2")])

    assert broken.asked == 2
