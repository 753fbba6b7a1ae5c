"""Releases against accounts as a spreadsheet: a line a release and account, with the lag."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.domain.accounts.budgets import BEIJING
from bot.exports.cells import day_cell, moment_cell, platform_cell
from bot.exports.spreadsheets import Cell, write_table
from bot.ports.overview import AccountRow, CoverageRow

HEADINGS = (
    "政策",
    "成文日期",
    "网站发布日期",
    "成文到网站（天）",
    "公开期限",
    "解读份数",
    "解读期限",
    "账号",
    "平台",
    "状态",
    "公开时间",
    "网站到账号（天）",
    "政策编号",
)


@dataclass(frozen=True)
class Covered:
    """A release against one account, in the words of staff: its post's state, and what its terms
    of publication and interpretation come to (empty where nothing is to be said)."""

    row: CoverageRow
    account: AccountRow
    state: str
    publication: str
    interpretation: str


def export_coverage(path: Path, covered: Iterable[Covered]) -> int:
    """Write what was reached to `path` in the order given; returns how many lines.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    return write_table(path, HEADINGS, map(_cells, covered), title="覆盖")


def _cells(one: Covered) -> tuple[Cell, ...]:
    row, live_at = one.row, one.row.live_at.get(one.account.id)
    return (
        row.title,
        day_cell(row.issued_on),
        day_cell(row.published_on),
        _days(row.issued_on, row.published_on),
        one.publication,
        row.interpretations,
        one.interpretation,
        one.account.name,
        platform_cell(one.account.platform),
        one.state,
        moment_cell(live_at),
        _days(row.published_on, _local_day(live_at)),
        row.release_id,
    )


def _days(first: date | None, second: date | None) -> Cell:
    return (second - first).days if first and second else ""


def _local_day(at: datetime | None) -> date | None:
    return at.astimezone(BEIJING).date() if at else None
