"""The audit chain shows any change inside it."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import GENESIS, AuditRecord, first_broken, sealed
from tests.factories import after

KEY = b"key of the test"


def chain(length: int) -> list[AuditRecord]:
    records: list[AuditRecord] = []
    for number in range(1, length + 1):
        record = AuditRecord(
            sequence=number,
            at=after(number),
            actor="王审核",
            action="post.approved",
            object_kind="post",
            object_id=f"pst_{number}",
            details={"revision": "1"},
            previous_hash=records[-1].hash if records else GENESIS,
        )
        records.append(sealed(record, KEY))
    return records


def test_an_honest_chain_verifies() -> None:
    """Also an empty one."""
    assert first_broken([], KEY) is None
    assert first_broken(chain(5), KEY) is None


@given(
    st.integers(0, 4),
    st.sampled_from(["actor", "action", "object_kind", "object_id", "previous_hash", "hash"]),
)
def test_any_edited_field_is_found_at_its_record(place: int, field: str) -> None:
    """The first broken record is named."""
    records = chain(5)
    edited: dict[str, Any] = {field: "edited"}
    records[place] = replace(records[place], **edited)

    assert first_broken(records, KEY) == place + 1


@given(st.integers(0, 3))
def test_a_record_taken_out_is_noticed(place: int) -> None:
    """The numbers and the hashes no longer follow each other."""
    records = chain(5)
    del records[place]

    assert first_broken(records, KEY) is not None


def test_an_edit_with_new_seals_needs_the_key() -> None:
    """Whoever has only the database cannot make it fit again."""
    records = chain(3)
    forged = replace(records[1], actor="别人", hash="")
    records[1] = sealed(forged, b"another key")

    assert first_broken(records, KEY) == 2


def test_a_cut_tail_shows_only_against_a_digest_kept_elsewhere() -> None:
    """What this chain cannot tell, and why the daily digest exists."""
    records = chain(5)

    assert first_broken(records[:3], KEY) is None
    assert records[2].hash != records[4].hash
