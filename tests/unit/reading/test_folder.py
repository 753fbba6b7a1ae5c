"""A watched folder gives every finished file, and says when nothing changed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.ids import SourceId
from bot.domain.releases.release import ReleaseReading
from bot.domain.releases.source import Source, SourceKind
from bot.ports.reading import FeedReading
from bot.reading.files import read_release_file
from bot.reading.folder import read_folder
from tests.fakes.media import FakeMediaStore

KEEP = FakeMediaStore().put


def _read(path: Path) -> ReleaseReading:
    return read_release_file(path, KEEP)


LATER = 60.0


def _write(folder: Path, name: str, text: str = "正文。") -> Path:
    path = folder / name
    path.write_text(f"---\n标题: 通知{name}\n发文机关: 甲局\n---\n{text}\n")
    return path


def _source(folder: Path, etag: str = "") -> Source:
    return Source(SourceId("s"), "收件夹", SourceKind.FOLDER, address=str(folder), etag=etag)


def _look(folder: Path, *, etag: str = "", after: float = LATER) -> FeedReading:
    """Look `after` seconds past the newest write."""
    newest = max((p.lstat().st_ctime for p in folder.iterdir()), default=0.0)
    return read_folder(_source(folder, etag), _read, now=newest + after)


def test_reads_every_file_and_then_nothing_until_one_changes(tmp_path: Path) -> None:
    """The digest of the listing stands for what was seen."""
    _write(tmp_path, "a.md")
    changing = _write(tmp_path, "b.md")
    first = _look(tmp_path)
    same = _look(tmp_path, etag=first.etag)
    changing.write_text(changing.read_text() + "又一段。\n")

    changed = _look(tmp_path, etag=first.etag)

    assert [reading.source_id for reading in first.readings] == ["a", "b"]
    assert same.not_modified
    assert not changed.not_modified
    assert changed.etag != first.etag


def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    """Two seconds of quiet make a file whole; the digest leaves it out until then."""
    _write(tmp_path, "a.md")

    busy = _look(tmp_path, after=1.0)
    quiet = _look(tmp_path, etag=busy.etag, after=3.0)

    assert busy.readings == ()
    assert [reading.source_id for reading in quiet.readings] == ["a"]


def test_a_copied_file_with_an_old_date_waits_too(tmp_path: Path) -> None:
    """Copying tools set the modification time back while the copy is fresh."""
    path = _write(tmp_path, "a.md")
    os.utime(path, (1.0, 1.0))

    assert _look(tmp_path, after=1.0).readings == ()


def test_a_file_that_changes_while_it_is_read_is_left_for_next_time(tmp_path: Path) -> None:
    """Half of the old and half of the new is no release."""
    path = _write(tmp_path, "a.md")

    def read_and_change(file: Path):  # type: ignore[no-untyped-def]
        reading = read_release_file(file, KEEP)
        path.write_text("---\n标题: 另一\n发文机关: 甲局\n---\n另一个正文\n")
        return reading

    now = path.lstat().st_ctime + LATER
    interrupted = read_folder(_source(tmp_path), read_and_change, now=now)

    assert interrupted.readings == ()
    assert not _look(tmp_path, etag=interrupted.etag).not_modified


def test_an_unusable_file_is_refused_by_name_and_the_others_are_read(tmp_path: Path) -> None:
    """One bad file stops nobody."""
    _write(tmp_path, "a.md")
    (tmp_path / "b.json").write_text("{")

    look = _look(tmp_path)

    assert [reading.source_id for reading in look.readings] == ["a"]
    assert look.refusals[0].startswith("b.json")


def test_two_files_with_one_key_do_not_take_turns(tmp_path: Path) -> None:
    """Each look would otherwise make another version of the release."""
    _write(tmp_path, "a.md", "第一份。")
    _write(tmp_path, "a.txt", "第二份。")

    look = _look(tmp_path)

    assert [reading.content.body.text for reading in look.readings] == ["第一份。"]
    assert "编号与 a.md 相同" in look.refusals[0]


def test_hidden_temporary_linked_and_foreign_files_are_left_alone(tmp_path: Path) -> None:
    """Only release files lying in the folder itself are read."""
    for name in (".a.md", "~b.md", "c.md.part", "d.exe"):
        _write(tmp_path, name)
    inside = tmp_path / "sub"
    inside.mkdir()
    (tmp_path / "f.md").symlink_to(_write(inside, "e.md"))

    look = _look(tmp_path)

    assert (look.readings, look.refusals) == ((), ())


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    """It names the source whose settings must be looked at."""
    source = replace(_source(tmp_path), address=str(tmp_path / "gone"))

    with pytest.raises(InvalidInput, match="收件夹"):
        read_folder(source, _read, now=0)
