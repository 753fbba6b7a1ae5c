"""A watched folder gives each finished file once."""

import os
from pathlib import Path

from bot.reading.folder import look_into

NOW = 1_800_000_000.0


def _write(path: Path, text: str, *, age: float = 60.0) -> None:
    path.write_text(text)
    os.utime(path, (NOW - age, NOW - age))


def test_lists_new_files_and_then_only_changed_ones(tmp_path: Path) -> None:
    """A file is read again when its content is another."""
    _write(tmp_path / "a.json", "1")
    _write(tmp_path / "b.md", "2")
    first = look_into(tmp_path, known={}, now=NOW)
    _write(tmp_path / "b.md", "3", age=30)

    second = look_into(tmp_path, known=first.seen, now=NOW)

    assert [path.name for path in first.changed] == ["a.json", "b.md"]
    assert [path.name for path in second.changed] == ["b.md"]


def test_a_touched_file_with_the_same_content_is_not_new(tmp_path: Path) -> None:
    """The digest decides, not the time."""
    _write(tmp_path / "a.json", "1")
    first = look_into(tmp_path, known={}, now=NOW)
    _write(tmp_path / "a.json", "1", age=10)

    assert look_into(tmp_path, known=first.seen, now=NOW).changed == ()


def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    """Two seconds of quiet make a file whole."""
    _write(tmp_path / "a.json", "1", age=1.0)

    busy = look_into(tmp_path, known={}, now=NOW)
    quiet = look_into(tmp_path, known=busy.seen, now=NOW + 1.5)

    assert busy.changed == ()
    assert [path.name for path in quiet.changed] == ["a.json"]


def test_a_known_file_being_rewritten_is_not_forgotten(tmp_path: Path) -> None:
    """Otherwise the same content would come in again after a touch."""
    _write(tmp_path / "a.json", "1")
    first = look_into(tmp_path, known={}, now=NOW)
    _write(tmp_path / "a.json", "1", age=0.5)

    second = look_into(tmp_path, known=first.seen, now=NOW)

    assert second.seen == first.seen


def test_hidden_temporary_linked_and_foreign_files_are_left_alone(tmp_path: Path) -> None:
    """Only release files lying in the folder itself are read."""
    for name in (".a.json", "~b.md", "c.part", "d.exe"):
        _write(tmp_path / name, "x")
    outside = tmp_path / "sub"
    outside.mkdir()
    _write(outside / "e.json", "x")
    (tmp_path / "f.json").symlink_to(outside / "e.json")

    assert look_into(tmp_path, known={}, now=NOW).changed == ()
