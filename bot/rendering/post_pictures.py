"""The pictures that go with a short post: the release's own, or drawn from its text."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.posts.draft import Picture
from bot.domain.releases.document import Image
from bot.rendering.cards import Card, draw_card, points_of
from bot.rendering.commission import Commission
from bot.rendering.fitting import PictureRules, fit_picture
from bot.rendering.subjects import INFOGRAPHIC, Subject, bodies


def post_pictures(commission: Commission, subjects: Sequence[Subject]) -> tuple[Picture, ...]:
    """The release's own, an infographic's first; without any, what the template has drawn."""
    most, wanted = commission.limits.pictures, commission.manifest.text.picture
    if wanted == "none" or not most:
        return ()
    images: list[Image] = []
    for subject in sorted(subjects, key=lambda each: each.label != INFOGRAPHIC):
        images.extend(subject.body.images)
    found = tuple(filter(None, (commission.picture_of(image) for image in images[:most])))
    if not found and wanted == "card":
        return (_card(commission, subjects[0]),)
    return found


def _card(commission: Commission, subject: Subject) -> Picture:
    content = commission.content
    number = f"（{content.document_number}）" if content.document_number else ""
    card = Card(
        label=subject.label,
        title=commission.titling.shorter(subject.title, commission.manifest.text.title),
        issuer=bodies(content),
        points=points_of(subject.body, commission.make_digest),
        source=f"摘自《{subject.title}》{number}，内容以全文为准",
        colour=commission.theme,
    )
    fit = fit_picture(draw_card(card, commission.split_words), PictureRules.of(commission.limits))
    return replace(commission.desk.keep(fit.content), alt=subject.title)
