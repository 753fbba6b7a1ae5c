"""Votes on releases, as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from bot.domain.ids import ReleaseId
from bot.domain.releases.opinion import ReleaseVote, VoteCount
from bot.storage.statements import insert_new
from bot.storage.tables import release_votes

_v = release_votes.c
_VOTED = "您已经评价过这份文件，每人评价一次"


class SqlReleaseVotes:
    """Keeps the promises of `ports.release_votes.ReleaseVotes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, vote: ReleaseVote) -> None:
        values = {
            "release_id": vote.release,
            "voter": vote.voter,
            "is_useful": vote.is_useful,
            "words": vote.words,
            "voted_at": vote.voted_at,
        }
        insert_new(self._connection, release_votes, values, taken=_VOTED)

    def counts(self, releases: Sequence[ReleaseId]) -> Mapping[ReleaseId, VoteCount]:
        useful = func.sum(case((_v.is_useful, 1), else_=0))
        wanted = (
            select(_v.release_id, useful.label("useful"), func.count().label("votes"))
            .where(_v.release_id.in_(releases))
            .group_by(_v.release_id)
        )
        return {
            ReleaseId(row.release_id): VoteCount(row.useful, row.votes - row.useful)
            for row in self._connection.execute(wanted)
        }

    def newest(self, *, since: datetime, limit: int) -> Sequence[ReleaseVote]:
        wanted = select(release_votes).where(_v.voted_at >= since)
        newest = wanted.order_by(_v.voted_at.desc(), _v.release_id, _v.voter).limit(limit)
        return [
            ReleaseVote(ReleaseId(r.release_id), r.voter, r.is_useful, r.words, r.voted_at)
            for r in self._connection.execute(newest)
        ]
