"""The ledger as spreadsheets: what was made public, and what was applied for."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.domain.cases.case import STATE_NAMES, CaseState
from bot.domain.personal.masking import mask
from bot.domain.statistics.ledger import ApplicationLine, LedgerLine
from bot.exports.cells import day_cell, moment_cell
from bot.exports.spreadsheets import Cell, write_table

PUBLISHED = (
    "政策",
    "发文字号",
    "公开日期",
    "公开的账号数",
    "各篇阅读人数合计",
    "收到留言",
    "立案办理",
    "已答复",
    "觉得有用",
    "觉得没用",
    "政策编号",
)
APPLICATIONS = (
    "受理编号",
    "申请内容",
    "承办部门",
    "收到申请",
    "答复期限",
    "延长（工作日）",
    "答复时间",
    "状态",
    "是否按期",
)


def export_ledger(path: Path, lines: Iterable[LedgerLine]) -> int:
    """Write documents to `path` in the order given; returns how many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    return write_table(path, PUBLISHED, map(_published, lines), title="公开台账")


def export_applications(path: Path, lines: Iterable[ApplicationLine], *, now: datetime) -> int:
    """Write applications to `path` in the order given, their words masked; returns how many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    rows = (_applied(line, now) for line in lines)
    return write_table(path, APPLICATIONS, rows, title="依申请公开台账")


def _published(line: LedgerLine) -> tuple[Cell, ...]:
    return (
        line.title,
        line.document_number,
        day_cell(line.public_on),
        line.live,
        "" if line.readers is None else line.readers,
        line.asked,
        line.cases,
        line.answered,
        line.useful,
        line.useless,
        line.release,
    )


def _applied(line: ApplicationLine, now: datetime) -> tuple[Cell, ...]:
    return (
        line.number,
        mask(line.subject),
        line.department,
        moment_cell(line.filed_at),
        moment_cell(line.due_at),
        line.extended_days or "",
        moment_cell(line.answered_at),
        STATE_NAMES[CaseState(line.state)],
        _kept(line, now),
    )


def _kept(line: ApplicationLine, now: datetime) -> str:
    if line.is_late(now):
        return "超期"
    return "按期" if line.answered_at else "办理中"
