"""The audit chain: every change by a person, each record bound to the one before it."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.domain.canonical import canonical_json, content_json

GENESIS = "0" * 64


@dataclass(frozen=True)
class AuditRecord:
    """Who did what to which object, and when. Holds ids and hashes, never a follower's words."""

    sequence: int
    at: datetime
    actor: str
    action: str
    object_kind: str
    object_id: str
    details: dict[str, str]
    previous_hash: str
    hash: str = ""


def sealed(record: AuditRecord, key: bytes) -> AuditRecord:
    """The record with its keyed hash over its content and its predecessor's hash."""
    return replace(record, hash=_record_hash(record, key))


def keyed_hash(key: bytes, *parts: str) -> str:
    """What stands in records and tombstones for words or an id that must not be kept: the same
    parts give the same hash, and without the key nobody can try out guesses."""
    body = canonical_json(["keyed hash", *parts])
    return hmac.new(key, body.encode("utf-8", "surrogatepass"), sha256).hexdigest()[:32]


def first_broken(records: Iterable[AuditRecord], key: bytes) -> int | None:
    """Sequence of the first record that does not verify, or None when the chain is whole.

    A cut tail cannot be seen from inside: compare the last hash with a digest kept elsewhere.
    """
    previous, expected = GENESIS, 1
    for record in records:
        honest = hmac.compare_digest(record.hash, _record_hash(record, key))
        if record.sequence != expected or record.previous_hash != previous or not honest:
            return record.sequence
        previous, expected = record.hash, expected + 1
    return None


def _record_hash(record: AuditRecord, key: bytes) -> str:
    body = content_json(replace(record, hash=""))
    return hmac.new(key, body.encode(), sha256).hexdigest()
