"""Where something stands in a file, and what in it nobody sees at first."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment

from bot.domain.personal.found import PersonalKind
from bot.domain.releases.inspection import Inspection, Spot
from bot.reading.attachments.inspector import inspect
from tests.unit.reading.attachments.planting import (
    HEADINGS,
    list_of,
    pdf_of,
    people,
    saved,
)
from tests.unit.reading.word_files import package, paragraph, word_file

SAMPLES = Path(__file__).parents[3] / "samples" / "attachments"


def where(inspection: Inspection, kind: PersonalKind) -> set[tuple[str, str]]:
    return {
        (each.part, spot.name)
        for each in inspection.personal
        if each.kind is kind and each.is_certain
        for spot in each.spots
    }


def test_hidden_sheets_rows_and_columns_are_read_and_said() -> None:
    """Sheets that even the menu does not offer are read as well."""
    some = people(4, seed=1)
    book = Workbook()
    shown = book.active
    assert shown is not None
    shown.title = "公示"
    for row in list_of(some[:2]):
        shown.append(row)
    shown.row_dimensions[3].hidden = True
    shown.column_dimensions["E"].hidden = True
    for title, state, person in (("备查", "hidden", some[2]), ("底表", "veryHidden", some[3])):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append([person.id_number])

    inspection = inspect(saved(book))

    assert where(inspection, PersonalKind.ID_NUMBER) == {
        ("工作表“公示”", "第 2 行"),
        ("工作表“公示”（隐藏的行）", "第 3 行"),
        ("工作表“备查”（隐藏的工作表）", "第 1 行"),
        ("工作表“底表”（隐藏的工作表）", "第 1 行"),
    }
    assert inspection.hidden == (
        "工作表“公示”有 1 行被隐藏或筛选掉",
        "工作表“公示”有 1 列被隐藏",
        "工作表“备查”是隐藏的",
        "工作表“底表”是隐藏的",
    )


def test_notes_in_a_workbook_are_read() -> None:
    """They travel with the file."""
    one = people(1, seed=2)[0]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "名单"
    sheet["A1"].comment = Comment(f"核对 {one.id_number}", "李四")

    inspection = inspect(saved(book))

    assert where(inspection, PersonalKind.ID_NUMBER) == {("批注", "")}
    assert inspection.hidden == ("有批注",)


def test_data_behind_a_pivot_table_is_read() -> None:
    """The sheet it was made of may be gone, its rows are not."""
    one = people(1, seed=3)[0]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    records = f'<pivotCacheRecords {main}><r><s v="{one.id_number}"/></r></pivotCacheRecords>'
    parts = {
        "xl/workbook.xml": f"<workbook {main}><sheets/></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"/>',
        "xl/pivotCache/pivotCacheRecords1.xml": records,
    }

    inspection = inspect(package(parts))

    assert where(inspection, PersonalKind.ID_NUMBER) == {("数据透视表缓存", "")}
    assert inspection.hidden == ("有数据透视表缓存，原始数据可能仍在文件里",)


def test_long_numbers_that_excel_rounded_are_found_by_their_heading() -> None:
    """Region and day of birth are still in them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "身份证号"])
    sheet.append(["王某", 330102199003070000])

    assert where(inspect(saved(book)), PersonalKind.ID_NUMBER) == {("工作表“Sheet”", "第 2 行")}


def test_deleted_and_hidden_words_of_a_word_file_are_read_and_said() -> None:
    """Both are there until somebody accepts or clears them."""
    first, second = people(2, seed=4)
    deleted = f"<w:p><w:del><w:r><w:delText>{first.id_number}</w:delText></w:r></w:del></w:p>"
    hidden = paragraph(second.id_number, run="<w:vanish/>")

    inspection = inspect(word_file(paragraph("公示"), deleted, hidden))

    assert where(inspection, PersonalKind.ID_NUMBER) == {("正文", "第 2 段"), ("正文", "第 3 段")}
    assert inspection.hidden == (
        "正文里有修订中删去的文字，接受修订以前仍在文件里",
        "正文里有隐藏文字",
    )


def test_a_number_in_several_runs_of_a_paragraph_is_one() -> None:
    """Word cuts text wherever somebody typed again."""
    one = people(1, seed=5)[0].id_number
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (one[:7], one[7:12], one[12:]))

    assert inspect(word_file(f"<w:p>{runs}</w:p>")).grave[0].count == 1


def test_a_number_that_a_narrow_column_breaks_is_one() -> None:
    """Each page is told by its number."""
    one = people(1, seed=6)[0].id_number
    pages = [[["nothing"]], [[one[:14]], [one[14:]]]]

    assert where(inspect(pdf_of(pages)), PersonalKind.ID_NUMBER) == {("正文", "第 2 页")}


def test_old_excel_files_are_read_with_what_is_hidden() -> None:
    """Rows, columns and sheets."""
    inspection = inspect((SAMPLES / "list.xls").read_bytes())

    assert where(inspection, PersonalKind.ID_NUMBER) == {
        ("工作表“名单”", "第 2 行"),
        ("工作表“名单”", "第 4 行"),
        ("工作表“名单”（隐藏的行）", "第 3 行"),
    }
    assert where(inspection, PersonalKind.BANK_CARD) >= {
        ("工作表“备查”（隐藏的工作表）", "第 2 行")
    }
    assert inspection.hidden == (
        "工作表“名单”有 1 行被隐藏或筛选掉",
        "工作表“名单”有 1 列被隐藏",
        "工作表“备查”是隐藏的",
    )


def test_old_word_files_are_read() -> None:
    """Cell by cell, in the order of the text."""
    inspection = inspect((SAMPLES / "table.doc").read_bytes())

    counts = {each.kind: each.count for each in inspection.personal if each.is_certain}
    assert counts[PersonalKind.ID_NUMBER] == counts[PersonalKind.BANK_CARD] == 3


def test_examples_show_the_ends_only() -> None:
    """Whoever reads the checklist learns no number from it."""
    one = people(1, seed=7)[0]
    inspection = inspect("\n".join([*HEADINGS, one.id_number, one.address]).encode())

    examples = {each.kind: each.example for each in inspection.personal}
    assert examples[PersonalKind.ID_NUMBER] == f"33{'*' * 14}{one.id_number[-2:]}"
    assert not any(sign.isdigit() for sign in examples[PersonalKind.ADDRESS])
    assert inspection.personal[0].spots == (Spot("第 8 行", 1),)
