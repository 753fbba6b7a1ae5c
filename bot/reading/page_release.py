"""A web page as a release: its header gives the metadata, its body element the text."""

from collections.abc import Callable

from bot.domain.releases.document import Document
from bot.domain.releases.release import ReleaseReading
from bot.reading.fields import Fields
from bot.reading.html_body import read_body
from bot.reading.html_page import HtmlPage
from bot.reading.json_shape import read_release
from bot.reading.metadata import payload_of
from bot.reading.names import FIELD_NAMES
from bot.reading.notes import Notes

Tidy = Callable[[Document, Notes], Document]
"""Sets right what the input could not say by its marks."""


def read_page_release(
    page: HtmlPage,
    notes: Notes,
    *,
    default_key: str,
    default_issuing_body: str = "",
    tidy: Tidy = lambda document, _: document,
) -> ReleaseReading:
    """The release a page shows.

    Raises:
        InvalidInput: with every problem found.
    """
    metadata: dict[str, str] = {}
    for name, value in page.metadata.items():
        field = FIELD_NAMES.get(name)
        if field is None:
            notes.fault(f"tongbu:{name[:30]}", "不认识的元数据名称，请改用规定的名称或删去")
        else:
            metadata[field] = value

    def body_of_page(_: Fields, notes: Notes) -> Document | None:
        document = tidy(read_body(page.body, notes), notes)
        return document if document.blocks else None

    return read_release(
        payload_of(metadata),
        default_key=default_key,
        default_issuing_body=default_issuing_body,
        notes=notes,
        read_body=body_of_page,
    )
