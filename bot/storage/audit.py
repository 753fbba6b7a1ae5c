"""The audit chain as rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from bot.domain.audit import GENESIS, AuditRecord, keyed_hash, sealed
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.statements import take_turn
from bot.storage.tables import audit_records

_c = audit_records.c
_LENGTH = select(func.max(_c.sequence))


class SqlAudit:
    """Keeps the promises of `ports.storage.Audit`; `key` seals the records."""

    def __init__(self, connection: Connection, clock: DatabaseClock, *, key: bytes) -> None:
        self._connection = connection
        self._clock = clock
        self._key = key

    def write(
        self,
        *,
        actor: str,
        action: str,
        object_kind: str,
        object_id: str,
        details: Mapping[str, str] | None = None,
    ) -> AuditRecord:
        take_turn(self._connection, "audit chain")
        tail = select(_c.sequence, _c.hash).order_by(_c.sequence.desc()).limit(1)
        last = self._connection.execute(tail).first()
        record = sealed(
            AuditRecord(
                sequence=last.sequence + 1 if last else 1,
                at=self._clock.now(self._connection),
                actor=actor,
                action=action,
                object_kind=object_kind,
                object_id=object_id,
                details=dict(details or {}),
                previous_hash=last.hash if last else GENESIS,
            ),
            self._key,
        )
        self._connection.execute(insert(audit_records).values(**_values(record)))
        return record

    def records(self, *, after: int = 0, limit: int = 1000) -> Sequence[AuditRecord]:
        wanted = select(audit_records).where(_c.sequence > after)
        ordered = wanted.order_by(_c.sequence).limit(limit)
        return [_record(row) for row in self._connection.execute(ordered)]

    def length(self) -> int:
        return self._connection.scalar(_LENGTH) or 0

    def keyed_hash(self, *parts: str) -> str:
        return keyed_hash(self._key, *parts)


def _values(record: AuditRecord) -> dict[str, Any]:
    return {
        "sequence": record.sequence,
        "at": record.at,
        "actor": record.actor,
        "action": record.action,
        "object_kind": record.object_kind,
        "object_id": record.object_id,
        "details": encode(dict[str, str], record.details),
        "previous_hash": record.previous_hash,
        "hash": record.hash,
    }


def _record(row: Row[Any]) -> AuditRecord:
    return AuditRecord(
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        action=row.action,
        object_kind=row.object_kind,
        object_id=row.object_id,
        details=decode(dict[str, str], row.details),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
