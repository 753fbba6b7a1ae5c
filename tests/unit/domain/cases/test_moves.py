"""A case goes where its table lets it, and says so in the words of the trade."""

from dataclasses import replace

import pytest

from bot.domain.cases import moves
from bot.domain.cases.case import CASE_MOVES, RUNNING, STATE_NAMES, CaseState, Channel, DraftAnswer
from bot.domain.cases.history import EVENT_NAMES, EventKind
from bot.domain.cases.names import CLASS_NAMES, ENTRY_NAMES, CaseClass, Entry
from bot.domain.errors import Conflict, IllegalMove
from bot.domain.ids import AnswerId, CaseId, DepartmentId
from tests.factories import NOW, after, case

DRAFT = DraftAnswer("您好，请到区政务大厅办理。", Channel.PHONE, "li", NOW)
S = CaseState


def test_every_state_class_entry_and_event_has_its_word() -> None:
    """None of them is shown in English."""
    assert set(STATE_NAMES) == set(CaseState)
    assert set(CLASS_NAMES) == set(CaseClass)
    assert set(ENTRY_NAMES) == set(Entry)
    assert set(EVENT_NAMES) == set(EventKind)


def test_every_state_can_be_reached_and_every_running_one_can_be_answered() -> None:
    """Nothing is stuck by the table."""
    for start in RUNNING:
        reached, frontier = {start}, [start]
        while frontier:
            fresh = CASE_MOVES.get(frontier.pop(), frozenset()) - reached
            reached |= fresh
            frontier.extend(fresh)
        assert S.ANSWERED in reached
    assert {state for states in CASE_MOVES.values() for state in states} == set(S) - {S.RECEIVED}


def test_a_transfer_leaves_the_clock_and_asks_for_a_new_signature() -> None:
    """The asker cannot help who is in charge."""
    first = moves.assigned(case(), DepartmentId("tax"))
    signed = moves.accepted(first, by="zhang", at=after(60))

    moved = moves.assigned(signed, DepartmentId("housing"))

    assert moved.deadline == case().deadline
    assert (moved.state, moved.handler, moved.accepted_at) == (S.ASSIGNED, "", None)
    assert moved.is_running


def test_an_answer_stops_the_clock_and_a_refused_one_starts_it_again() -> None:
    """The same clock: what passed meanwhile counts."""
    done = moves.answered(case(), DRAFT, answer=AnswerId("ans_1"), at=after(60))
    again = moves.not_delivered(done)

    assert not done.is_running
    assert not done.is_overdue(after(10**8))
    assert again.is_running
    assert again.is_overdue(after(10**8))
    assert again.draft is not None
    assert again.draft.text == DRAFT.text


def test_late_is_what_was_answered_after_the_deadline() -> None:
    """A clock that stands is never late."""
    late = moves.answered(case(), DRAFT, answer=None, at=after(10**8))
    standing = replace(case(), deadline=replace(case().deadline, is_paused=True))

    assert late.is_overdue(after(0))
    assert not standing.is_overdue(after(10**8))


def test_what_a_state_does_not_allow_is_refused_in_chinese() -> None:
    """Naming the case and both states."""
    with pytest.raises(IllegalMove, match="现在是“已受理”状态，不能变为“已办结”"):
        moves.closed(case(), at=NOW)
    with pytest.raises(Conflict, match="不需要签收"):
        moves.accepted(case(), by="zhang", at=NOW)


def test_a_case_is_merged_into_a_living_one_only() -> None:
    """Whoever looks it up is led somewhere."""
    other = case(id=CaseId("case_2"), number="20261123-000002")
    gone = moves.withdrawn(other)

    assert moves.merged(case(), other).merged_into == other.id
    with pytest.raises(Conflict, match="已撤回，请选择另一件"):
        moves.merged(case(), gone)
    with pytest.raises(Conflict, match="并入它自己"):
        moves.merged(case(), case())
