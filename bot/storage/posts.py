"""Rollouts and their posts."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import PostId, ReleaseId, RolloutId
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.rollout import Rollout
from bot.domain.text import clip
from bot.storage.encoding import decode, decode_shared, encode
from bot.storage.rollout_rows import ROLLOUT_COLUMNS, rollout_row, rollout_values
from bot.storage.rollout_turns import RolloutTurns
from bot.storage.tables import posts, rollouts

LISTED_TITLE_CHARACTERS = 80
_POST = select(posts.c.body).where(posts.c.id == bindparam("post"))
_ROLLOUT = select(*ROLLOUT_COLUMNS).where(rollouts.c.id == bindparam("rollout"))
_TITLED = re.compile(r"(?:#[^#\n]+#)?【([^】\n]+)】")


class SqlPosts:
    """Keeps the promises of `ports.storage.Posts`."""

    def __init__(self, connection: Connection, turns: RolloutTurns) -> None:
        self._connection = connection
        self._turns = turns

    def add_rollout(self, rollout: Rollout) -> None:
        self._connection.execute(insert(rollouts).values(**rollout_values(rollout)))

    def save_rollout(self, rollout: Rollout) -> None:
        statement = update(rollouts).where(rollouts.c.id == rollout.id)
        saved = self._connection.execute(statement.values(**rollout_values(rollout)))
        if saved.rowcount == 0:
            raise NotFound("同步发布", rollout.id)

    def rollout(self, rollout: RolloutId) -> Rollout:
        self._turns.take(rollout)
        row = self._connection.execute(_ROLLOUT, {"rollout": rollout}).first()
        if row is None:
            raise NotFound("同步发布", rollout)
        return rollout_row(row)

    def rollouts_of(self, release: ReleaseId) -> Sequence[Rollout]:
        self._turns.take_of_release(release)
        wanted = select(*ROLLOUT_COLUMNS).where(rollouts.c.release_id == release)
        ordered = wanted.order_by(rollouts.c.created_at, rollouts.c.id)
        return [rollout_row(row) for row in self._connection.execute(ordered)]

    def add(self, post: Post) -> None:
        self._connection.execute(insert(posts).values(**_post_row(post)))

    def save(self, post: Post) -> None:
        self._turns.take(post.rollout)
        statement = update(posts).where(posts.c.id == post.id)
        saved = self._connection.execute(statement.values(**_post_row(post)))
        if saved.rowcount == 0:
            raise NotFound("稿件", post.id)

    def get(self, post: PostId) -> Post:
        self._turns.take_of_post(post)
        body = self._connection.scalar(_POST, {"post": post})
        if body is None:
            raise NotFound("稿件", post)
        return decode_shared(Post, body)

    def of_rollout(self, rollout: RolloutId) -> Sequence[Post]:
        self._turns.take(rollout)
        return self._all(posts.c.rollout_id == rollout)

    def of_release(self, release: ReleaseId) -> Sequence[Post]:
        self._turns.take_of_release(release)
        return self._all(posts.c.release_id == release)

    def kept_by(self, login: str, *, limit: int) -> Sequence[Post]:
        alive = posts.c.state.not_in((PostState.EXPIRED, PostState.CANCELLED))
        kept = select(posts.c.id).where(posts.c.keeper == login, alive)
        ids = self._connection.scalars(kept.order_by(posts.c.id).limit(limit)).all()
        return [self.get(PostId(post)) for post in ids]

    def _all(self, which: ColumnElement[bool]) -> Sequence[Post]:
        bodies = self._connection.scalars(select(posts.c.body).where(which).order_by(posts.c.id))
        return [decode(Post, body) for body in bodies]


def _post_row(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "rollout_id": post.rollout,
        "release_id": post.release,
        "account_id": post.account,
        "kind": post.kind,
        "revision": post.revision,
        "state": post.state,
        "title": _listed_title(post.draft.content),
        "due_at": post.due_at,
        "approved_by": post.approved_by,
        "hold_reason": post.hold_reason,
        "review_step": post.next_step if post.state is PostState.IN_REVIEW else None,
        "involved": encode(tuple[str, ...], tuple(sorted(post.involved))),
        "keeper": post.keeper or None,
        "body": encode(Post, post),
    }


def _listed_title(content: DraftContent) -> str:
    """What a list calls the post: its first article's title, the one in front of its text, or how
    that begins."""
    if content.articles:
        return content.articles[0].title
    titled = _TITLED.match(content.text)
    return titled[1] if titled else clip(" ".join(content.text.split()), LISTED_TITLE_CHARACTERS)
