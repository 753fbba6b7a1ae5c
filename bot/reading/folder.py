"""A watched folder: which files are new or changed, and finished being written."""

import hashlib
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.reading.files import LARGEST_FILE, SUFFIXES

QUIET_SECONDS = 2.0
"""How long a file must have been left alone before it counts as written."""


@dataclass(frozen=True)
class SeenFile:
    """A file as it was last looked at; size in bytes, mtime in nanoseconds since the epoch."""

    name: str
    size: int
    mtime_ns: int
    digest: str


@dataclass(frozen=True)
class FolderLook:
    """`changed` files to read now; `seen` is what to remember for the next look."""

    changed: tuple[Path, ...]
    seen: Mapping[str, SeenFile]


def look_into(
    folder: Path,
    *,
    known: Mapping[str, SeenFile],
    now: float,
    quiet_seconds: float = QUIET_SECONDS,
) -> FolderLook:
    """Compare the release files directly in `folder` with what is `known`; `now` is epoch seconds.

    Hidden, temporary and linked files are not release files. A file touched within
    `quiet_seconds`, or changing while it is read, is left for the next look.

    Raises:
        OSError: the folder cannot be listed.
    """
    changed: list[Path] = []
    seen: dict[str, SeenFile] = {}
    for path in _release_files(folder):
        before = known.get(path.name)
        current = _look_at(path, before, now, quiet_seconds)
        if current is not None:
            seen[path.name] = current
            if before is None or before.digest != current.digest:
                changed.append(path)
        elif before is not None:
            seen[path.name] = before
    return FolderLook(tuple(changed), seen)


def _release_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith((".", "~"))
        if not hidden and path.suffix.lower() in SUFFIXES and not path.is_symlink():
            yield path


def _look_at(
    path: Path, before: SeenFile | None, now: float, quiet_seconds: float
) -> SeenFile | None:
    """The file as it is, or None while it is being written (or is gone again)."""
    try:
        first = path.stat()
        if not stat.S_ISREG(first.st_mode) or abs(now - first.st_mtime) < quiet_seconds:
            return None
        if before and (before.size, before.mtime_ns) == (first.st_size, first.st_mtime_ns):
            return before
        digest = _digest(path) if first.st_size <= LARGEST_FILE else f"size:{first.st_size}"
        last = path.stat()
    except FileNotFoundError:
        return None
    if (first.st_size, first.st_mtime_ns) != (last.st_size, last.st_mtime_ns):
        return None
    return SeenFile(path.name, first.st_size, first.st_mtime_ns, digest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
