"""The clock and the agenda."""

from bot.sandbox.agenda import Agenda
from bot.sandbox.clock import Clock


def test_a_frozen_clock_moves_only_by_hand():
    """Shifting and setting change the present, and Beijing is eight hours ahead."""
    clock = Clock.frozen_at(0)

    clock.shift(90)
    assert clock.now() == 90
    clock.set(86_400)
    assert clock.beijing().isoformat() == "1970-01-02T08:00:00+08:00"


def test_work_is_done_in_order_of_its_time():
    """What is due runs once, earliest first, also what becomes due meanwhile."""
    clock = Clock.frozen_at(0)
    agenda, done = Agenda(clock), []
    agenda.after(5, lambda: done.append("late"))
    agenda.after(1, lambda: agenda.after(0, lambda: done.append("followed")))
    agenda.after(1, lambda: done.append("early"))

    agenda.run_due()
    assert done == []
    assert agenda.next_due == 1
    clock.shift(1)
    agenda.run_due()
    assert done == ["early", "followed"]
    clock.shift(4)
    agenda.run_due()
    assert done == ["early", "followed", "late"]
    assert agenda.next_due is None


def test_hastening_runs_one_owners_work_only():
    """What waits for others keeps its time."""
    clock = Clock.frozen_at(0)
    agenda, done = Agenda(clock), []
    agenda.after(9, lambda: done.append("mine"), owner="a")
    agenda.after(8, lambda: done.append("theirs"), owner="b")

    agenda.hasten("a")
    assert done == ["mine"]
    clock.shift(9)
    agenda.run_due()
    assert done == ["mine", "theirs"]
