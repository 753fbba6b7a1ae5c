"""Figures of articles as a spreadsheet for reports."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

from bot.exports.cells import day_cell, moment_cell, platform_cell
from bot.exports.spreadsheets import Cell, write_table
from bot.ports.statistics import ArticleLine, StatisticsOverview

HEADINGS = (
    "账号",
    "平台",
    "标题",
    "发布日期",
    "是否推送",
    "发布方式",
    "阅读人数",
    "分享人数",
    "在看人数",
    "点赞人数",
    "留言条数",
    "收藏人数",
    "阅读后关注人数",
    "送达阅读率",
    "完读率",
    "平均阅读秒数",
    "阅读来源",
    "数据截至",
    "数据状态",
    "读取时间",
    "链接",
    "稿件编号",
)
_PUSHED = {True: "已推送", False: "未推送", None: ""}
AT_ONCE = 500


def export_statistics(
    path: Path,
    overview: StatisticsOverview,
    *,
    account: str = "",
    since: date | None = None,
    most: int | None = None,
) -> int:
    """Write the articles published since then to `path`, the newest `most` of them; returns how
    many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    rows = islice(_rows(overview, account, since), most)
    return write_table(path, HEADINGS, rows, title="文章数据")


def _rows(
    overview: StatisticsOverview, account: str, since: date | None
) -> Iterator[tuple[Cell, ...]]:
    offset = 0
    while chunk := overview.articles(account=account, since=since, limit=AT_ONCE, offset=offset):
        yield from (_cells(line) for line in chunk)
        offset += len(chunk)


def _cells(line: ArticleLine) -> tuple[Cell, ...]:
    figures = line.figures
    numbers = (
        *(figures.readers, figures.shares, figures.recommends, figures.likes, figures.comments),
        *(figures.collections, figures.new_followers, figures.delivery_rate),
        *(figures.finish_rate, figures.average_seconds),
    )
    return (
        line.account_name,
        platform_cell(line.platform),
        line.title,
        day_cell(line.published_on),
        _PUSHED[line.was_pushed],
        "本系统" if line.post_id else "平台后台",
        *("" if number is None else number for number in numbers),
        _sources(figures.sources),
        day_cell(line.through),
        _standing(line),
        moment_cell(line.read_at),
        line.url,
        line.post_id or "",
    )


def _standing(line: ArticleLine) -> str:
    if line.through is None:
        return "还没有数据"
    words = "" if line.is_final else "平台还在统计"
    if line.revised_at is not None:
        words = f"{words}，平台修正过" if words else "平台修正过"
    return words


def _sources(sources: Mapping[str, int]) -> str:
    largest = sorted(sources.items(), key=lambda part: -part[1])
    return "；".join(f"{name} {number}" for name, number in largest)
