"""Bytes kept by their content."""

import hashlib
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
