"""The pictures that go with a short post: the release's own, or drawn from its text."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.posts.draft import Picture
from bot.domain.releases.document import Image
from bot.domain.text import in_book_marks
from bot.rendering.cards import Card, draw_card, points_of
from bot.rendering.commission import Commission
from bot.rendering.drawn_pages import drawn_pages, undrawable
from bot.rendering.fitting import PictureFault, PictureRules, fit_picture
from bot.rendering.long_pictures import TooLong
from bot.rendering.subjects import INFOGRAPHIC, Subject, signed_by


def post_pictures(commission: Commission, subjects: Sequence[Subject]) -> tuple[Picture, ...]:
    """What the template wants: the whole text drawn, or the release's own pictures, or, where
    there are none of these, a card. An infographic's pictures are its text, and come first."""
    most, wanted = commission.limits.pictures, commission.manifest.text.picture
    if wanted == "none" or not most:
        return ()
    images: list[Image] = []
    for subject in sorted(subjects, key=lambda each: each.label != INFOGRAPHIC):
        if wanted != "long" or subject.label == INFOGRAPHIC:
            images.extend(subject.body.images)
    found = tuple(filter(None, (commission.picture_of(image) for image in images[:most])))
    if not found and wanted == "long":
        found = _pages(commission, subjects[0])
    if not found and wanted != "first":
        return (_card(commission, subjects[0]),)
    return found


def _pages(commission: Commission, subject: Subject) -> tuple[Picture, ...]:
    """The text on long pictures; nothing, with a note, where they cannot be drawn."""
    limits = commission.limits
    if missing := undrawable(subject):
        commission.remarks.note(f"正文中的“{missing}”在现有字体里没有，未画长图，改配要点图")
        return ()
    try:
        pages = drawn_pages(commission, subject, most=limits.pictures)
        return tuple(_kept(commission, page.content, page.text) for page in pages)
    except TooLong as fault:
        commission.remarks.note(
            f"全文画成长图需要 {fault.needed} 张，这种发布方式最多 {limits.pictures} 张，改配要点图"
        )
    except PictureFault as fault:
        commission.remarks.note(f"长图未能画成（{fault}），改配要点图")
    return ()


def _card(commission: Commission, subject: Subject) -> Picture:
    content = commission.content
    # The 文号 is the policy's; on an interpretation it would pass for its own.
    number = f"（{content.document_number}）" if content.document_number else ""
    source = in_book_marks(subject.title) + ("" if subject.form else number)
    card = Card(
        label=subject.label,
        title=commission.titling.shorter(subject.title, commission.manifest.text.title),
        issuer=signed_by(content, subject),
        points=points_of(subject.body, commission.make_digest),
        source=f"摘自{source}，内容以全文为准",
        colour=commission.theme,
    )
    return _kept(commission, draw_card(card, commission.split_words), card.text)


def _kept(commission: Commission, content: bytes, alt: str) -> Picture:
    """A drawn picture within the platform's size, with what stands on it beside it."""
    fit = fit_picture(content, PictureRules.of(commission.limits))
    return replace(commission.desk.keep(fit.content), alt=alt)
