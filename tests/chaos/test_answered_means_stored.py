"""What we said we have, we have: the door is killed under load, and every answer is compared."""

import pytest

from tests.chaos.databases import NAMES
from tests.chaos.killing_the_door import kill_the_door
from tests.chaos.planted import HASTY_DOOR
from tests.databases import go_without_server

MESSAGES, SECONDS, KILLS, SEED = 2500, 5.0, 4, 20_261_126


@pytest.mark.parametrize("database", [NAMES[0], pytest.param(NAMES[1], marks=pytest.mark.postgres)])
def test_whatever_was_answered_is_stored_once_although_the_door_is_killed(database: str) -> None:
    """Each 200 has its row, whenever the process died; a push that comes again adds none."""
    try:
        said, wrongs = kill_the_door(
            database, messages=MESSAGES, seconds=SECONDS, kills=KILLS, seed=SEED
        )
    except LookupError:
        go_without_server()

    assert wrongs == []
    assert len(said.words) == MESSAGES
    assert len(said.acknowledged) > MESSAGES / 4


def test_a_door_that_answers_before_the_commit_is_found() -> None:
    """A comparison that could not fail would say nothing."""
    _, wrongs = kill_the_door(
        NAMES[0], messages=MESSAGES, seconds=SECONDS, kills=KILLS, seed=SEED, door=HASTY_DOOR
    )

    assert "was acknowledged, and is lost" in "; ".join(wrongs)
