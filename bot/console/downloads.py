"""Lists as files to take away: written down in the audit first, masked unless the visitor may."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response

from bot.console.visit import Visit
from bot.console.words.times import beijing_date
from bot.usecases.open_export import open_export

MOST_ROWS = 20_000
FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


TABLES = ("xlsx", "csv")


def download(visit: Visit, kind: str, *, asked: str, write: Callable[[Path], object]) -> Response:
    """A file of `kind` (`posts`, `coverage`, …) that `write` makes at a path; of a list without
    personal data.

    Raises:
        NotAllowed: the visitor may not read.
    """
    open_export(kind, asked=asked, actor=visit.actor, storage=visit.tools.storage)
    return _file(visit, kind, write, _table(visit))


def download_masked(
    visit: Visit, kind: str, *, asked: str, write: Callable[[Path, bool], object]
) -> Response:
    """A file of `kind` (`replies`, `cases`) that `write` makes at a path, told whether personal
    data stays as it is.

    Raises:
        NotAllowed: the visitor may not have personal data.
    """
    unmasked, storage = visit.fields.get("unmasked") == "1", visit.tools.storage
    open_export(kind, asked=asked, actor=visit.actor, storage=storage, unmasked=unmasked)
    return _file(visit, kind, lambda path: write(path, unmasked), _table(visit))


def download_word(
    visit: Visit, kind: str, *, asked: str, write: Callable[[Path], object]
) -> Response:
    """A .docx of `kind` that `write` makes at a path, the personal data in it masked.

    Raises:
        NotAllowed: the visitor may not read.
    """
    storage = visit.tools.storage
    open_export(kind, asked=asked, actor=visit.actor, storage=storage, unmasked=False)
    return _file(visit, kind, write, "docx")


def _table(visit: Visit) -> str:
    asked = visit.fields.get("format", "")
    return asked if asked in TABLES else "xlsx"


def _file(visit: Visit, kind: str, write: Callable[[Path], object], ending: str) -> Response:
    name = f"tongbu-{kind}-{beijing_date(visit.tools.clock.now())}.{ending}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        content = path.read_bytes()
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=FORMATS[ending], headers=headers)
