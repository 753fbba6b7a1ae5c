"""The body of an HTML page as blocks; every visible character stays, in its order."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, cast

from lxml.html import HtmlElement

from bot.domain.errors import InvalidInput, Problem
from bot.domain.releases.document import (
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
)
from bot.language.headings import numbering_level
from bot.reading.html_styles import aligned, is_hidden, lettered
from bot.reading.html_tags import BLOCKS, DROPPED, SILENT
from bot.reading.inline import BREAK, Piece, Style, lines_of
from bot.reading.notes import Notes

Side = Literal["left", "center", "right"]
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|txt|csv)$", re.IGNORECASE)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCK_LEVEL = BLOCKS | _HEADINGS | {"blockquote"}
_SOURCE_BLANKS = frozenset(["\n", "\n\n", " "])
_SIDES: dict[str, Side] = {"center": "center", "right": "right"}
DEEPEST = 120
"""Pages nest a few dozen levels; deeper ones are broken or hostile."""


def read_body(element: HtmlElement, notes: Notes) -> Document:
    """The blocks of `element`; whatever is left out or changed is noted.

    Raises:
        InvalidInput: elements are nested deeper than any page needs.
    """
    return Document(tuple(_Flow(notes).read(element, Style(), 0)))


class _Flow:
    """One flow of blocks: the page, a table cell, a list item or a quotation."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []

    def read(self, element: HtmlElement, style: Style, depth: int) -> list[Block]:
        """All blocks inside `element`."""
        self._children(element, style, depth)
        self._end_paragraph(style)
        return self.blocks

    def _children(self, element: HtmlElement, style: Style, depth: int) -> None:
        if depth > DEEPEST:
            message = f"网页元素嵌套超过 {DEEPEST} 层，无法可靠读取，请用编辑器清理格式后重新提交"
            raise InvalidInput([Problem("正文", message)])
        self._text(element.text, style)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, style, depth + 1)
            self._text(child.tail, style)

    def _text(self, text: str | None, style: Style) -> None:
        if text:
            if not self.pieces and text in _SOURCE_BLANKS and not style.keeps_blanks:
                return  # before the first word of a paragraph, as between any two elements
            cleaned = self.notes.clean(text)
            if style.keeps_blanks:
                cleaned = cleaned.replace("\n", BREAK)
            self.pieces.append(Piece(cleaned, style))

    def _element(self, element: HtmlElement, style: Style, depth: int) -> None:
        tag = cast(str, element.tag).lower()
        if tag in SILENT:
            return
        if tag in DROPPED:
            self.notes.dropped[tag] += 1
        elif element.get("hidden") is not None or is_hidden(element.get("style")):
            self.notes.count("hidden")
        elif tag == "br":
            self.pieces.append(Piece(BREAK, style))
        elif tag == "img":
            self._image(element, style)
        elif tag == "hr":
            self._end_paragraph(style)
            self.blocks.append(Rule())
        else:
            self._container(element, tag, self._styled(element, tag, style), style, depth)

    def _container(
        self, element: HtmlElement, tag: str, inner: Style, outer: Style, depth: int
    ) -> None:
        if tag not in _BLOCK_LEVEL:
            self._children(element, inner, depth)
            return
        self._end_paragraph(outer)
        if tag == "table":
            self._table(element, inner, depth)
        elif tag in ("ul", "ol"):
            self._list(element, inner, depth, ordered=tag == "ol")
        elif tag == "blockquote":
            self._quote(element, inner, depth)
        elif tag == "figure":
            self._figure(element, inner, depth)
        elif tag in _HEADINGS:
            self._heading(element, inner, depth)
        else:
            self._children(element, inner, depth)
            self._end_paragraph(inner)

    def _styled(self, element: HtmlElement, tag: str, style: Style) -> Style:
        css = element.get("style") or ""
        style = aligned(element, tag, css, style)
        if tag in ("b", "strong", "dt"):
            style = replace(style, bold=True)
        elif tag in ("em", "i"):
            style = replace(style, italic=True)
        elif tag == "pre":
            style = replace(style, keeps_blanks=True)
        elif tag in ("sup", "sub"):
            self.notes.count("scripts_kept_flat")
        elif tag == "a":
            style = self._linked(element, style)
        return lettered(css, style) if css else style

    def _linked(self, element: HtmlElement, style: Style) -> Style:
        address = (element.get("href") or "").strip()
        if not address or address.startswith("#"):
            return style
        url = self.notes.web_address(address)
        if url is None:
            self.notes.count("link_lost")
            return style
        if _FILE.search(url.split("?")[0]):
            name = " ".join(element.text_content().split()) or url.rsplit("/", 1)[-1]
            self.notes.attachments.append(Attachment(name, url))
        return replace(style, link=url)

    def _end_paragraph(self, style: Style) -> None:
        pieces, self.pieces = self.pieces, []
        if pieces:
            align = pieces[0].style.align if style.align == "left" else style.align
            self.blocks.extend(_paragraphs(pieces, align))

    def _image(self, element: HtmlElement, style: Style, caption: str = "") -> None:
        self._end_paragraph(style)
        source = (element.get("src") or element.get("data-src") or "").strip()
        alt = " ".join(self.notes.clean(element.get("alt") or "").split())
        if source in self.notes.kept_pictures:
            self.blocks.append(Image("", alt, caption, sha256=source))
            return
        url = self.notes.web_address(source)
        if url is None:
            self.notes.count("picture_addresses")
        self.blocks.append(Image(url or source, alt, caption))

    def _heading(self, element: HtmlElement, style: Style, depth: int) -> None:
        level = min(int(cast(str, element.tag)[1]), 4)
        for block in _Flow(self.notes).read(element, style, depth):
            if isinstance(block, Paragraph):
                self._note_links(block.runs)
                self.blocks.append(Heading(block.text, level))
            else:
                self.blocks.append(block)

    def _figure(self, element: HtmlElement, style: Style, depth: int) -> None:
        """One picture with its caption is an image; anything richer is read as it stands."""
        blocks = _Flow(self.notes).read(element, style, depth)
        match blocks:
            case [Image() as image, Paragraph() as caption] if (
                element.find(".//figcaption") is not None
            ):
                self._note_links(caption.runs)
                self.blocks.append(replace(image, caption=caption.text))
            case _:
                self.blocks.extend(blocks)

    def _quote(self, element: HtmlElement, style: Style, depth: int) -> None:
        said: list[str] = []
        for block in _Flow(self.notes).read(element, style, depth):
            if isinstance(block, Paragraph):
                self._note_links(block.runs)
                said.append(block.text)
                continue
            self._flush_quote(said)
            self.blocks.append(block)
        self._flush_quote(said)

    def _flush_quote(self, said: list[str]) -> None:
        if said:
            self.blocks.append(Quote(tuple(said)))
            said.clear()

    def _list(self, element: HtmlElement, style: Style, depth: int, *, ordered: bool) -> None:
        parts = list(self._list_parts(element, style, depth))
        start = element.get("start") or "1"
        whole = all(isinstance(part, tuple) for part in parts)
        if not whole:
            self.notes.count("lists_split")
        if ordered and (not whole or start != "1"):
            self._numbered(parts, int(start) if start.isdecimal() else 1)
            return
        items: list[tuple[Run, ...]] = []
        for part in [*parts, None]:
            if isinstance(part, tuple):
                items.append(part)
                continue
            if items:
                self.blocks.append(ListBlock(tuple(items), ordered))
                items = []
            if part is not None:
                self.blocks.append(part)

    def _list_parts(
        self, element: HtmlElement, style: Style, depth: int
    ) -> Iterator[tuple[Run, ...] | Block]:
        """Items as tuples of runs, and the blocks that stand inside items."""
        for item in _list_flows(element):
            flow = _Flow(self.notes)
            if isinstance(item, str):
                flow._text(item, style)
                flow._end_paragraph(style)
            else:
                flow._element(item, style, depth + 1)
                flow._end_paragraph(style)
            runs: list[Run] = []
            for block in flow.blocks:
                if isinstance(block, Paragraph):
                    runs += [Run("\n"), *block.runs] if runs else block.runs
                    continue
                if runs:
                    yield tuple(runs)
                    runs = []
                yield block
            if runs:
                yield tuple(runs)

    def _numbered(self, parts: list[tuple[Run, ...] | Block], number: int) -> None:
        """A numbered list that is interrupted or does not begin at 1: numbers written out."""
        for part in parts:
            if isinstance(part, tuple):
                self.blocks.append(Paragraph((Run(f"{number}. "), *part)))
                number += 1
            else:
                self.blocks.append(part)

    def _table(self, element: HtmlElement, style: Style, depth: int) -> None:
        from bot.reading.html_table import read_table  # cells are flows themselves

        inside = replace(style, align="left")

        def read_cell(cell: HtmlElement) -> list[Block]:
            return _Flow(self.notes).read(cell, inside, depth + 3)

        blocks = read_table(element, read_cell, self.notes)
        if blocks is None:
            self.notes.count("layout_tables")
            self._children(element, style, depth)
            self._end_paragraph(style)
        else:
            self.blocks.extend(blocks)

    def _note_links(self, runs: tuple[Run, ...]) -> None:
        self.notes.count("link_lost", sum(run.link is not None for run in runs))


def _list_flows(element: HtmlElement) -> Iterator[HtmlElement | str]:
    if element.text and element.text.strip():
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail and child.tail.strip():
            yield child.tail


def _paragraphs(pieces: list[Piece], align: str) -> Iterator[Block]:
    side = _SIDES.get(align, "left")
    for runs in lines_of(pieces):
        paragraph = Paragraph(runs, side)
        level = numbering_level(paragraph.text) if all(run.bold for run in runs) else None
        if level is not None and side != "right" and not any(run.link for run in runs):
            yield Heading(paragraph.text, level)
        else:
            yield paragraph
