"""Prints what happens, as it happens, from the read models every door uses."""

import time
from collections.abc import Callable

from rich.console import Console

from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.overview import Overview, PostRow, ReplyFilter

POLL_SECONDS = 0.25

STATE_WORDS = {
    DeliveryState.WAITING: "等待发布时间",
    DeliveryState.DUE: "到点，等待发送",
    DeliveryState.RUNNING: "正在发送",
    DeliveryState.AWAITING_PLATFORM: "平台已受理，等待发布",
    DeliveryState.AWAITING_PERSON: "草稿已送到平台后台，等编辑发布",
    DeliveryState.UNKNOWN: "结果未知，正在查找",
    DeliveryState.HELD: "已暂停",
    DeliveryState.DELIVERED: "已发布，读者可见",
    DeliveryState.REMOVED: "已撤下",
    DeliveryState.CANCELLED: "已取消",
}


class Timeline:
    """Watches posts and replies and prints each change once."""

    def __init__(self, console: Console, overview: Overview) -> None:
        self._console, self._overview = console, overview
        self._began = time.monotonic()
        self._post_states: dict[str, str] = {}
        self._replies: set[str] = set()

    def say(self, text: str) -> None:
        """One line with the seconds since the beginning."""
        self._console.print(f"[dim]{time.monotonic() - self._began:5.1f} s[/]  {text}")

    def watch_until(
        self,
        reached: Callable[[], bool],
        *,
        seconds: float,
        meanwhile: Callable[[], None] | None = None,
    ) -> bool:
        """Print changes until `reached()` or the time is over; returns whether it was reached."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            self.look()
            if reached():
                return True
            if meanwhile is not None:
                meanwhile()
            time.sleep(POLL_SECONDS)
        self.look()
        return reached()

    def look(self) -> None:
        """Print what changed since the last look."""
        for post in self._overview.posts(limit=200):
            self._say_post(post)
        for reply in reversed(self._overview.replies(ReplyFilter(), limit=200)):
            if reply.id not in self._replies:
                self._replies.add(reply.id)
                answer = f" → 自动回复“{reply.answered_by_rule}”" if reply.answered_by_rule else ""
                said = reply.text or f"（{reply.type_name}）"
                self.say(f"[cyan]{reply.account_name}[/] 收到：{said[:36]}{answer}")

    def _say_post(self, post: PostRow) -> None:
        state = post.delivery_state or post.state
        if self._post_states.get(post.id) == state:
            return
        self._post_states[post.id] = state
        words = state_words(state)
        reason = f"：{post.hold_reason}" if post.hold_reason else ""
        self.say(f"[bold]{post.account_name}[/]（{post.mode}） {words}{reason}")


def state_words(state: str) -> str:
    """A post's or delivery's state as staff say it."""
    if state in set(DeliveryState):
        return STATE_WORDS[DeliveryState(state)]
    return {PostState.IN_REVIEW: "待审核", PostState.DRAFT: "待修改"}.get(PostState(state), state)
