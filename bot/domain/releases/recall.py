"""A recall: one withdrawal over all accounts, followed until nothing of it is public any more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.accounts.account import Mode
from bot.domain.errors import IllegalMove
from bot.domain.ids import AccountId, PostId, RecallId, ReleaseId
from bot.domain.publishing.delivery import Delivery, DeliveryState

CALL_SECONDS = 45.0
"""How long one try may be under way; after that its worker is taken for lost."""
MOST_TRIES = 12
"""About an hour of a platform that does not answer; then a person is asked."""


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


_POST = "由系统删除；平台不允许时，请用发布的账号登录微博删除。别人的转发还在，但看不到原文"
WAYS: Mapping[Mode, Way] = {
    Mode.MASS: Way(True, "由系统删除文章。关注者收到的推送还在列表里，点开显示已删除；不能修改"),
    Mode.PUBLISH: Way(True, "由系统删除文章，原链接打开后显示已删除"),
    Mode.DRAFT: Way(True, "由系统删除；平台不允许时，请在公众平台后台“发表记录”中删除"),
    Mode.SHARE: Way(True, _POST),
    Mode.COMMERCIAL: Way(True, _POST),
    Mode.ARTICLE: Way(
        False, "头条文章没有删除接口。请用发布的账号登录微博，删除头条文章和带出它的微博"
    ),
    Mode.COLLECT: Way(False, "这个账号不发布稿件"),
}
"""What the interfaces allow that we speak: freepublish/delete, message/mass/delete,
statuses/destroy. Of a headline article none is documented."""

UNCLEAR = "正在发送或结果未知。请先查清有没有发出，已经公开的再删除"


@dataclass(frozen=True)
class Recalled:
    """One post of a recall; `note` is what the platform or a person said last. While it waits for
    us: after how many tries, when the next one is, and until when the one under way may last."""

    post: PostId
    account: AccountId
    state: RecallState
    told: str
    note: str = ""
    settled_by: str | None = None
    settled_at: datetime | None = None
    tries: int = 0
    next_at: datetime | None = None
    trying_until: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether somebody should try now: it waits for us, and nobody is at it."""
        if self.state is not RecallState.WAITING:
            return False
        is_free = self.trying_until is None or self.trying_until <= now
        return is_free and (self.next_at is None or self.next_at <= now)


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
    def is_waiting(self) -> bool:
        """Whether we still try."""
        return any(each.state is RecallState.WAITING for each in self.posts)

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


def begun(recall: Recall, post: PostId, now: datetime) -> Recall:
    """`recall` with a try of one post under way.

    Raises:
        IllegalMove: see `Recall.of`.
    """
    part = recall.of(post)
    until = now + timedelta(seconds=CALL_SECONDS)
    return _with(recall, replace(part, tries=part.tries + 1, next_at=None, trying_until=until))


def put_off(recall: Recall, post: PostId, until: datetime, note: str) -> Recall:
    """`recall` with one post that is tried again later, or by a person after too many tries.

    Raises:
        IllegalMove: see `Recall.of`.
    """
    part = recall.of(post)
    is_enough = part.tries >= MOST_TRIES
    state = RecallState.BY_HAND if is_enough else RecallState.WAITING
    next_at = None if is_enough else until
    return _with(recall, replace(part, state=state, note=note, next_at=next_at, trying_until=None))


def asked_again(recall: Recall, posts: Collection[PostId]) -> Recall:
    """`recall` with these of its posts that a person was to take down waiting for us again."""
    parts = (
        replace(each, state=RecallState.WAITING, tries=0, next_at=None)
        if each.post in posts and each.state is RecallState.BY_HAND
        else each
        for each in recall.posts
    )
    return replace(recall, posts=tuple(parts))


def settled(
    recall: Recall, post: PostId, state: RecallState, *, by: str, at: datetime, note: str = ""
) -> Recall:
    """`recall` with what became of one post; it closes with the last one.

    Raises:
        IllegalMove: see `Recall.of`.
    """
    part = replace(recall.of(post), state=state, note=note, next_at=None, trying_until=None)
    if state in SETTLED:
        part = replace(part, settled_by=by, settled_at=at)
    return closed(_with(recall, part), at)


def _with(recall: Recall, part: Recalled) -> Recall:
    posts = tuple(part if each.post == part.post else each for each in recall.posts)
    return replace(recall, posts=posts)


def closed(recall: Recall, at: datetime) -> Recall:
    """`recall`, closed where nothing is left to do."""
    return recall if recall.left or not recall.is_open else replace(recall, closed_at=at)
