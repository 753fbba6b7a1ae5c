"""What was found in attachments, and which releases wait for it, as rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection, delete, exists, or_, select, update

from bot.domain.ids import ReleaseId
from bot.domain.releases.inspection import Inspection
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.statements import take_turn, upsert
from bot.storage.tables import inspection_waits, inspections

_i, _w = inspections.c, inspection_waits.c


class SqlInspections:
    """Keeps the promises of `ports.inspecting.Inspections`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def of(self, files: Collection[str]) -> Mapping[str, Inspection]:
        if not files:
            return {}
        wanted = select(_i.sha256, _i.body).where(_i.sha256.in_(files))
        return {
            row.sha256: decode(Inspection, row.body) for row in self._connection.execute(wanted)
        }

    def want(self, release: ReleaseId, files: Collection[str]) -> None:
        known = self.of(files)
        now = self._clock.now(self._connection)
        rows = [
            {"sha256": each, "release_id": release, "asked_at": now}
            for each in files
            if each not in known
        ]
        if rows:
            new = upsert(self._connection.dialect.name, inspection_waits).values(rows)
            self._connection.execute(new.on_conflict_do_nothing())

    def take_next(self, *, seconds: float) -> str | None:
        take_turn(self._connection, "inspections")
        now = self._clock.now(self._connection)
        free = or_(_w.taken_until.is_(None), _w.taken_until < now)
        longest = select(_w.sha256).where(free).order_by(_w.asked_at, _w.sha256).limit(1)
        sha256: str | None = self._connection.scalar(longest)
        if sha256 is not None:
            mine = update(inspection_waits).where(_w.sha256 == sha256)
            until = now + timedelta(seconds=seconds)
            self._connection.execute(mine.values(taken_until=until))
        return sha256

    def keep(self, sha256: str, inspection: Inspection) -> Sequence[ReleaseId]:
        values = {
            "sha256": sha256,
            "inspected_at": self._clock.now(self._connection),
            "body": encode(Inspection, inspection),
        }
        new = upsert(self._connection.dialect.name, inspections).values(**values)
        self._connection.execute(
            new.on_conflict_do_update(index_elements=[_i.sha256], set_=dict(new.excluded))
        )
        ended = delete(inspection_waits).where(_w.sha256 == sha256).returning(_w.release_id)
        waited = set(self._connection.scalars(ended))
        return [ReleaseId(each) for each in sorted(waited) if not self._waits(each)]

    def _waits(self, release: str) -> bool:
        return bool(self._connection.scalar(select(exists().where(_w.release_id == release))))
