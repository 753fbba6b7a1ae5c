"""Bytes kept by their content."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import NotFound
from bot.storage.media import FolderMediaStore


def test_bytes_are_kept_once_under_their_hash(tmp_path: Path) -> None:
    """The same bytes twice are one file, and nothing half-written lies beside it."""
    store = FolderMediaStore(tmp_path / "media")

    names = {store.put(b"picture"), store.put(b"picture")}

    assert names == {hashlib.sha256(b"picture").hexdigest()}
    assert store.get(names.pop()) == b"picture"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("name", ["0" * 64, "../secret.key", "", "A" * 64])
def test_only_hashes_lead_to_files(tmp_path: Path, name: str) -> None:
    """Unknown hashes are not found, and no name leads out of the folder."""
    (tmp_path / "secret.key").write_text("secret")
    store = FolderMediaStore(tmp_path / "media")
    store.put(b"picture")

    with pytest.raises(NotFound):
        store.get(name)


NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=40)


def aged(folder: Path, content: bytes) -> str:
    """A file that nobody has touched for forty days."""
    sha256 = FolderMediaStore(folder).put(content)
    seconds = LONG_AGO.timestamp()
    os.utime(folder / sha256[:2] / sha256, (seconds, seconds))
    return sha256


def test_old_files_are_named_and_go_away_for_good(tmp_path: Path) -> None:
    """Young ones and what is no file of ours stay out of it."""
    store, old = FolderMediaStore(tmp_path), aged(tmp_path, b"old")
    store.put(b"young")
    (tmp_path / old[:2] / ".draft-x").write_bytes(b"half written")
    before = NOW - timedelta(days=30)

    named = list(store.untouched_since(before))

    assert named == [old]
    assert store.discard(old, untouched_since=before)
    assert not store.discard(old, untouched_since=before)
    assert list(store.untouched_since(before)) == []
    with pytest.raises(NotFound):
        store.get(old)


def test_a_file_that_is_put_again_or_touched_stays(tmp_path: Path) -> None:
    """Also between the look and the broom."""
    store, before = FolderMediaStore(tmp_path), NOW - timedelta(days=30)
    again, touched = aged(tmp_path, b"again"), aged(tmp_path, b"touched")

    store.put(b"again")
    store.touch(touched)
    store.touch("0" * 64)

    assert not store.discard(again, untouched_since=before)
    assert not store.discard(touched, untouched_since=before)
    assert (store.get(again), store.get(touched)) == (b"again", b"touched")
