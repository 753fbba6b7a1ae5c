"""Former drafts of posts."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, Select, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import PostId
from bot.domain.posts.post import Post
from bot.domain.posts.revision import Revision
from bot.storage.clock import DatabaseClock
from bot.storage.encoding import decode, encode
from bot.storage.tables import post_revisions

_r = post_revisions.c


class SqlRevisions:
    """Keeps the promises of `ports.storage.Revisions`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def keep(self, post: Post, *, replaced_by: str = "") -> None:
        """Whoever changes a post has taken its rollout's turn: nobody else keeps the same one."""
        known = self._first(_of(post.id).where(_r.number == post.revision))
        if known is None:
            self._connection.execute(
                insert(post_revisions).values(**self._values(post, replaced_by))
            )
            return
        told = {
            "approved_by": post.approved_by or known.approved_by,
            "replaced_by": replaced_by or known.replaced_by,
        }
        which = (_r.post_id == post.id, _r.number == post.revision)
        body = encode(Revision, replace(known, **told))  # type: ignore[arg-type]
        self._connection.execute(update(post_revisions).where(*which).values(body=body, **told))

    def get(self, post: PostId, number: int) -> Revision:
        found = self._first(_of(post).where(_r.number == number))
        if found is None:
            raise NotFound("稿件的历次稿", f"{post} 第 {number} 稿")
        return found

    def of_post(self, post: PostId, *, limit: int = 20) -> Sequence[Revision]:
        return [_revision(row) for row in self._connection.execute(_of(post).limit(limit))]

    def last_approved(self, post: PostId) -> Revision | None:
        return self._first(_of(post).where(_r.approved_by.is_not(None)))

    def with_hash(self, post: PostId, content_hash: str) -> Revision | None:
        return self._first(_of(post).where(_r.content_hash == content_hash))

    def _first(self, wanted: Select[tuple[str]]) -> Revision | None:
        row = self._connection.execute(wanted.limit(1)).first()
        return _revision(row) if row else None

    def _values(self, post: Post, replaced_by: str) -> dict[str, object]:
        kept = Revision(
            post=post.id,
            number=post.revision,
            draft=post.draft,
            edits=post.edits,
            kept_at=self._clock.now(self._connection),
            approved_by=post.approved_by,
            replaced_by=replaced_by,
        )
        return {
            "post_id": post.id,
            "number": post.revision,
            "content_hash": post.content_hash,
            "approved_by": kept.approved_by,
            "replaced_by": kept.replaced_by,
            "kept_at": kept.kept_at,
            "body": encode(Revision, kept),
        }


def _of(post: PostId) -> Select[tuple[str]]:
    return select(_r.body).where(_r.post_id == post).order_by(_r.number.desc())


def _revision(row: Row[tuple[str]]) -> Revision:
    return decode(Revision, row.body)
