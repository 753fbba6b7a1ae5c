"""Uploads that came to nothing are deleted, what something refers to is kept."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bot.usecases.releases.sweep_media import SweepTools, Swept, sweep_media
from tests.fakes.clock import StillClock

GRACE = 30


class Shelf:
    """Keeps the promises of `ports.media.MediaShelf`."""

    def __init__(self, touched: dict[str, datetime]) -> None:
        self.touched = touched
        self.now = StillClock().now()

    def untouched_since(self, moment: datetime) -> Iterator[str]:
        return iter([name for name, at in self.touched.items() if at < moment])

    def touch(self, sha256: str) -> None:
        self.touched[sha256] = self.now

    def discard(self, sha256: str, *, untouched_since: datetime) -> bool:
        if self.touched[sha256] >= untouched_since:
            return False
        del self.touched[sha256]
        return True


class References:
    """Keeps the promise of `ports.media.MediaReferences`."""

    def __init__(self, *named: str) -> None:
        self.named, self.asked = set(named), 0

    def unnamed(self, files: Iterable[str]) -> frozenset[str]:
        self.asked += 1
        return frozenset(files) - self.named


def test_only_old_files_that_nothing_names_go() -> None:
    """Those in use are not asked about again before another grace time."""
    clock = StillClock()
    old, young = clock.now() - timedelta(days=GRACE + 1), clock.now() - timedelta(days=GRACE - 1)
    shelf = Shelf({"orphan": old, "used": old, "fresh": young})
    references = References("used")
    tools = SweepTools(shelf, references, clock, GRACE)

    first, second = sweep_media(tools), sweep_media(tools)

    assert (first, second) == (Swept(judged=2, deleted=1), Swept(judged=0, deleted=0))
    assert set(shelf.touched) == {"used", "fresh"}
    assert references.asked == 1
