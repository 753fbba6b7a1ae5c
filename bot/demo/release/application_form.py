"""Makes the release's attachment anew: python -m bot.demo.release.application_form."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FORM = Path(__file__).parent / "attachments" / "application-form.xlsx"

TITLE = "云汀市居家适老化改造补贴申请表"

# Label and the number of columns left to write in; a row has eight columns.
ROWS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("老年人姓名", 1), ("性别", 1), ("出生年月", 1), ("联系电话", 1)),
    (("居民身份证号码", 3), ("户籍所在地", 3)),
    (("拟改造住房地址", 7),),
    (("住房性质", 3), ("产权人姓名", 3)),
    (("受托人姓名", 1), ("与老年人关系", 1), ("受托人身份证号码", 1), ("受托人电话", 1)),
    (("申请类别", 7),),
    (("拟改造项目", 7),),
    (("申请人承诺", 7),),
    (("村（社区）意见", 3), ("乡镇（街道）审核意见", 3)),
    (("县（区）民政局意见", 7),),
)
FILLED = {
    "住房性质": "□自有　□租住　□借住",
    "申请类别": "□第一类：特困、低保　　□第二类：低保边缘、计划生育特殊家庭\n"
    "□第三类：中度以上失能、年满80周岁　　□第四类：其他年满60周岁",
    "拟改造项目": "□地面和通道　□门和开关　□卧室　□如厕洗浴　□厨房　□用品和监测\n"
    "具体项目以评估后签字确认的改造方案为准。",
    "申请人承诺": "本人承诺所填内容和所交材料真实；同意民政部门为办理本补贴核验户籍、婚姻、"
    "救助和住房信息；拟改造住房未列入征收拆迁范围，未享受过同类补贴。\n"
    "申请人（受托人）签字：　　　　　　　　　　年　　月　　日",
    "村（社区）意见": "\n\n经办人：　　　　（盖章）\n年　　月　　日",
    "乡镇（街道）审核意见": "\n\n经办人：　　　　（盖章）\n年　　月　　日",
    "县（区）民政局意见": "\n\n经办人：　　　　负责人：　　　　（盖章）　　　年　　月　　日",
}
NOTES = (
    "填表说明：1. 本表一式两份，村（社区）和县（区）民政局各存一份。",
    "2. 委托他人办理的填写受托人信息，并附委托书。",
    "3. 租住或者借住的，附产权人书面同意书；按照失能老年人申请的，附老年人能力评估报告。",
    "4. 咨询电话：云汀市民政局养老服务科 0000-8866018（工作日9:00—12:00，14:00—17:30）。",
)
_EDGE = Side(style="thin", color="808080")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_LABEL_FILL = PatternFill("solid", fgColor="F2F6F7")


def application_form() -> Workbook:
    """The form, one printed page of A4."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "申请表"
    _page(sheet)
    sheet.merge_cells("A1:H1")
    sheet["A1"] = TITLE
    sheet["A1"].font = Font(name="宋体", size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 40
    for number, labels in enumerate(ROWS, start=2):
        _row(sheet, number, labels)
    for number, note in enumerate(NOTES, start=len(ROWS) + 2):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=8)
        sheet.cell(number, 1, note).font = Font(name="宋体", size=10)
    return book


def _page(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column in "ABCDEFGH":
        sheet.column_dimensions[column].width = 15


def _row(sheet: Worksheet, number: int, labels: tuple[tuple[str, int], ...]) -> None:
    column = 1
    lines = 1
    for label, width in labels:
        text = FILLED.get(label, "")
        lines = max(lines, text.count("\n") + 1 + len(text) // 60)
        _cell(sheet, number, column, column, label)
        sheet.cell(number, column).fill = _LABEL_FILL
        _cell(sheet, number, column + 1, column + width, text)
        column += width + 1
    sheet.row_dimensions[number].height = 14 + 18 * lines


def _cell(sheet: Worksheet, row: int, first: int, last: int, text: str) -> None:
    if last > first:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    for column in range(first, last + 1):
        sheet.cell(row, column).border = _BORDER
    cell = sheet.cell(row, first)
    cell.value = text
    cell.font = Font(name="宋体", size=11)
    cell.alignment = Alignment(
        vertical="center",
        wrap_text=True,
        horizontal="left" if text in FILLED.values() else "center",
    )


def main() -> None:
    """Write the form into the release's folder."""
    FORM.parent.mkdir(exist_ok=True)
    application_form().save(FORM)


if __name__ == "__main__":
    main()
