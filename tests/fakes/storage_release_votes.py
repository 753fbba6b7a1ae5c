"""In-memory votes on releases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.errors import Conflict
from bot.domain.ids import ReleaseId
from bot.domain.releases.opinion import ReleaseVote, VoteCount
from tests.fakes.storage_state import State


class FakeReleaseVotes:
    """Votes by release and voter."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, vote: ReleaseVote) -> None:
        if (vote.release, vote.voter) in self._state.release_votes:
            raise Conflict("您已经评价过这份文件，每人评价一次")
        self._state.release_votes[vote.release, vote.voter] = vote

    def counts(self, releases: Sequence[ReleaseId]) -> Mapping[ReleaseId, VoteCount]:
        votes = [v for v in self._state.release_votes.values() if v.release in releases]
        useful = Counter(vote.release for vote in votes if vote.is_useful)
        return {
            release: VoteCount(useful[release], number - useful[release])
            for release, number in Counter(vote.release for vote in votes).items()
        }

    def newest(self, *, since: datetime, limit: int) -> Sequence[ReleaseVote]:
        votes = [v for v in self._state.release_votes.values() if v.voted_at >= since]
        ordered = sorted(votes, key=lambda v: (v.release, v.voter))
        return sorted(ordered, key=lambda v: v.voted_at, reverse=True)[:limit]
