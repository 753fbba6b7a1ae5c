"""Fields of a form: read within limits, and kept over a session that has run out."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

LARGEST_FORM_BYTES = 600_000
"""An article of 20,000 characters, opened whole on the page where it is edited."""
LARGEST_UPLOAD_BYTES = 11 * 1024 * 1024
MOST_FIELDS = 400
CSRF_FIELD = "csrf"
KEPT_FIELD, KEPT_ACTION_FIELD = "kept", "kept_action"


class FormRefused(Exception):
    """The body is not a form of ours: too large, or not one at all."""


@dataclass(frozen=True)
class Upload:
    """A file that came with a form."""

    name: str
    content: bytes


async def read_upload(request: Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """The fields of a form with files, and the files that were chosen.

    Raises:
        FormRefused: too large, too many fields or files, or not such a form at all.
    """
    body = await _body(request, LARGEST_UPLOAD_BYTES)

    async def at_once() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(
        request.headers,
        at_once(),
        max_files=1,
        max_fields=MOST_FIELDS,
        max_part_size=LARGEST_FORM_BYTES,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise FormRefused from error
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = Upload(value.filename, await value.read())
        else:
            fields[name] = value
    await form.close()
    return fields, files


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form; of a repeated one the last.

    Raises:
        FormRefused: too large, too many fields, or not UTF-8.
    """
    body = await _body(request, LARGEST_FORM_BYTES)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise FormRefused from error
    return dict(pairs)


async def _body(request: Request, largest: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise FormRefused
    return bytes(body)


def is_from_elsewhere(request: Request) -> bool:
    """Whether another site sent this form; browsers that do not say are held to the token."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def local_path(wanted: str) -> str:
    """`wanted` if it is a page of ours, else the first page: a login never leads elsewhere."""
    parts = urlsplit(wanted)
    is_ours = wanted.startswith("/") and not parts.scheme and not parts.netloc
    return wanted if is_ours and "\\" not in wanted and "//" not in wanted[:2] else "/"


def packed(fields: Mapping[str, str]) -> str:
    """The fields of an interrupted form as one hidden value, without its token."""
    return json.dumps({k: v for k, v in fields.items() if k != CSRF_FIELD}, ensure_ascii=False)


def unpacked(kept: str) -> dict[str, str]:
    """What `packed` made; nothing when it was tampered with."""
    try:
        fields = json.loads(kept or "{}")
    except ValueError:
        return {}
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        return {}
    return {str(name): str(value) for name, value in fields.items()}
