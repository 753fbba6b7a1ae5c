"""Invented lists in every format, with personal numbers planted in them and with numbers that
only look like such."""

import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from bot.domain.personal.found import PersonalKind
from bot.domain.personal.numbers import has_credit_code_digit, has_id_digit, has_luhn_digit
from tests.unit.reading.word_files import package, paragraph, table, word_file

HEADINGS = ("序号", "姓名", "身份证号码", "联系电话", "银行卡号", "家庭住址", "车牌号")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    id_number: str
    mobile: str
    card: str
    address: str
    plate: str


def people(count: int, *, seed: int) -> Sequence[Person]:
    """As many of them; the same for the same seed."""
    chance = random.Random(seed)
    return [
        Person(
            id_number=_ending(_identity(chance), has_id_digit, "0123456789X"),
            mobile=f"1{chance.choice('35789')}{chance.randrange(10**9):09}",
            card=_ending(f"6222{chance.randrange(10**14):014}", has_luhn_digit),
            address=f"幸福家园{chance.randrange(1, 30)}幢{chance.randrange(1, 5)}单元"
            f"{chance.randrange(1, 20)}0{chance.randrange(1, 5)}室",
            plate=f"浙A{chance.randrange(10000, 99999)}",
        )
        for _ in range(count)
    ]


def _identity(chance: random.Random) -> str:
    born = f"{chance.randrange(1940, 2015)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
    return f"33010{chance.randrange(1, 9)}{born}{chance.randrange(1000):03}"


def _code(chance: random.Random) -> str:
    """The code of an organisation, in digits only: the sort that looks most like a card."""
    while True:
        start = f"91330100{chance.randrange(10**9):09}"
        for digit in "0123456789":
            if has_credit_code_digit(start + digit):
                return start + digit


def _ending(start: str, fits: Callable[[str], bool], signs: str = "0123456789") -> str:
    return next(start + sign for sign in signs if fits(start + sign))


def list_of(some: Sequence[Person]) -> Rows:
    """A public list as offices make it."""
    rows = [
        (str(n), "王某某", p.id_number, p.mobile, p.card, p.address, p.plate)
        for n, p in enumerate(some, 1)
    ]
    return [HEADINGS, *rows]


def planted(some: Sequence[Person]) -> Mapping[PersonalKind, int]:
    """What must be found in a list of them."""
    kinds = ("ID_NUMBER", "PHONE", "BANK_CARD", "ADDRESS", "PLATE")
    return {PersonalKind[kind]: len(some) for kind in kinds}


def harmless(count: int, *, seed: int) -> Rows:
    """A list in which nothing is personal: codes of organisations, telephones of offices, receipt
    numbers, amounts, days, an office's account."""
    chance = random.Random(seed)
    rows = [
        (
            str(number),
            "云岭某某有限公司",
            _code(chance),
            f"0571-8{chance.randrange(10**7):07}",
            "12345",
            f"3301022026{chance.randrange(1, 13):02}23{chance.randrange(10**4):04}",
            f"{chance.randrange(10**9) / 100:.2f}",
            f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        )
        for number in range(1, count + 1)
    ]
    names = ("企业名称", "统一社会信用代码", "办公电话", "热线", "受理编号", "金额（元）", "日期")
    return [("序号", *names), *rows]


def told(rows: Rows) -> Rows:
    """Each cell with its heading before it, as in sentences."""
    return [tuple(map("".join, zip(rows[0], row, strict=True))) for row in rows[1:]]


def xlsx(rows: Rows) -> bytes:
    """Cells that hold text."""
    return _workbook(rows, lambda words: words)


def xlsx_numbers(rows: Rows) -> bytes:
    """Cells that hold numbers where Excel can hold them exactly."""
    return _workbook(rows, lambda words: int(words) if _fits(words) else words)


def _fits(words: str) -> bool:
    return words.isdecimal() and len(words) <= 15 and not words.startswith("0")


def _workbook(rows: Rows, value: Callable[[str], object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([value(cell) for cell in row])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def docx_table(rows: Rows) -> bytes:
    """A table in a Word file."""
    return word_file(paragraph("附件"), table(*rows))


def docx_prose(rows: Rows) -> bytes:
    """The same as sentences."""
    return word_file(*(paragraph("，".join(row)) for row in rows))


def csv_file(rows: Rows) -> bytes:
    """As Excel saves it in China."""
    return "\r\n".join(",".join(row) for row in rows).encode("gb18030")


def txt_file(rows: Rows) -> bytes:
    """A line a row, with blanks between."""
    return "\n".join("　".join(row) for row in rows).encode()


def html_file(rows: Rows) -> bytes:
    """A saved page."""
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    return f"<!DOCTYPE html><html><body><table>{cells}</table></body></html>".encode()


def zip_file(rows: Rows) -> bytes:
    """A workbook in an archive."""
    return package({"名单.xlsx": xlsx(rows)})


def pptx(rows: Rows) -> bytes:
    """A slide with a line a row."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    lines = "".join(f"<a:p><a:r><a:t>{'，'.join(row)}</a:t></a:r></a:p>" for row in rows)
    slide = f"<p:sld {a} {p}>{lines}</p:sld>"
    return package({"ppt/presentation.xml": f"<p:x {p}/>", "ppt/slides/slide1.xml": slide})


def ofd(rows: Rows) -> bytes:
    """A page with a piece of text a cell."""
    codes = "".join(f"<o:TextCode>{cell}</o:TextCode>" for row in rows for cell in row)
    page = f'<o:Page xmlns:o="http://www.ofdspec.org/2016">{codes}</o:Page>'
    return package({"OFD.xml": "<OFD/>", "Doc_0/Pages/Page_0/Content.xml": page})


def pdf(rows: Rows) -> bytes:
    """Pages of twenty lines; its font has Latin signs only."""
    return pdf_of([rows[at : at + 20] for at in range(0, len(rows), 20)])


def pdf_of(pages: Sequence[Rows]) -> bytes:
    """Each of `pages` on one."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for rows in pages:
        lines = "".join(f"({_latin('; '.join(row))}) Tj T* " for row in rows)
        stream = f"BT /F1 9 Tf 12 TL 40 800 Td {lines}ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 842]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects)} 0 R>>"
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    return _with_table(objects)


def _latin(words: str) -> str:
    return "".join(sign for sign in words if sign.isascii()).replace("(", "").replace(")", "")


def _with_table(objects: Sequence[str]) -> bytes:
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table_at = len(written)
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    written += f"xref\n0 {count}\n0000000000 65535 f \n{entries}"
    return f"{written}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{table_at}\n%%EOF".encode()


WITHOUT_TABLES = frozenset({"docx_prose", "txt", "pptx", "ofd", "pdf"})
FORMATS: Mapping[str, Callable[[Rows], bytes]] = {
    "xlsx": xlsx,
    "xlsx_numbers": xlsx_numbers,
    "docx_table": docx_table,
    "docx_prose": docx_prose,
    "csv": csv_file,
    "txt": txt_file,
    "html": html_file,
    "zip": zip_file,
    "pptx": pptx,
    "ofd": ofd,
    "pdf": pdf,
}
