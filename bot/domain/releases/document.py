"""A Document: the blocks every reader produces and every template consumes; no raw HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `link` is an absolute http(s) URL."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (highest) to 4."""

    text: str
    level: int = 2
    block: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """Running text. `align` is kept because 公文 signs at the right and centres its titles."""

    runs: tuple[Run, ...]
    align: Literal["left", "center", "right"] = "left"
    block: Literal["paragraph"] = "paragraph"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class ListBlock:
    """A list; each item is a tuple of runs."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False
    block: Literal["list"] = "list"


@dataclass(frozen=True)
class Cell:
    """A table cell with its spans."""

    text: str
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A table; `caption` may be empty."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    block: Literal["table"] = "table"


class PictureRights(StrEnum):
    """By what right an office shows a picture: it made it, it was allowed, or the law does."""

    OWN = "own"
    LICENSED = "licensed"
    FREE = "free"


@dataclass(frozen=True)
class Image:
    """A picture by its address as given; `sha256` is set once its bytes are stored with us.

    `credit` is who made it or where it is from, `rights` what a person here said. `ai_generated`
    pictures carry a visible label (人工智能生成合成内容标识办法, in force since 2025-09-01).
    """

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    sha256: str | None = None
    ai_generated: bool = False
    rights: PictureRights | None = None
    block: Literal["image"] = "image"


@dataclass(frozen=True)
class Quote:
    """A quotation of one or more paragraphs."""

    paragraphs: tuple[str, ...]
    block: Literal["quote"] = "quote"


@dataclass(frozen=True)
class Rule:
    """A horizontal rule."""

    block: Literal["rule"] = "rule"


@dataclass(frozen=True)
class Attachment:
    """A file that belongs to the document: at an address of its own, or kept with us under
    `sha256`, `size` bytes long."""

    name: str
    url: str
    sha256: str | None = None
    block: Literal["attachment"] = "attachment"
    size: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether its bytes are kept with us."""
        return not self.url and self.sha256 is not None


Block = Heading | Paragraph | ListBlock | Table | Image | Quote | Rule | Attachment


@dataclass(frozen=True)
class Document:
    """An ordered tuple of blocks."""

    blocks: tuple[Block, ...]

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Image))

    @property
    def text(self) -> str:
        """Plain text, one line a block or row, for hashing, searching and quoting."""
        return "\n".join(line for block in self.blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield block.text
        case ListBlock():
            yield from ("".join(run.text for run in item) for item in block.items)
        case Table():
            if block.caption:
                yield block.caption
            yield from ("\t".join(cell.text for cell in row) for row in block.rows)
        case Image():
            yield block.caption or block.alt
        case Quote():
            yield from block.paragraphs
        case Attachment():
            yield block.name
        case Rule():
            return
