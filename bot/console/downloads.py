"""Lists as files to take away: written down in the audit first, masked unless the visitor may."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response

from bot.console.visit import Visit
from bot.console.words.times import beijing_date
from bot.usecases.replies.open_export import open_export

MOST_ROWS = 20_000
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def download(
    visit: Visit, kind: str, *, asked: str, write: Callable[[Path, bool], object]
) -> Response:
    """A file of `kind` (`replies`, `cases`) that `write` makes at a path, told whether personal
    data stays as it is.

    Raises:
        NotAllowed: the visitor may not have personal data.
    """
    ending = visit.fields.get("format", "")
    ending = ending if ending in FORMATS else "xlsx"
    unmasked = visit.fields.get("unmasked") == "1"
    storage = visit.tools.storage
    open_export(unmasked=unmasked, asked=asked, actor=visit.actor, storage=storage, kind=kind)
    name = f"tongbu-{kind}-{beijing_date(visit.tools.clock.now())}.{ending}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path, unmasked)
        content = path.read_bytes()
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=FORMATS[ending], headers=headers)
