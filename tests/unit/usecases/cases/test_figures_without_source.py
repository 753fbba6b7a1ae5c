"""Figures that no source states keep an answer from leaving until somebody says why."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.cases.drafting import AnswerTemplate
from bot.domain.cases.names import CaseClass
from bot.domain.errors import InvalidInput
from bot.domain.posts.checks.facts import facts_in
from bot.domain.replies.answer import AnswerContent
from bot.domain.replies.unsourced import Unsourced
from bot.ports.case_publication import AnswerRow
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case
from bot.usecases.cases.find_quotations import QuotingTools, figures_without_source
from bot.usecases.questions.answer_group import answer_group
from bot.usecases.replies.answer_reply import answer_reply
from tests.unit.usecases.cases.hall import CONTACT, DESK, HOUSING
from tests.unit.usecases.questions.round import QuestionHall
from tests.unit.usecases.replies.office import DESK as CLERK

TOLD = "补贴 12 月 10 日到账，每亩 500 元。"


class EmptyShelf:
    """Nothing is public yet."""

    def answers(self, *_wanted: object, **_page: object) -> Sequence[AnswerRow]:
        return []

    def answer(self, case: str) -> AnswerRow | None:
        return None

    def departments(self) -> Sequence[tuple[str, str]]:
        return []


class CheckedHall(QuestionHall):
    """A hall that compares answers with what they were given as sources, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        templates = [AnswerTemplate("t", "电话", "请拨打 0871-61234567。")]
        quoting = QuotingTools(
            self.storage, self.storage.searching(), EmptyShelf(), str.split, templates
        )

        def find(answer: str, sources: Sequence[str]) -> Sequence[str]:
            return figures_without_source(answer, sources, tools=quoting)

        self.letters = replace(self.letters, figures=find)
        self.cases = replace(self.cases, correspondence=self.letters)


def whole(text: str, reason: str) -> Unsourced:
    return Unsourced(tuple(fact.words for fact in facts_in(text)), reason)


def test_a_case_is_not_answered_with_figures_from_nowhere() -> None:
    """They are named; a reason lets them stand, and stands in the history for the reviewer."""
    hall = CheckedHall()
    case = hall.opens(CaseClass.COMPLAINT, department=HOUSING)

    with pytest.raises(InvalidInput, match="12月10日、500元") as refused:
        answer_case(case.id, WrittenAnswer(TOLD), actor=CONTACT, tools=hall.cases)
    assert refused.value.problems[0].field == "figures_reason"
    short = WrittenAnswer(TOLD, unsourced=whole(TOLD, "无"))
    with pytest.raises(InvalidInput, match="至少"):
        answer_case(case.id, short, actor=CONTACT, tools=hall.cases)
    given = WrittenAnswer(TOLD, unsourced=whole(TOLD, "局里昨天定下"))
    waits = answer_case(case.id, given, actor=CONTACT, tools=hall.cases)

    assert waits.draft is not None
    assert waits.draft.unsourced is not None
    assert waits.draft.unsourced.reason == "局里昨天定下"
    assert "500" in hall.history(case.id)[-1].note
    assert "局里昨天定下" not in str(hall.storage.state.audit)


def test_a_reason_answers_only_for_the_figures_that_were_seen() -> None:
    """Another figure in the meantime is asked for anew."""
    hall = CheckedHall()
    case = hall.opens()
    given = whole(TOLD, "局里昨天定下")
    more = WrittenAnswer(f"{TOLD}另补 30 元。", unsourced=given)

    with pytest.raises(InvalidInput, match="30") as refused:
        answer_case(case.id, more, actor=DESK, tools=hall.cases)
    assert "500" not in refused.value.problems[0].message


def test_what_the_letter_the_case_or_the_office_states_has_its_source() -> None:
    """The asker's own figures, number and term of the case, telephone numbers of templates."""
    hall = CheckedHall()
    case = hall.opens(reply=hall.says(9, text="3 月 5 日交的 200 元怎么退"))
    day = case.deadline.due_at
    text = (
        f"您 3 月 5 日交的 200 元，我们在 {day.year}年{day.month}月{day.day}日前办理，"
        f"受理编号 {case.number}，请拨打 0871-61234567。"
    )

    done = answer_case(case.id, WrittenAnswer(text), actor=DESK, tools=hall.cases)

    assert done.state is CaseState.ANSWERED


def test_a_letter_and_an_answer_to_all_are_held_back_too() -> None:
    """Each until somebody says why; the audit tells that they did."""
    hall = CheckedHall()
    said = hall.says(1)
    with pytest.raises(InvalidInput, match="500"):
        answer_reply(said, AnswerContent(TOLD), actor=CLERK, tools=hall.letters)
    why = whole(TOLD, "局里昨天定下")
    answer_reply(said, AnswerContent(TOLD), actor=CLERK, tools=hall.letters, unsourced=why)
    assert hall.actions()[-1] == "reply.figures_justified"

    group = hall.confirmed(hall.asks(2), hall.asks(3))
    with pytest.raises(InvalidInput, match="500"):
        answer_group(group.id, TOLD, actor=DESK, tools=hall.letters)
    answered = answer_group(group.id, TOLD, actor=DESK, tools=hall.letters, unsourced=why)
    assert answered.answer is not None
    assert answered.answer.unsourced is not None
