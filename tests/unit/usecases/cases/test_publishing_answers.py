"""An answer is published by whoever may, as it was shown, masked."""

import pytest

from bot.domain.cases.case import Case, Channel
from bot.domain.errors import Conflict, NotAllowed
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case
from bot.usecases.cases.publish_answer import (
    preview_publication,
    publish_answer,
    unpublish_answer,
)
from tests.unit.usecases.cases.hall import DESK, Hall
from tests.unit.usecases.posts.desk import REVIEWER


@pytest.fixture
def hall() -> Hall:
    return Hall()


def answered(hall: Hall) -> Case:
    case = hall.opens(reply=None, subject="我叫王小明，电话13812345678，补贴何时发")
    written = WrittenAnswer("请致电 0871-12345678 或本人手机13998765432", Channel.PHONE)
    return answer_case(case.id, written, actor=DESK, tools=hall.cases)


def test_what_was_shown_is_what_is_published(hall: Hall) -> None:
    """Masked on both sides; a step of the history says who did it."""
    case = answered(hall)

    shown_case, shown = preview_publication(case.id, actor=REVIEWER, tools=hall.cases)
    published = publish_answer(case.id, seen=shown_case.version, actor=REVIEWER, tools=hall.cases)

    assert (published.question, published.answer) == (shown.question, shown.answer)
    assert "13812345678" not in published.question
    assert "13998765432" not in published.answer
    assert hall.steps(case.id)[-1] == "published"
    assert hall.history(case.id)[-1].by == REVIEWER.name


def test_whoever_publishes_may_rewrite_the_question(hall: Hall) -> None:
    """It is masked all the same."""
    case = answered(hall)

    _, shown = preview_publication(
        case.id, question="补贴何时发？电话13812345678", actor=REVIEWER, tools=hall.cases
    )

    assert shown.question.startswith("补贴何时发")
    assert "13812345678" not in shown.question


def test_what_changed_since_it_was_shown_is_not_published(hall: Hall) -> None:
    """Nor what nobody has answered, nor by somebody who may not."""
    waiting = hall.opens()
    case = answered(hall)

    with pytest.raises(Conflict, match="已经过时"):
        publish_answer(case.id, seen=case.version - 1, actor=REVIEWER, tools=hall.cases)
    with pytest.raises(Conflict, match="还没有可以公开的答复"):
        preview_publication(waiting.id, actor=REVIEWER, tools=hall.cases)
    with pytest.raises(NotAllowed, match="公开答复"):
        publish_answer(case.id, seen=case.version, actor=DESK, tools=hall.cases)


def test_a_published_answer_is_taken_away_with_the_reason(hall: Hall) -> None:
    """Once; what is not published cannot be."""
    case = answered(hall)
    publish_answer(case.id, seen=case.version, actor=REVIEWER, tools=hall.cases)

    unpublish_answer(case.id, reason="含个人信息", actor=REVIEWER, tools=hall.cases)

    assert hall.history(case.id)[-1].note == "含个人信息"
    with pytest.raises(Conflict, match="没有公开"):
        unpublish_answer(case.id, reason="", actor=REVIEWER, tools=hall.cases)
