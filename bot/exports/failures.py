"""Posts that did not go out as a spreadsheet: why, what to do next, and who."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.exports.posts import HEADINGS as OF_POSTS
from bot.exports.posts import PostWords, post_cells
from bot.exports.spreadsheets import Cell, write_table
from bot.ports.overview import PostRow

HEADINGS = ("发生了什么", "原因", "下一步", "由谁处理", "平台代码", "平台原话", *OF_POSTS)


@dataclass(frozen=True)
class Failed:
    """A post that waits for somebody, with what is told of it; `code` and `said` are the
    platform's own."""

    row: PostRow
    words: PostWords
    happened: str
    cause: str
    next_step: str
    who: str
    code: str
    said: str


def export_failures(path: Path, failed: Iterable[Failed]) -> int:
    """Write failed posts to `path` in the order given; returns how many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    return write_table(path, HEADINGS, map(_cells, failed), title="出错的稿件")


def _cells(one: Failed) -> tuple[Cell, ...]:
    told = (one.happened, one.cause, one.next_step, one.who, one.code, one.said)
    return (*told, *post_cells(one.row, one.words))
