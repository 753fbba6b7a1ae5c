"""Sweeps over comments: what vanished is said only when it is sure."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.wechat.sweeping import SWEEP_EVERY, Sweep
from tests.factories import NOW, after

PAGE = 3


def page(sweep: Sweep, *ids: int, total: int, fresh: bool = False, now: float = 0) -> Sweep:
    """The sweep after a page that brings nothing to say of what vanished."""
    step = sweep.after(ids=ids, total=total, page=PAGE, has_fresh=fresh, now=after(now))
    assert step.gone == ()
    return step.sweep


def whole(*ids: int) -> Sweep:
    """After a sweep of one or more pages over `ids`."""
    sweep = Sweep()
    for start in range(0, max(len(ids), 1), PAGE):
        sweep = page(sweep, *ids[start : start + PAGE], total=len(ids), fresh=True)
    return sweep


@given(st.sets(st.integers(1, 10_000)))
def test_a_cursor_comes_back_as_it_was_written(ids: set[int]) -> None:
    """Ids are folded to ranges and unfolded again."""
    sweep = Sweep(3, 9, 8, 7, 6, tuple(sorted(ids)), tuple(sorted(ids)[:5]), NOW)

    assert Sweep.of(sweep.written()) == sweep


def test_runs_of_ids_take_little_room() -> None:
    """The platform counts up, so an article's comments are few ranges."""
    assert whole(*range(1, 50), 51).written()["known"] == "1-49,51"


def test_a_cursor_of_an_earlier_version_is_read() -> None:
    """It knows no ids: nothing is called vanished before a whole sweep."""
    old = Sweep.of({"begin": "0", "swept": "9", "highest": "0", "total": "4"})

    step = old.after(ids=[1, 2], total=2, page=PAGE, has_fresh=False, now=NOW)

    assert (step.gone, step.sweep.known) == ((), (1, 2))


def test_what_a_whole_calm_sweep_did_not_meet_is_gone() -> None:
    """Over pages."""
    sweep = page(whole(1, 2, 3, 4, 5), 1, 3, 4, total=4)

    step = sweep.after(ids=[5], total=4, page=PAGE, has_fresh=False, now=NOW)

    assert (step.gone, step.more, step.sweep.known) == ((2,), False, (1, 3, 4, 5))


def test_rows_that_move_between_pages_are_not_called_gone() -> None:
    """One was deleted while we read: the next visit sweeps again and is sure."""
    sweep = page(whole(1, 2, 3, 4, 5), 1, 2, 3, total=5, fresh=True)
    # 1 is deleted: 4 moves to the page that was read before.
    moved = page(sweep, 5, total=4)
    again = page(moved, 2, 3, 4, total=4)

    step = again.after(ids=[5], total=4, page=PAGE, has_fresh=False, now=NOW)

    assert moved.known == (1, 2, 3, 4, 5)
    assert step.gone == (1,)


def test_all_pages_are_read_again_after_some_hours() -> None:
    """The author's words and the selection change without the total."""
    sweep = whole(1, 2, 3, 4, 5)
    soon = sweep.after(ids=[1, 2, 3], total=5, page=PAGE, has_fresh=False, now=after(60))
    much_later = NOW + SWEEP_EVERY + timedelta(seconds=1)
    later = sweep.after(ids=[1, 2, 3], total=5, page=PAGE, has_fresh=False, now=much_later)

    assert (soon.more, later.more) == (False, True)
