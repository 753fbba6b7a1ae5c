"""A watched folder: every release file that is finished being written, and one digest of them."""

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.release import ReleaseReading
from bot.domain.releases.source import Source
from bot.ports.reading import FeedReading
from bot.reading.files import SUFFIXES

QUIET_SECONDS = 2.0
"""How long a file must have been left alone before it counts as written."""

ReadFile = Callable[[Path], ReleaseReading]


@dataclass(frozen=True)
class SettledFile:
    """A finished file; size in bytes, times in nanoseconds since the epoch."""

    path: Path
    size: int
    mtime_ns: int
    ctime_ns: int


def read_folder(
    source: Source, read_file: ReadFile, *, now: float, quiet_seconds: float = QUIET_SECONDS
) -> FeedReading:
    """The releases lying directly in `source.address`; `now` is epoch seconds.

    Hidden, temporary and linked files are no release files. A file touched within
    `quiet_seconds`, or changing while it is read, is left for the next look. The same listing
    again is `not_modified`; a file that cannot be used becomes a refusal, the others are read.

    Raises:
        InvalidInput: the folder is not there or may not be listed.
    """
    settled = list(_settled_files(_listed(source), now, quiet_seconds))
    if source.etag and listing_digest(settled) == source.etag:
        return FeedReading((), (), source.etag, not_modified=True)
    readings: dict[str, ReleaseReading] = {}
    origin: dict[str, str] = {}
    refusals: list[str] = []
    done: list[SettledFile] = []
    for file in settled:
        try:
            reading = read_file(file.path)
        except InvalidInput as refused:
            reading, sentence = None, str(refused)
        if _settled(file.path, now, quiet_seconds=0) != file:
            continue
        done.append(file)
        if reading is None:
            refusals.append(f"{file.path.name} 没有采用：{sentence}")
        elif (first := origin.setdefault(reading.source_id, file.path.name)) != file.path.name:
            refusals.append(
                f"{file.path.name} 没有采用：编号与 {first} 相同，请改名或填写不同的编号"
            )
        else:
            readings[reading.source_id] = reading
    return FeedReading(tuple(readings.values()), tuple(refusals), listing_digest(done))


def listing_digest(files: list[SettledFile]) -> str:
    """A digest that changes whenever a file comes, goes or is written again."""
    lines = (f"{f.path.name}\0{f.size}\0{f.mtime_ns}\0{f.ctime_ns}" for f in files)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _listed(source: Source) -> list[Path]:
    folder = Path(source.address).expanduser()
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        message = (
            f"无法打开 {folder}（{error.strerror}），请检查来源“{source.name}”的文件夹地址和权限"
        )
        raise InvalidInput([Problem("文件夹", message)]) from error


def _settled_files(listed: list[Path], now: float, quiet_seconds: float) -> Iterator[SettledFile]:
    for path in listed:
        hidden = path.name.startswith((".", "~"))
        if not hidden and path.suffix.lower() in SUFFIXES:
            file = _settled(path, now, quiet_seconds)
            if file is not None:
                yield file


def _settled(path: Path, now: float, quiet_seconds: float) -> SettledFile | None:
    """The file, or None while it is being written, and for what is no file of the folder's own.

    The change time decides too: copying tools set the modification time back.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    quiet = min(abs(now - found.st_mtime), abs(now - found.st_ctime))
    if not stat.S_ISREG(found.st_mode) or quiet < quiet_seconds:
        return None
    return SettledFile(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
