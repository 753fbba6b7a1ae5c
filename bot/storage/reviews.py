"""What was said in the review of posts, and deputies, as rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.domain.deputies import Deputy
from bot.domain.errors import NotFound
from bot.domain.ids import DeputyId, PostId
from bot.domain.posts.review_log import ReviewEntry
from bot.storage.encoding import decode, encode
from bot.storage.tables import deputies, review_entries

_e, _d = review_entries.c, deputies.c


class SqlReviews:
    """Keeps the promises of `ports.reviewing.Reviews`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: ReviewEntry) -> None:
        values = {"post_id": entry.post, "body": encode(ReviewEntry, entry)}
        self._connection.execute(insert(review_entries).values(**values))

    def of_post(self, post: PostId, *, limit: int = 200) -> Sequence[ReviewEntry]:
        newest = select(_e.body).where(_e.post_id == post).order_by(_e.sequence.desc())
        bodies = self._connection.scalars(newest.limit(limit)).all()
        return [decode(ReviewEntry, body) for body in reversed(bodies)]


class SqlDeputies:
    """Keeps the promises of `ports.reviewing.Deputies`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deputy: Deputy) -> None:
        self._connection.execute(insert(deputies).values(**_values(deputy)))

    def save(self, deputy: Deputy) -> None:
        saved = update(deputies).where(_d.id == deputy.id).values(**_values(deputy))
        if self._connection.execute(saved).rowcount == 0:
            raise NotFound("代审", deputy.id)

    def get(self, deputy: DeputyId) -> Deputy:
        body = self._connection.scalar(select(_d.body).where(_d.id == deputy))
        if body is None:
            raise NotFound("代审", deputy)
        return decode(Deputy, body)

    def acting_for(self, login: str, *, day: date) -> Sequence[Deputy]:
        wanted = select(_d.body).where(_d.deputy == login, _d.until >= day)
        found = [
            decode(Deputy, body) for body in self._connection.scalars(wanted.order_by(_d.until))
        ]
        return [one for one in found if one.acts_on(day)]

    def not_over(self, *, day: date, limit: int = 200) -> Sequence[Deputy]:
        wanted = select(_d.body).where(_d.until >= day).order_by(_d.until, _d.id).limit(limit)
        found = [decode(Deputy, body) for body in self._connection.scalars(wanted)]
        return [one for one in found if one.ended_at is None]


def _values(deputy: Deputy) -> dict[str, Any]:
    return {
        "id": deputy.id,
        "deputy": deputy.deputy,
        "until": deputy.until,
        "body": encode(Deputy, deputy),
    }
