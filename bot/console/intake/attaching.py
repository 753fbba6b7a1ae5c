"""The attachments of an input on its page: files put beside the text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.console.forms import Upload
from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.attachments import MOST_ATTACHMENTS, added
from bot.domain.releases.document import Attachment
from bot.domain.releases.release import ReleaseContent
from bot.ports.media import MediaStore
from bot.usecases.releases.attach_file import keep_attachment, kept_attachment

NEW = "new_attachment"


def put_beside(
    upload: Upload | None, answers: Mapping[str, str], *, largest: int, media: MediaStore
) -> dict[str, str]:
    """`answers` with one more attachment, its bytes kept.

    Raises:
        InvalidInput: no file, too large, of no kind that is handed out, or one too many.
    """
    if upload is None:
        raise InvalidInput([Problem(NEW, "请先选择一个附件")])
    kept = keep_attachment(upload.name, upload.content, largest=largest, media=media, field=NEW)
    files = added(listed(answers), kept)
    others = {name: said for name, said in answers.items() if not name.startswith("attached-")}
    return others | _told(files)


def listed(answers: Mapping[str, str]) -> tuple[Attachment, ...]:
    """What was put beside the text and not taken away, as the form says it."""
    found: list[Attachment] = []
    for number in range(1, MOST_ATTACHMENTS + 1):
        name = f"attached-{number}"
        if answers.get(name) and not answers.get(f"{name}-out"):
            size = answers.get(f"{name}-size", "")
            bytes_ = int(size) if size.isdecimal() and len(size) < 12 else 0
            found.append(
                Attachment(answers.get(f"{name}-name", ""), "", answers[name], size=bytes_)
            )
    return tuple(found)


def with_files(
    content: ReleaseContent, answers: Mapping[str, str], media: MediaStore
) -> ReleaseContent:
    """`content` with what was put beside it, each file judged again by its bytes.

    Raises:
        InvalidInput: a file is not kept any more, or may not be handed out.
    """
    attachments: Sequence[Attachment] = content.attachments
    for each in listed(answers):
        judged = kept_attachment(each.name, each.sha256 or "", media, field=NEW)
        attachments = added(attachments, judged)
    return replace(content, attachments=tuple(attachments))


def _told(files: Sequence[Attachment]) -> dict[str, str]:
    told: dict[str, str] = {}
    for number, each in enumerate(files, start=1):
        name = f"attached-{number}"
        told |= {name: each.sha256 or "", f"{name}-name": each.name, f"{name}-size": str(each.size)}
    return told
