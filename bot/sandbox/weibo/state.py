"""The whole of the simulated Weibo in memory; every change to it happens in one event loop."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.ids import IdSource
from bot.sandbox.weibo.limits import Meter
from bot.sandbox.weibo.records import (
    App,
    Article,
    Code,
    Comment,
    Conversation,
    Line,
    Picture,
    Status,
    Token,
    User,
)
from bot.sandbox.weibo.switches import Switches
from bot.sandbox.weibo.twists import Twists


@dataclass
class World:
    """Everything the platform knows. ``now`` gives unix seconds and may be a shifted clock."""

    now: Callable[[], float]
    public_base: str
    switches: Switches
    meter: Meter
    ids: IdSource
    twists: Twists = field(default_factory=Twists)
    apps: dict[str, App] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    statuses: dict[int, Status] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    _by_status: dict[int, list[Comment]] = field(default_factory=dict)
    _by_author: dict[int, list[Status]] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    conversations: dict[tuple[int, int], Conversation] = field(default_factory=dict)

    def user_named(self, screen_name: str) -> User | None:
        """The living user of that name."""
        return next(
            (u for u in self.users.values() if u.screen_name == screen_name and not u.deleted),
            None,
        )

    def citizen(self, uid: int, screen_name: str = "") -> User:
        """That user, made on the spot if nobody has the uid yet."""
        if uid not in self.users:
            self.users[uid] = User(uid, screen_name or f"用户{uid}")
        return self.users[uid]

    def status(self, status_id: int) -> Status:
        """A post that exists and has appeared; Refusal 20101 otherwise."""
        status = self.statuses.get(status_id)
        if status is None or status.deleted or status.visible_at > self.now():
            raise Refusal(20101)
        return status

    def add_status(self, status: Status) -> Status:
        """Keep a new post."""
        self.statuses[status.id] = status
        self._by_author.setdefault(status.uid, []).append(status)
        self.users[status.uid].posts += 1
        return status

    def statuses_by(self, uid: int) -> Iterator[Status]:
        """Everything a user has posted and not deleted, newest first, late posts too."""
        return (post for post in reversed(self._by_author.get(uid, [])) if not post.deleted)

    def newest_of(self, uid: int) -> Status:
        """The post a user made last; IndexError when there is none."""
        return self._by_author[uid][-1]

    def posts_of(self, uid: int) -> list[Status]:
        """A user's posts that exist and have appeared, newest first."""
        now = self.now()
        return [post for post in self.statuses_by(uid) if post.visible_at <= now]

    def add_comment(self, comment: Comment) -> Comment:
        """Keep a new comment."""
        self.comments[comment.id] = comment
        self._by_status.setdefault(comment.status_id, []).append(comment)
        return comment

    def comments_under(self, status_id: int) -> list[Comment]:
        """Every comment of a post, waiting and deleted ones too, oldest first."""
        return self._by_status.get(status_id, [])

    def comment(self, comment_id: int) -> Comment:
        """A comment that exists; Refusal 20201 otherwise."""
        comment = self.comments.get(comment_id)
        if comment is None or comment.deleted:
            raise Refusal(20201)
        return comment

    def conversation(self, account: int, citizen: int) -> Conversation:
        """The private conversation of the two, empty at first."""
        key = (account, citizen)
        return self.conversations.setdefault(key, Conversation(account, citizen))

    def tell(self, account: int, citizen: int, line: Line) -> None:
        """Add a line to a conversation."""
        self.conversation(account, citizen).lines.append(line)

    def count_unread(self, uid: int, stream: str) -> None:
        """One more unread thing in a stream of ``remind/unread_count``."""
        unread = self.users[uid].unread
        unread[stream] = unread.get(stream, 0) + 1

    def mark_read(self, uid: int, stream: str) -> None:
        """The stream was fetched; whether that resets its counter is a switch."""
        if self.switches.unread_resets_on_read:
            self.users[uid].unread[stream] = 0
