"""The urgent lane: its threads go on over failures, and end when they are told to."""

import threading

from tasks.urgent import UrgentLane


def test_a_failure_ends_no_lane() -> None:
    """The next emergency is another post."""
    calls: list[int] = []
    twice = threading.Event()

    def work() -> None:
        calls.append(1)
        if len(calls) >= 2:
            twice.set()
        raise RuntimeError("the database is away")

    lane = UrgentLane(work, lanes=1)
    lane.start()
    went_on = twice.wait(10)
    lane.stop()
    after = len(calls)

    assert went_on
    assert not any(t.name.startswith("urgent-") and t.is_alive() for t in threading.enumerate())
    assert len(calls) == after
