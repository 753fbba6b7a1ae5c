"""What is told of a post that waits for somebody is told once, and is true now."""

from dataclasses import replace

from bot.console.trouble import Trouble, trouble_of
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome
from tests import factories as make
from tests.unit.console.town import REJECTED

LOST = replace(REJECTED, error="OutcomeUnknown", cause="平台没有回答", next_step="系统会先查找结果")


def held(outcome: Outcome, *, failure: Failure = REJECTED) -> Delivery:
    entry = Entry(1, "accept", Act.CALL, make.NOW, make.NOW, outcome=outcome)
    tried = replace(entry, failure=failure)
    return make.delivery(state=DeliveryState.HELD, journal=Journal((tried,)))


def test_a_refusal_is_told_with_cause_next_step_and_who() -> None:
    """The reason's own repetition of them is left out."""
    reason = f"稿件没有发出，已保留在待处理。{REJECTED.cause}。{REJECTED.next_step}"

    told = trouble_of(held(Outcome.REFUSED), reason)

    assert told == Trouble(
        "稿件没有发出，已保留在待处理",
        REJECTED.cause,
        REJECTED.next_step,
        "撰稿人",
        "45166",
        "invalid content hint: [abc]",
    )


def test_advice_for_the_first_try_is_not_given_when_the_system_gave_up() -> None:
    """“系统会先查找结果” was true then; now a person must look, as the reason says."""
    told = trouble_of(held(Outcome.UNKNOWN, failure=LOST), "不能确定稿件是否已经发出。请到平台查看")

    assert told
    assert told.happened == "不能确定稿件是否已经发出。请到平台查看"
    assert told.cause == "平台没有回答"
    assert not told.next_step


def test_a_hold_by_a_person_has_only_its_reason() -> None:
    """Nothing failed; and without a reason there is nothing to tell."""
    assert trouble_of(None, "等领导意见") == Trouble("等领导意见")
    assert trouble_of(None, "") is None


def test_a_failure_that_was_overcome_is_not_told() -> None:
    """The delivery goes on."""
    moving = replace(held(Outcome.REFUSED), state=DeliveryState.WAITING)

    assert trouble_of(moving, "") is None
