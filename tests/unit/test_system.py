"""Ids that sort by the moment they were made."""

from itertools import pairwise

from bot.system import SortableIds


def test_ids_of_one_process_increase() -> None:
    """More than one stock of random numbers: every id is new and sorts after the one before."""
    ids = SortableIds()

    made = [ids.new("rpy") for _ in range(3000)]

    assert all(earlier < later for earlier, later in pairwise(made))
    assert {len(one) for one in made} == {len("rpy_") + 17}
