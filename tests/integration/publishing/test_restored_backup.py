"""An old backup is put back after more went out: the public gets every post once, all the same."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.permissions import Actor
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.usecases.publishing.note_restoration import note_restoration
from tests.integration.publishing.killing import Fuse
from tests.integration.publishing.routes import WAYS, Way
from tests.integration.publishing.test_killed_at_every_boundary import assert_true_end
from tests.integration.publishing.town import Town, town

OPERATOR = Actor("operator", is_operator=True)
LONGEST_ROUTE = 40


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_wherever_the_backup_was_taken_each_post_goes_out_once(
    way: Way, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For every boundary of the route: the backup is taken there, the post goes out, the backup
    is restored. What the platform shows is found, or a person is asked and told why."""
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    ends: Counter[DeliveryState] = Counter()
    with town(way, sqlite_url, accounts=LONGEST_ROUTE) as place:
        for boundary in range(1, LONGEST_ROUTE):
            post, kept = place.order_post(boundary), tmp_path / f"{boundary}.sqlite3"
            fuse = Fuse({boundary})
            place.work_once(fuse)
            copied(database, kept)
            taken_at = place.clock.now()
            place.work(post, Fuse())
            went_out = place.effects(post)

            restored(place, kept, database)
            note_restoration(taken_at=taken_at, actor=OPERATOR, storage=place.storage)
            end = place.work(post, Fuse())

            ends[end.state] += 1
            assert went_out <= place.effects(post) <= 1, f"at {boundary}: {end.hold_reason}"
            assert_tells_of_the_restore(end)
            assert_true_end(place, post, end, f"backup at {boundary}: {fuse.killed_at}")
            if not fuse.killed_at:
                break
            forget_the_restore(database)
        assert place.broken_audit_record() is None
    with capsys.disabled():
        told = ", ".join(f"{number} {state}" for state, number in ends.items())
        print(f"\n{way.platform} {way.mode}: restored at {boundary - 1} boundaries: {told}")


def assert_tells_of_the_restore(end: Delivery) -> None:
    """Who is asked learns that our memory has a hole, not that the platform failed."""
    if end.state is DeliveryState.HELD:
        assert "数据恢复自" in end.hold_reason


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_what_never_went_out_goes_out_once_after_all(
    way: Way, sqlite_url: str, tmp_path: Path
) -> None:
    """Absent by proof, or by a person's word."""
    with town(way, sqlite_url, accounts=1) as place:
        post = place.order_post(1)
        note_restoration(taken_at=place.clock.now(), actor=OPERATOR, storage=place.storage)

        end = place.work(post, Fuse())

        assert_tells_of_the_restore(end)
        assert_true_end(place, post, end, "nothing had gone out")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_post_that_was_scheduled_after_the_backup_is_looked_up_too(
    way: Way, sqlite_url: str, tmp_path: Path
) -> None:
    """The backup knows the post, not that it was scheduled: scheduling it again is no new post."""
    database, kept = Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "kept.sqlite3"
    with town(way, sqlite_url, accounts=1) as place:
        post = place.draft_post(1)
        copied(database, kept)
        taken_at = place.clock.now()
        place.schedule(post)
        place.work(post, Fuse())

        restored(place, kept, database)
        note_restoration(taken_at=taken_at, actor=OPERATOR, storage=place.storage)
        place.ids.used += 1000  # as real ones, the new ids are later ones
        place.schedule(post)
        end = place.work(post, Fuse())

        assert place.effects(post) == 1, end.hold_reason
        assert_tells_of_the_restore(end)


def copied(database: Path, kept: Path) -> None:
    """As `tongbu backup` copies it."""
    with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(kept)) as copy:
        live.backup(copy)


def forget_the_restore(database: Path) -> None:
    """The next case begins in an office that never had one."""
    with closing(sqlite3.connect(database)) as live:
        live.execute("DELETE FROM restorations")
        live.commit()


def restored(place: Town, kept: Path, database: Path) -> None:
    """Everything since the backup is forgotten."""
    place.storage.dispose()
    for name in (f"{database}-wal", f"{database}-shm"):
        Path(name).unlink(missing_ok=True)
    copied(kept, database)
