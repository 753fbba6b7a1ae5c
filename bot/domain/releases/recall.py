"""A recall: one withdrawal over all accounts, followed until nothing of it is public any more."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.accounts.account import Mode
from bot.domain.errors import IllegalMove
from bot.domain.ids import AccountId, PostId, RecallId, ReleaseId
from bot.domain.publishing.delivery import Delivery, DeliveryState


class RecallState(StrEnum):
    """What became of one public post: waiting for us, for a person at the platform, or gone."""

    WAITING = "waiting"
    BY_HAND = "by_hand"
    REMOVED = "removed"
    DONE_BY_HAND = "done_by_hand"


SETTLED = frozenset({RecallState.REMOVED, RecallState.DONE_BY_HAND})


@dataclass(frozen=True)
class Way:
    """How a post of one mode is taken off its platform, and what readers see afterwards."""

    by_us: bool
    told: str


WAYS: Mapping[Mode, Way] = {
    Mode.MASS: Way(True, "由系统删除文章。关注者收到的推送还在列表里，点开显示已删除；不能修改"),
    Mode.PUBLISH: Way(True, "由系统删除文章，原链接打开后显示已删除"),
    Mode.DRAFT: Way(True, "由系统删除；平台不允许时，请在公众平台后台“发表记录”中删除"),
    Mode.SHARE: Way(
        False, "请用发布的账号登录微博，找到这条微博后删除；别人的转发还在，但看不到原文"
    ),
    Mode.COMMERCIAL: Way(
        False, "请用发布的账号登录微博，找到这条微博后删除；别人的转发还在，但看不到原文"
    ),
    Mode.ARTICLE: Way(False, "请用发布的账号登录微博，删除头条文章和带出它的微博"),
    Mode.COLLECT: Way(False, "这个账号不发布稿件"),
}
"""What the interfaces allow that we speak (freepublish/delete, message/mass/delete); on Weibo a
person deletes."""

UNCLEAR = "正在发送或结果未知。请先查清有没有发出，已经公开的再删除"


@dataclass(frozen=True)
class Recalled:
    """One post of a recall; `note` is what the platform or a person said last."""

    post: PostId
    account: AccountId
    state: RecallState
    told: str
    note: str = ""
    settled_by: str | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Recall:
    """A withdrawal with a reason; open as long as one of its posts may still be read."""

    id: RecallId
    release: ReleaseId
    version: int
    reason: str
    by: str
    opened_at: datetime
    posts: tuple[Recalled, ...]
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.closed_at is None

    @property
    def left(self) -> int:
        """How many posts may still be read."""
        return sum(each.state not in SETTLED for each in self.posts)

    def of(self, post: PostId) -> Recalled:
        """The part about `post`.

        Raises:
            IllegalMove: the recall is not about it, or it is settled.
        """
        for each in self.posts:
            if each.post == post and each.state not in SETTLED:
                return each
        raise IllegalMove("撤回的稿件", now="已处理", wanted="处理")


def recalled(delivery: Delivery, mode: Mode) -> Recalled:
    """How a post that is public, or may be, enters a recall."""
    way = WAYS[mode]
    if delivery.state is not DeliveryState.DELIVERED:
        return Recalled(delivery.post, delivery.account, RecallState.BY_HAND, UNCLEAR)
    state = RecallState.WAITING if way.by_us else RecallState.BY_HAND
    return Recalled(delivery.post, delivery.account, state, way.told)


def settled(
    recall: Recall, post: PostId, state: RecallState, *, by: str, at: datetime, note: str = ""
) -> Recall:
    """`recall` with what became of one post; it closes with the last one.

    Raises:
        IllegalMove: see `Recall.of`.
    """
    part = replace(recall.of(post), state=state, note=note)
    if state in SETTLED:
        part = replace(part, settled_by=by, settled_at=at)
    posts = tuple(part if each.post == post else each for each in recall.posts)
    return closed(replace(recall, posts=posts), at)


def closed(recall: Recall, at: datetime) -> Recall:
    """`recall`, closed where nothing is left to do."""
    return recall if recall.left or not recall.is_open else replace(recall, closed_at=at)
