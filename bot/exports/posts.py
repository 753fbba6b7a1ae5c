"""Posts as a spreadsheet: what was planned for when, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.exports.cells import moment_cell, platform_cell
from bot.exports.spreadsheets import Cell, write_table
from bot.ports.overview import PostRow

HEADINGS = (
    "定于",
    "账号",
    "平台",
    "发布方式",
    "标题",
    "形式",
    "政策",
    "状态",
    "平台受理时间",
    "公开时间",
    "查看到的时间",
    "晚（秒）",
    "链接",
    "停下的原因",
    "审核人",
    "撰稿",
    "稿件编号",
)


@dataclass(frozen=True)
class PostWords:
    """What staff call a post's state, its kind, how its account publishes, and its people."""

    state: str
    kind: str
    mode: str
    approver: str
    writer: str


PostLine = tuple[PostRow, PostWords]


def export_posts(path: Path, lines: Iterable[PostLine]) -> int:
    """Write posts to `path` in the order given; returns how many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    return write_table(path, HEADINGS, (post_cells(*line) for line in lines), title="稿件")


def post_cells(row: PostRow, words: PostWords) -> tuple[Cell, ...]:
    """One post under `HEADINGS`."""
    late = row.lateness_seconds
    return (
        moment_cell(row.due_at),
        row.account_name,
        platform_cell(row.platform),
        words.mode,
        row.title,
        words.kind,
        row.release_title,
        words.state,
        moment_cell(row.accepted_at),
        moment_cell(row.published_at),
        moment_cell(row.seen_at),
        "" if late is None else round(max(0.0, late), 1),
        "\n".join(row.urls),
        row.hold_reason,
        words.approver,
        words.writer,
        row.id,
    )
