"""How the supervisor treats what cannot stay up."""

from pathlib import Path

import pytest

from bot.supervision.process import Process
from bot.supervision.supervisor import CannotServe, pause_seconds, serve


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (29, 29), (30, 30), (5000, 30)])
def test_pauses_grow_but_never_beyond_half_a_minute(failures: int, seconds: int) -> None:
    """A broken process does not burn the machine; a mended one is back within half a minute."""
    assert pause_seconds(failures) == seconds


def test_a_list_that_makes_no_sense_is_refused_before_anything_starts(tmp_path: Path) -> None:
    """The operator gets the sentence, not half an installation."""
    worker = Process("worker", ("worker",), needs=("valkey",))

    with pytest.raises(CannotServe, match="needs 'valkey'"):
        serve([worker], tmp_path)

    assert list(tmp_path.iterdir()) == []
