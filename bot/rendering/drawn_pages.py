"""A subject's whole text as pages of one picture each: what picture messages and posts show."""

from bot.domain.releases.document import Image
from bot.rendering.commission import Commission
from bot.rendering.lettering import missing_characters
from bot.rendering.long_pictures import DrawnPage, LongText, draw_long_pictures
from bot.rendering.markup import safe_link
from bot.rendering.subjects import Subject, signed_by


def drawn_pages(commission: Commission, subject: Subject, *, most: int) -> tuple[DrawnPage, ...]:
    """The whole text on at most `most` pages, each with what it says beside it.

    Raises:
        TooLong: not even the highest pages hold it.
    """
    content, link = commission.content, safe_link(subject.url)
    long = LongText(
        label=subject.label,
        title=subject.title,
        issuer=signed_by(content, subject),
        number=content.document_number or "",
        body=subject.body,
        source=("以上为全文，如有出入以原文为准。", *([f"原文：{link}"] if link else [])),
        colour=commission.theme,
    )
    return draw_long_pictures(
        long,
        most=most,
        heights=commission.manifest.gallery.heights,
        split_words=commission.split_words,
        picture_of=lambda image: _content_of(commission, image),
    )


def undrawable(subject: Subject) -> str:
    """The characters of the text that no font here has."""
    return missing_characters(subject.title + subject.body.text)


def _content_of(commission: Commission, image: Image) -> bytes | None:
    picture = commission.picture_of(image)
    return commission.desk.content_of(picture) if picture else None
