"""How well the written rules of replies were kept, as a spreadsheet."""

from collections.abc import Iterable
from pathlib import Path

from bot.domain.cases.compliance import Compliance
from bot.exports.spreadsheets import Cell, write_table

HEADINGS = (
    "月份",
    "承办部门",
    "到期应答复",
    "按期答复",
    "按期率（%）",
    "超期答复",
    "还没有答复",
    "已办结",
    "催办次数",
    "督办次数",
    "签收用时中位数（小时）",
    "答复用时中位数（小时）",
)


def export_compliance(path: Path, lines: Iterable[Compliance]) -> int:
    """Write the lines to `path` in the order given; returns how many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    return write_table(path, HEADINGS, map(_cells, lines), title="制度执行情况")


def _cells(line: Compliance) -> tuple[Cell, ...]:
    return (
        f"{line.month:%Y-%m}",
        line.department,
        line.due,
        line.in_time,
        line.percent_in_time,
        line.late,
        line.missing,
        line.closed,
        line.reminded,
        line.supervised,
        _hours(line.hours_to_accept),
        _hours(line.hours_to_answer),
    )


def _hours(hours: float | None) -> Cell:
    return "" if hours is None else round(hours, 1)
