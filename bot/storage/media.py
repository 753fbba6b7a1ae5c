"""Picture and attachment bytes as files named by their content."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.domain.errors import NotFound

_SHA256 = re.compile(r"[0-9a-f]{64}")


class FolderMediaStore:
    """Keeps the promises of `ports.media.MediaStore` and `MediaShelf` under `folder`.

    A file is whole or absent: bytes are written beside it, brought to the disk, then renamed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._touched(sha256):
            path = self._path(sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
        return sha256

    def get(self, sha256: str) -> bytes:
        # The name comes from outside; anything but a hash could lead out of the folder.
        if not _SHA256.fullmatch(sha256):
            raise NotFound("媒体文件", sha256)
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("媒体文件", sha256) from error

    def untouched_since(self, moment: datetime) -> Iterator[str]:
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            if _SHA256.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp():
                yield path.name

    def touch(self, sha256: str) -> None:
        self._touched(sha256)

    def discard(self, sha256: str, *, untouched_since: datetime) -> bool:
        # Out of everybody's reach first: what is put again meanwhile is written anew, and what
        # was touched just before comes back.
        path, aside = self._path(sha256), self._path(sha256).with_name(f".gone-{sha256}")
        try:
            path.rename(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime >= untouched_since.timestamp():
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def _touched(self, sha256: str) -> bool:
        try:
            os.utime(self._path(sha256))
        except FileNotFoundError:
            return False
        return True

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _write(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    """A rename survives a power cut only once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
