"""The tables at the end of the demonstration."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.demo.verdict import Check
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
    table = Table("稿件", "账号", "状态", "链接", "比定时晚", title="同步发布")
    for post in overview.posts(limit=100):
        late = post.lateness_seconds
        table.add_row(
            post.title[:28],
            f"{post.account_name}（{post.mode}）",
            post.delivery_state or post.state,
            post.urls[0] if post.urls else "",
            "" if late is None else f"{late:.2f} 秒",
        )
    return table


def _replies_table(overview: Overview) -> Table:
    table = Table("回复", "来自", "渠道", "次数", "自动回复", title="读者回复")
    for row in overview.replies(ReplyFilter(), limit=200):
        table.add_row(
            (row.text or f"（{row.type_name}）")[:40],
            row.sender_name or f"…{row.sender[-4:]}",
            f"{row.account_name} {row.channel}",
            str(row.times_received),
            row.answered_by_rule or "",
        )
    return table
