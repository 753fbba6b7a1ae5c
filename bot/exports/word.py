"""Short documents as .docx: headings, lines and tables in the type of an official letter."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_LETTERING = {
    # Style: (name, size in half points, Chinese font, outline level)
    "Title": ("Title", 44, "方正小标宋简体", ""),
    "Heading1": ("heading 1", 32, "黑体", '<w:outlineLvl w:val="0"/>'),
    "Heading2": ("heading 2", 32, "楷体", '<w:outlineLvl w:val="1"/>'),
}


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the title of the document."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Line:
    """A paragraph, indented by two signs as running text is, or set back further as a quotation."""

    text: str
    is_quote: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; its first row is the heading."""

    rows: tuple[tuple[str, ...], ...]


Part = Heading | Line | Grid


def write_word(path: Path, parts: Iterable[Part]) -> None:
    """Write the parts in their order.

    Raises:
        OSError: the file cannot be written.
    """
    body = "".join(_drawn(part) for part in parts)
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}{_PAGE}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _HEAD + _TYPES)
        package.writestr("_rels/.rels", _HEAD + _relations("officeDocument", "word/document.xml"))
        package.writestr("word/_rels/document.xml.rels", _HEAD + _relations("styles", "styles.xml"))
        package.writestr("word/styles.xml", _HEAD + _styles())
        package.writestr("word/document.xml", _HEAD + document)


def _drawn(part: Part) -> str:
    match part:
        case Heading():
            return _paragraph(part.text, f'<w:pStyle w:val="{_style_of(part.level)}"/>')
        case Line():
            indent = 'w:left="640"' if part.is_quote else 'w:firstLineChars="200"'
            return _paragraph(part.text, f"<w:ind {indent}/>")
        case Grid():
            rows = "".join(_row(row, is_head=number == 0) for number, row in enumerate(part.rows))
            borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
            grid = "<w:gridCol/>" * len(part.rows[0])
            return (
                f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>{borders}</w:tblPr>'
                f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
            )


def _style_of(level: int) -> str:
    return f"Heading{level}" if level else "Title"


def _row(cells: Sequence[str], *, is_head: bool) -> str:
    head = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    return f"<w:tr>{head}{''.join(f'<w:tc>{_paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def _paragraph(text: str, properties: str = "") -> str:
    plain = escape(ILLEGAL_CHARACTERS_RE.sub("", text))
    words = "<w:br/></w:r><w:r>".join(_words(plain.split("\n")))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{words}</w:r></w:p>"


def _words(lines: Iterable[str]) -> Iterator[str]:
    return (f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _styles() -> str:
    usual = _font("仿宋", 32)
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/>'
        f"<w:pPr><w:keepNext/>{CENTRED if style == 'Title' else ''}{outline}</w:pPr>"
        f"{_font(font, size)}</w:style>"
        for style, (name, size, font, outline) in _LETTERING.items()
    )
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault>{usual}</w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr>'
        f"</w:pPrDefault></w:docDefaults>{named}</w:styles>"
    )


def _font(chinese: str, half_points: int) -> str:
    fonts = f'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{chinese}"'
    sizes = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    return f"<w:rPr><w:rFonts {fonts}/>{sizes}</w:rPr>"


CENTRED = '<w:jc w:val="center"/>'
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
# A4 with the margins of GB/T 9704, in twentieths of a point.
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
    ' w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
