"""A list of processes is checked before anything is started."""

from bot.supervision.process import Process, faults


def test_an_ordered_list_has_no_faults() -> None:
    """A process may need an earlier one that says when it is ready."""
    first = Process("valkey", ("valkey",), ready="valkey+unix:///run/valkey.sock")
    second = Process("worker", ("worker",), needs=("valkey",))

    assert faults((first, second)) == []


def test_needing_a_later_process_is_a_fault() -> None:
    """Starting order is the order of the list, so a need may only point backwards."""
    first = Process("worker", ("worker",), needs=("valkey",))
    second = Process("valkey", ("valkey",), ready="valkey+unix:///run/valkey.sock")

    assert faults((first, second)) == [
        "worker: needs 'valkey', which is not before it or has no ready address"
    ]


def test_needing_a_process_that_is_never_ready_is_a_fault() -> None:
    """Nobody could say when such a wait is over."""
    first = Process("web", ("web",))
    second = Process("worker", ("worker",), needs=("web",))

    assert len(faults((first, second))) == 1


def test_two_processes_of_one_name_are_a_fault() -> None:
    """Their logs would be one file."""
    assert faults((Process("web", ("a",)), Process("web", ("b",)))) == [
        "web: two processes have this name"
    ]
