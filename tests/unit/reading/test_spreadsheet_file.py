"""Tables of other desks: what is read, and what is refused unread."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from bot.domain.errors import InvalidInput
from bot.reading.spreadsheet_file import read_table


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_an_xlsx_is_read_as_text_with_the_numbers_of_its_rows() -> None:
    """Blank rows are passed over, whole numbers have no point, formulas are not run."""
    at = datetime(2026, 11, 20, 9, 30)
    content = workbook((), ("编号", "时间", "内容"), (), (17.0, at, "停水"), ("B", None, "=1+1"))

    table = read_table(content, "来件.XLSX")

    assert table.headings == ("编号", "时间", "内容")
    assert table.rows == ((4, ("17", "2026-11-20 09:30:00", "停水")), (5, ("B",)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("comma", [",", "\t"])
def test_a_csv_is_read_whatever_wrote_it(encoding: str, comma: str) -> None:
    """Cells may hold line breaks."""
    text = f'编号{comma}内容\r\n1{comma}"停水\n三天"\r\n'

    assert read_table(text.encode(encoding), "a.csv").rows == ((2, ("1", "停水\n三天")),)


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        pytest.param(b"x", "a.xls", "另存为", id="another format"),
        pytest.param(b"", "a.csv", "没有内容", id="empty"),
        pytest.param(b"\xff\xff\xff", "a.csv", "编码", id="no text"),
        pytest.param(b"PK\x03\x04", "a.xlsx", "已损坏", id="cut off"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", "密码", id="locked"),
        pytest.param(b"x" * (10 * 1024 * 1024 + 1), "a.csv", "10 MB", id="too large"),
        pytest.param(packed({"a.xml": b"<!DOCTYPE x []>"}), "a.xlsx", "声明", id="entities"),
        pytest.param(packed({"a.xml": b" " * 130_000_000}), "a.xlsx", "解压后过大", id="bomb"),
        pytest.param(workbook(tuple("x" * 120)), "a.xlsx", "100 列", id="too wide"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_way_out(
    content: bytes, name: str, why: str
) -> None:
    """Before anything of it is unpacked into memory."""
    with pytest.raises(InvalidInput, match=why):
        read_table(content, name)
