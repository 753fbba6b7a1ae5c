"""What belongs to a release in the JSON shape: its attachments and its interpretations."""

import re

from bot.domain.releases.document import Attachment, Document
from bot.domain.releases.release import Interpretation
from bot.language.cleaning import clean
from bot.reading.bodies import BODY_FIELDS, ReadBody, read_body_field
from bot.reading.fields import Fields
from bot.reading.interpretation_kinds import kind_named
from bot.reading.notes import Notes
from bot.reading.picture_labels import all_labelled, with_labels
from bot.reading.repeated_head import without_repeated_head
from bot.reading.secrecy import check_secrecy

_KNOWN_INTERPRETATION = frozenset(
    ["title", "kind", "url", "published_on", "speaker", "ai_generated", "ai_generated_pictures"]
) | frozenset(BODY_FIELDS)
_KNOWN_ATTACHMENT = frozenset(
    [
        "title",
        "name",
        "filename",
        "url",
        "content_type",
        "file_size",
        "media_type",
        "size",
        "sha256",
    ]
)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WITHOUT_ADDRESS = (
    "附件缺少完整网址，请填写以 http:// 或 https:// 开头的地址；"
    "先上传到 /api/attachments 的附件填写带后缀的 name 和上传时得到的 sha256"
)
LONGEST_TITLE = 500
LONGEST_SPEAKER = 100
MOST_INTERPRETATIONS = 50


def read_attachments(fields: Fields, notes: Notes) -> tuple[Attachment, ...]:
    """The listed attachments, each by its address or by the hash under which it is kept with us,
    then the files that the body links; each once."""
    found: dict[str, Attachment] = {}
    for given in fields.objects("attachments"):
        given.refuse_unknown(_KNOWN_ATTACHMENT)
        address = given.text("url")
        url = notes.web_address(address) if address else None
        name = given.text("title") or given.text("name") or given.text("filename")
        sha256 = given.text("sha256")
        if url is not None:
            found[url] = Attachment(name or url.rsplit("/", 1)[-1], url, sha256)
        elif not address and name and sha256 and _SHA256.fullmatch(sha256):
            found[sha256] = Attachment(name, "", sha256)
        else:
            given.fault("url", _WITHOUT_ADDRESS)
    for linked in notes.attachments:
        if linked.url not in found:
            found[linked.url] = linked
            notes.find(
                "attachment_linked", f"正文中链接的文件“{linked.name}”已列为附件", "attachments"
            )
    return tuple(found.values())


def read_interpretations(fields: Fields, notes: Notes) -> tuple[Interpretation, ...]:
    """The interpretations; each needs a title, and a body or an address."""
    given = fields.objects("interpretations")
    if len(given) > MOST_INTERPRETATIONS:
        fields.fault("interpretations", f"解读超过 {MOST_INTERPRETATIONS} 篇，请核对")
        return ()
    read = [read_interpretation(item, notes) for item in given]
    return tuple(item for item in read if item is not None)


def read_interpretation(
    given: Fields, notes: Notes, read_body: ReadBody = read_body_field
) -> Interpretation | None:
    """One interpretation; None, with what is missing noted, when it has no title.

    `read_body` is another way to the body, for inputs whose body is already parsed.
    """
    given.refuse_unknown(_KNOWN_INTERPRETATION)
    title, address = given.text("title", longest=LONGEST_TITLE), given.text("url")
    url = notes.web_address(address) if address else None
    if title is None:
        given.fault("title", "缺少解读标题，请填写")
    if address and url is None:
        given.fault("url", "不是完整网址，请填写以 http:// 或 https:// 开头的地址")
    body = read_body(given, notes)
    if body is None and url is None:
        given.fault("body", "解读既没有正文也没有网址，请至少填写一项")
    if title is None:
        return None
    if body is None:
        notes.find(
            "interpretation_without_body", f"解读“{title}”没有正文，只有网址", "interpretations"
        )
    else:
        check_text(f"{title}\n{body.text}", notes, place=f"解读“{title[:20]}”")
        body = without_repeated_head(body, title=title, document_number=None, notes=notes)
    body = body or Document(())
    return Interpretation(
        title,
        kind_named(given.text("kind"), title, notes),
        with_labels(body) if not given.flag("ai_generated_pictures") else all_labelled(body),
        url,
        given.day("published_on"),
        given.text("speaker", longest=LONGEST_SPEAKER),
        given.flag("ai_generated"),
    )


def check_text(text: str, notes: Notes, *, place: str) -> None:
    """Note marks that forbid publication, and damage that nobody could repair."""
    check_secrecy(text, notes, place=place)
    notes.count("damaged", clean(text).damaged)
