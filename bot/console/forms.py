"""Fields of a form: read within limits, and kept over a session that has run out."""

import json
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.domain.ids import ReplyId

LARGEST_FORM_BYTES = 600_000
"""An article of 20,000 characters, opened whole on the page where it is edited."""

MOST_FIELDS = 400
BESIDE_FILES_BYTES = 1024 * 1024
"""Of the fields of a form beside its files."""

LARGEST_UPLOAD_BYTES = 20 * 1024 * 1024 + BESIDE_FILES_BYTES
"""Of a form with files, whole: a file of 20 MB and its fields."""

LARGEST_FIELD_BYTES = 6 * 1024 * 1024
"""Of one field beside files: a long paste with all the marks Word puts into it."""

LARGEST_UNSIGNED_BYTES = 500_000
"""Of such a form from somebody whose session has run out: what they wrote is kept for them."""

LARGEST_KEPT_BYTES = 2_000_000
"""Of the login form, which may carry that."""

MOST_UPLOAD_FIELDS, MOST_FILES = 400, 20
LONGEST_FILE_NAME = 120
CSRF_FIELD = "csrf"
KEPT_FIELD, KEPT_ACTION_FIELD = "kept", "kept_action"
_TICKED = "reply-"
NEVER_KEPT = frozenset({"app_secret", "token", "aes_key", "fan_service_secret"})
"""What is written once more rather than put on a page."""


class FormRefused(Exception):
    """The body is not a form of ours: too large, or not one at all."""


@dataclass(frozen=True)
class Upload:
    """A file that was sent with a form; an input left empty sends none."""

    name: str
    content: bytes = field(repr=False)


async def read_upload(
    request: Request, *, largest: int = LARGEST_UPLOAD_BYTES
) -> tuple[dict[str, str], dict[str, Upload]]:
    """Fields and files of a form that may carry files, all held in memory; an urlencoded one has
    none. Of a repeated name the last counts.

    Raises:
        FormRefused: larger than `largest` bytes, too many parts, or no form at all.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await read_fields(request, largest=largest, most=MOST_UPLOAD_FIELDS), {}

    async def bounded() -> AsyncGenerator[bytes, None]:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > largest:
                raise FormRefused
            yield chunk

    parser = _InMemory(
        request.headers,
        bounded(),
        max_files=MOST_FILES,
        max_fields=MOST_UPLOAD_FIELDS,
        max_part_size=LARGEST_FIELD_BYTES,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeDecodeError, KeyError) as error:
        raise FormRefused from error
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields[name] = value
        elif value.filename:
            uploads[name] = Upload(_file_name(value), await value.read())
    await form.close()
    return fields, uploads


class _InMemory(MultiPartParser):
    """Nothing of what staff upload is written to the system's folder for passing files."""

    spool_max_size = sys.maxsize


def _file_name(upload: UploadFile) -> str:
    """The name without folders, which some browsers send, and without control characters."""
    name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in name if sign.isprintable())
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[: LONGEST_FILE_NAME - len(suffix) - 1]}{dot}{suffix[:20]}"


async def read_fields(
    request: Request, *, largest: int = LARGEST_FORM_BYTES, most: int = MOST_FIELDS
) -> dict[str, str]:
    """The fields of an urlencoded form; of a repeated one the last.

    Raises:
        FormRefused: too large, too many fields, or not UTF-8.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise FormRefused
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise FormRefused from error
    return dict(pairs)


def ticked_replies(fields: Mapping[str, str]) -> Sequence[ReplyId]:
    """The replies whose rows were ticked."""
    ticked = (name for name in fields if name.startswith(_TICKED))
    return [ReplyId(name.removeprefix(_TICKED)) for name in ticked]


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
    kept = {k: v for k, v in without_secrets(fields).items() if k != CSRF_FIELD}
    return json.dumps(kept, ensure_ascii=False)


def without_secrets(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that may stand on a page."""
    return {name: value for name, value in fields.items() if name not in NEVER_KEPT}


def unpacked(kept: str) -> dict[str, str]:
    """What `packed` made; nothing when it was tampered with."""
    try:
        fields = json.loads(kept or "{}")
    except ValueError:
        return {}
    if not isinstance(fields, dict) or len(fields) > MOST_UPLOAD_FIELDS:
        return {}
    return {str(name): str(value) for name, value in fields.items()}
