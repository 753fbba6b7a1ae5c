"""In-memory inspections of attachments."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bot.domain.ids import ReleaseId
from bot.domain.releases.inspection import Inspection
from bot.ports.clock import Clock
from tests.fakes.storage_state import State


class FakeInspections:
    """Inspections by content, waits by content and release."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def of(self, files: Collection[str]) -> Mapping[str, Inspection]:
        return {f: self._state.inspections[f] for f in files if f in self._state.inspections}

    def want(self, release: ReleaseId, files: Collection[str]) -> None:
        for each in files:
            if each not in self._state.inspections:
                waits = self._state.inspection_waits
                waits.setdefault((each, release), (self._clock.now(), None))

    def take_next(self, *, seconds: float) -> str | None:
        now = self._clock.now()
        free = sorted(
            (asked, sha256)
            for (sha256, _), (asked, until) in self._state.inspection_waits.items()
            if until is None or until < now
        )
        if not free:
            return None
        taken = free[0][1]
        for key, (asked, _) in self._state.inspection_waits.items():
            if key[0] == taken:
                until = now + timedelta(seconds=seconds)
                self._state.inspection_waits[key] = (asked, until)
        return taken

    def keep(self, sha256: str, inspection: Inspection) -> Sequence[ReleaseId]:
        self._state.inspections[sha256] = inspection
        waits = self._state.inspection_waits
        ended = {release for file, release in waits if file == sha256}
        for release in ended:
            del waits[sha256, release]
        still = {release for _, release in waits}
        return [ReleaseId(each) for each in sorted(ended - still)]
