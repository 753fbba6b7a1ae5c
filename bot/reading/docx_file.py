"""A Word file as a release: its text through the reader of pages, its pictures kept with us."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers.expat import ExpatError

from lxml.html import HtmlElement

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.document import Document
from bot.domain.releases.release import ReleaseReading
from bot.reading.docx_package import open_package
from bot.reading.front_matter import FENCE, LONGEST_BLOCK, split_front_matter
from bot.reading.html_page import HtmlPage, read_page
from bot.reading.notes import Notes
from bot.reading.numbered_headings import with_numbered_headings
from bot.reading.page_release import read_page_release
from bot.reading.signatures import with_signatures_right

Keep = Callable[[bytes], str]
"""Keeps the bytes of a picture and returns their SHA-256."""

_PICTURE_TYPES = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "jpg", "gif", "bmp", "webp"))
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='tongbu center'] => p[align='center']:fresh
p[style-name='tongbu right'] => p[align='right']:fresh
"""
_SIDES = {"center": "center", "right": "right", "end": "right"}
_BROKEN = (ExpatError, LookupError, AttributeError, ValueError, TypeError, RecursionError)
"""What mammoth raises for parts that are not as the format says."""

_MARKS = {
    "revisions": (b"<w:ins ", b"<w:del "),
    "comments": (b"<w:commentReference",),
    "auto_numbers": (b"<w:numPr>",),
    "text_boxes": (b"<w:txbxContent",),
}
"""What a reader must compare with the original, by what stands in the main part."""


def read_docx(
    content: bytes,
    notes: Notes,
    keep: Keep,
    *,
    default_key: str,
    default_issuing_body: str = "",
) -> ReleaseReading:
    """The release in a Word file.

    Metadata comes from a block `---`, `名称: 内容`, `---` in the first paragraphs, or from a
    table of names and values, as on pages; the title also from the style 标题 or 标题 1. Revisions
    are read as accepted, comments are left out; both are findings.

    Raises:
        InvalidInput: the file cannot be opened, or is no release; with every problem found.
    """
    return read_page_release(
        docx_page(content, notes, keep),
        notes,
        default_key=default_key,
        default_issuing_body=default_issuing_body,
        tidy=tidy,
    )


def docx_page(content: bytes, notes: Notes, keep: Keep) -> HtmlPage:
    """The Word file as a page; the metadata block at its head is taken off.

    Raises:
        InvalidInput: the file cannot be opened.
    """
    main_part = open_package(content)
    for code, signs in _MARKS.items():
        if any(sign in main_part for sign in signs):
            notes.count(code)
    page = read_page(f"<html><body>{_Converter(notes, keep).html(content)}</body></html>")
    marked = split_front_matter("\n".join(_take_head(page.body)))
    notes.problems.extend(marked.problems)
    page.metadata.update(marked.metadata)
    return page


def tidy(document: Document, notes: Notes) -> Document:
    """Headings and signatures that are told by their shape, set right."""
    return with_signatures_right(with_numbered_headings(document, notes))


@dataclass(frozen=True)
class _Converter:
    notes: Notes
    keep: Keep

    def html(self, content: bytes) -> str:
        """The text as HTML; pictures stand in it by their hash."""
        import mammoth  # only where a Word file comes, for its memory

        try:
            converted = mammoth.convert_to_html(
                io.BytesIO(content),
                style_map=_STYLES,
                include_embedded_style_map=False,
                transform_document=mammoth.transforms.paragraph(_with_side),
                convert_image=self._image,
            )
        except _BROKEN as error:
            message = "Word 文件的内容不完整，请用 Word 或 WPS 打开确认后重新保存并提交"
            raise InvalidInput([Problem("文件", message)]) from error
        return str(converted.value)

    def _image(self, image: object) -> list[object]:
        from mammoth import html

        if getattr(image, "content_type", None) not in _PICTURE_TYPES:
            self.notes.count("picture_formats")
            return []
        try:
            with image.open() as file:  # type: ignore[attr-defined]  # mammoth has no types
                sha256 = self.keep(file.read())
        except (ValueError, LookupError):  # linked, not stored in the file; or a missing part
            self.notes.count("pictures_missing")
            return []
        self.notes.kept_pictures.add(sha256)
        alt = getattr(image, "alt_text", None) or ""
        return [html.element("img", {"src": sha256, "alt": alt})]


def _with_side(paragraph: object) -> object:
    """The alignment, which mammoth keeps but does not write, as a style of ours."""
    side = _SIDES.get(getattr(paragraph, "alignment", None) or "")
    styled = (getattr(paragraph, "style_name", None) or "").lower()
    if side is None or styled.startswith(("heading", "title")):
        return paragraph
    copy = getattr(paragraph, "copy")  # noqa: B009 - mammoth has no types
    return copy(style_id=None, style_name=f"tongbu {side}", numbering=None)


def _take_head(body: HtmlElement) -> list[str]:
    """The lines of the metadata block, which leaves the page; none when there is no block."""
    lines: list[str] = []
    taken: list[HtmlElement] = []
    for paragraph in list(body)[: LONGEST_BLOCK + 1]:
        for line_end in paragraph.iter("br"):
            line_end.tail = "\n" + (line_end.tail or "")
        lines += [line.strip() for line in paragraph.text_content().split("\n")]
        taken.append(paragraph)
        if not lines or lines[0] != FENCE:
            return []
        if len(lines) > 1 and lines[-1] == FENCE:
            for line_of_head in taken:
                line_of_head.drop_tree()
            return lines
    return []
