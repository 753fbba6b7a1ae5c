"""In-memory notices to single people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.notices.personal import PersonalNotice, Wishes
from bot.ports.clock import Clock
from tests.fakes.storage_state import State


class FakePersonalNotices:
    """Keeps the promises of `ports.personal_notices.PersonalNotices`."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def put(self, notice: PersonalNotice) -> bool:
        known = {(n.login, n.key) for n in self._state.personal_notices.values()}
        if (notice.login, notice.key) in known:
            return False
        self._state.personal_notices[notice.id] = notice
        return True

    def of(self, login: str, *, limit: int = 100) -> Sequence[PersonalNotice]:
        return sorted(self._mine(login), key=lambda n: (n.at, n.id), reverse=True)[:limit]

    def unread(self, login: str) -> int:
        return sum(one.read_at is None for one in self._mine(login))

    def mark_read(self, login: str, *, notice: str = "") -> None:
        for one in self._mine(login):
            if one.read_at is None and notice in ("", one.id):
                read = replace(one, read_at=self._clock.now())
                self._state.personal_notices[one.id] = read

    def forget(self, *, before: datetime) -> None:
        for one in list(self._state.personal_notices.values()):
            if one.at < before:
                del self._state.personal_notices[one.id]

    def wishes(self, logins: Sequence[str]) -> Mapping[str, Wishes]:
        return {login: w for login, w in self._state.wishes.items() if login in logins}

    def save_wishes(self, wishes: Wishes) -> None:
        self._state.wishes[wishes.login] = wishes

    def claim_told(self) -> int:
        return self._state.told.setdefault("audit", len(self._state.audit))

    def note_told(self, sequence: int) -> None:
        self._state.told["audit"] = sequence

    def _mine(self, login: str) -> list[PersonalNotice]:
        return [n for n in self._state.personal_notices.values() if n.login == login]
