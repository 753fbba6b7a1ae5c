"""`next_move` where nobody knows whether a call arrived."""

from dataclasses import replace

import pytest

from bot.domain.publishing.journal import Act, Failure, Outcome
from bot.domain.publishing.next_move import Call, Hold, LookForIt, Wait
from bot.domain.publishing.route import StepRole
from tests.factories import after
from tests.unit.domain.publishing.journals import KEYED, PROVABLE, SEE, SUBMIT, entry, moved


def test_a_call_under_way_is_waited_for_until_its_deadline() -> None:
    """Somebody may still be working on it."""
    assert moved(entry(SUBMIT, None), at=3) == Wait(after(10), StepRole.ACCEPT)


def test_a_call_that_never_came_back_is_looked_for_after_settling() -> None:
    """A worker died: the effect may exist, so it is searched, never repeated."""
    assert moved(entry(SUBMIT, None), at=11) == Wait(after(15), StepRole.ACCEPT, unsure=True)
    assert moved(entry(SUBMIT, None), at=15) == LookForIt(SUBMIT)


@pytest.mark.parametrize("outcome", [Outcome.ABSENT, Outcome.UNCLEAR])
def test_without_an_absence_rule_looking_in_vain_ends_with_a_person(outcome: Outcome) -> None:
    """Not finding it proves nothing: a draft that is gone may have been deleted."""
    looks = [entry(SUBMIT, outcome, at=t, act=Act.LOOK) for t in (15, 25)]

    assert isinstance(moved(entry(SUBMIT, Outcome.UNKNOWN), *looks, at=500), Hold)


def test_an_early_absence_proves_nothing() -> None:
    """The rule says from when on absence counts; a look before that does not."""
    looks = [entry(PROVABLE, Outcome.ABSENT, at=20, act=Act.LOOK)]

    move = moved(entry(PROVABLE, Outcome.UNKNOWN), *looks, steps=(PROVABLE,), at=30)

    assert not isinstance(move, Call)


def test_a_proven_absence_allows_another_call() -> None:
    """The effect cannot exist any more: the step may run again."""
    looks = [entry(PROVABLE, Outcome.ABSENT, at=71, act=Act.LOOK)]

    move = moved(entry(PROVABLE, Outcome.UNKNOWN), *looks, steps=(PROVABLE,), at=75)

    assert move == Call(PROVABLE)


def test_an_effect_that_was_found_is_the_effect() -> None:
    """Found means done: the next step follows."""
    found = entry(SUBMIT, Outcome.FOUND, at=15, act=Act.LOOK)

    assert moved(entry(SUBMIT, Outcome.UNKNOWN), found, steps=(SUBMIT, SEE), at=16) == Call(SEE)


def test_a_keyed_step_is_repeated_with_its_key_after_a_minute() -> None:
    """The platform remembers the key, so that repeating is asking."""
    unknown = entry(KEYED, Outcome.UNKNOWN, key="k", key_valid_until=after(3600))

    assert moved(unknown, steps=(KEYED,), at=30) == Wait(after(61), StepRole.ACCEPT, unsure=True)
    assert moved(unknown, steps=(KEYED,), at=61) == Call(KEYED, "k")


def test_a_key_the_platform_forgot_is_worth_nothing() -> None:
    """After 23 hours a keyed step counts as `once`."""
    unknown = entry(KEYED, Outcome.UNKNOWN, key="k", key_valid_until=after(3600))

    assert moved(unknown, steps=(KEYED,), at=3600) == LookForIt(KEYED)


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (None, "发送时连接中断"),
        (Failure("OutcomeUnknown", message="reset", cause="连接中断"), "发送时连接中断"),
        (Failure("OutcomeUnknown", code="40007", cause="草稿不见了"), "草稿不见了"),
    ],
)
def test_what_stays_unclear_is_held_with_what_is_known(failure: Failure | None, says: str) -> None:
    """The platform's own word where it gave one, and that nothing is sent again by itself."""
    lost = entry(SUBMIT, Outcome.UNKNOWN, failure=failure)
    looks = [entry(SUBMIT, Outcome.UNCLEAR, at=20 + n, act=Act.LOOK) for n in range(2)]

    move = moved(lost, *looks, at=100)

    assert isinstance(move, Hold)
    assert move.reason.startswith(f"不能确定稿件是否已经发出：{says}。")
    assert "不会自动重发" in move.reason


def test_a_step_that_never_becomes_clear_ends_with_a_person() -> None:
    """Proven absence allows another call, but not for ever."""
    step = replace(PROVABLE, max_attempts=2)
    lines = []
    for at in (0, 200):
        lines += [
            entry(step, Outcome.UNKNOWN, at=at),
            entry(step, Outcome.ABSENT, at=at + 80, act=Act.LOOK),
        ]

    assert moved(*lines[:2], steps=(step,), at=100) == Call(step)
    assert isinstance(moved(*lines, steps=(step,), at=300), Hold)
