"""Cases as a spreadsheet for whoever hands in what came of them."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from bot.domain.cases.case import STATE_NAMES, CaseState
from bot.domain.cases.names import CLASS_NAMES, ENTRY_NAMES, CaseClass, Entry
from bot.domain.personal.masking import mask
from bot.exports.cells import moment_cell
from bot.exports.spreadsheets import write_table
from bot.ports.case_overview import CaseFilter, CaseKey, CaseRow
from bot.ports.overview import Overview

HEADINGS = (
    "受理编号",
    "收到时间",
    "来源",
    "类别",
    "紧急",
    "状态",
    "部门",
    "承办人",
    "账号",
    "内容",
    "期限",
    "暂定",
    "签收时间",
    "答复时间",
    "按时",
)
AT_ONCE = 1000


def export_cases(
    path: Path,
    wanted: CaseFilter,
    overview: Overview,
    *,
    names: Callable[[str], str],
    unmasked: bool = False,
    most: int | None = None,
) -> int:
    """Write the cases `wanted` names to `path`, the first `most` by deadline, personal data masked
    unless it is said otherwise; `names` says what to call whom. Returns how many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    found = islice(_all_rows(wanted, overview), most)
    rows = (
        _cells(row, row.words if unmasked else mask(row.words), names(row.handler)) for row in found
    )
    return write_table(path, HEADINGS, rows, title="办理件")


def _all_rows(wanted: CaseFilter, overview: Overview) -> Iterator[CaseRow]:
    after: CaseKey | None = None
    while chunk := overview.cases(wanted, limit=AT_ONCE, after=after):
        yield from chunk
        after = chunk[-1].key


def _cells(row: CaseRow, words: str, handler: str) -> tuple[str, ...]:
    return (
        row.number,
        moment_cell(row.received_at),
        ENTRY_NAMES[Entry(row.entry)],
        CLASS_NAMES[CaseClass(row.case_class)],
        "是" if row.is_urgent else "",
        STATE_NAMES[CaseState(row.state)],
        row.department_name or "",
        handler,
        row.account_name or "",
        words,
        moment_cell(row.due_at),
        "暂定" if row.is_provisional else "",
        moment_cell(row.accepted_at),
        moment_cell(row.answered_at),
        _in_time(row),
    )


def _in_time(row: CaseRow) -> str:
    if row.answered_at is None:
        return ""
    return "按时" if row.answered_at <= row.due_at else "超期"
