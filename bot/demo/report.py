"""The tables at the end of the demonstration."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.demo.timeline import state_words
from bot.demo.verdict import Check
from bot.domain.replies.reply import Channel
from bot.ports.overview import Overview, ReplyFilter


def print_report(console: Console, overview: Overview, checks: Sequence[Check]) -> None:
    """Posts, replies, and whether the platforms confirm it."""
    console.print(_posts_table(overview))
    console.print(_replies_table(overview))
    for check in checks:
        mark = "[green]✓[/]" if check.holds else "[red]✗[/]"
        detail = f"  [dim]{check.detail}[/]" if check.detail else ""
        console.print(f"{mark} {check.claim}{detail}")
    verdict = all(check.holds for check in checks)
    console.print("[bold green]全部属实[/]" if verdict else "[bold red]有不符之处[/]")


def _posts_table(overview: Overview) -> Table:
    table = Table(title="同步发布", title_justify="left")
    for name in ("稿件", "账号", "状态"):
        table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=26)
    table.add_column("链接", overflow="fold", min_width=40)
    table.add_column("比定时晚", no_wrap=True, justify="right")
    for post in overview.posts(limit=100):
        late = post.lateness_seconds
        table.add_row(
            post.title,
            f"{post.account_name} {post.mode}",
            state_words(post.delivery_state or post.state),
            post.urls[0] if post.urls else "",
            "" if late is None else f"{late:.2f} 秒",
        )
    return table


def _replies_table(overview: Overview) -> Table:
    table = Table(title="读者回复", title_justify="left")
    table.add_column("回复", no_wrap=True, overflow="ellipsis", max_width=60)
    for name in ("来自", "渠道", "次数", "自动回复"):
        table.add_column(name, no_wrap=True)
    for row in overview.replies(ReplyFilter(), limit=200):
        table.add_row(
            row.text or f"（{row.type_name}）",
            row.sender_name or f"…{row.sender[-4:]}",
            f"{row.account_name} {CHANNELS[Channel(row.channel)]}",
            str(row.times_received),
            row.answered_by_rule or "",
        )
    return table


CHANNELS = {
    Channel.WECHAT_MESSAGE: "微信留言",
    Channel.WECHAT_EVENT: "微信事件",
    Channel.WECHAT_COMMENT: "文章评论",
    Channel.WEIBO_COMMENT: "微博评论",
    Channel.WEIBO_MENTION: "微博提及",
    Channel.WEIBO_MESSAGE: "微博私信",
}
