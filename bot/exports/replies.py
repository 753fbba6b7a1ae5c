"""Replies as a spreadsheet for the reply desk."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bot.domain.personal.masking import mask, mask_name
from bot.exports.cells import moment_cell, platform_cell
from bot.exports.spreadsheets import write_table
from bot.ports.overview import Overview, ReplyFilter, ReplyRow

HEADINGS = (
    "收到时间",
    "发出时间",
    "账号",
    "平台",
    "渠道",
    "类型",
    "粉丝",
    "内容",
    "关于稿件",
    "自动答复规则",
    "自动答复",
    "人工答复",
    "处理情况",
    "受理编号",
    "无需答复的原因",
    "收到次数",
    "编号",
)
_CHANNELS = {
    "wechat_message": "微信私信",
    "wechat_event": "微信事件",
    "wechat_comment": "微信留言",
    "weibo_comment": "微博评论",
    "weibo_mention": "微博@提及",
    "weibo_message": "微博私信",
    "imported": "导入的来件",
}
AT_ONCE = 1000
ERASED = "已按规定删除"


def export_replies(
    path: Path,
    wanted: ReplyFilter,
    overview: Overview,
    *,
    unmasked: bool = False,
    most: int | None = None,
) -> int:
    """Write the replies `wanted` names to `path`, the newest `most` of them, personal data masked
    unless it is said otherwise; returns how many.

    Raises:
        UnknownFormat: `path` ends neither in .csv nor in .xlsx.
        OSError: the file cannot be written.
    """
    cells = _cells if unmasked else _masked_cells
    rows = map(cells, islice(_all_rows(wanted, overview), most))
    return write_table(path, HEADINGS, rows, title="回复")


def _all_rows(wanted: ReplyFilter, overview: Overview) -> Iterator[ReplyRow]:
    while chunk := overview.replies(wanted, limit=AT_ONCE):
        yield from chunk
        wanted = replace(wanted, after=chunk[-1].id)


def _masked_cells(row: ReplyRow) -> tuple[str, ...]:
    masked = replace(
        row,
        sender=mask_name(row.sender),
        sender_name=mask_name(row.sender_name),
        text=mask(row.text),
        answer_text=mask(row.answer_text),
        set_aside=row.set_aside and replace(row.set_aside, reason=mask(row.set_aside.reason)),
    )
    return _cells(masked)


def _cells(row: ReplyRow) -> tuple[str, ...]:
    return (
        moment_cell(row.received_at),
        moment_cell(row.said_at),
        row.account_name,
        platform_cell(row.platform),
        _CHANNELS.get(row.channel, row.channel),
        row.type_name,
        row.sender_name or row.sender,
        ERASED if row.erased else row.text,
        row.post_title or "",
        row.answered_by_rule or "",
        row.answer_text,
        "有" if row.answered_by_staff else "",
        row.became_told,
        row.case_number or "",
        row.set_aside.reason if row.set_aside else "",
        str(row.times_received),
        row.id,
    )
