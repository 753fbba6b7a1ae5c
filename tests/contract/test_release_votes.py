"""What every storage promises about votes on releases."""

import pytest

from bot.domain.errors import Conflict
from bot.domain.ids import ReleaseId
from bot.domain.releases.opinion import ReleaseVote, VoteCount
from tests.contract.conftest import CompleteStorage
from tests.factories import after


def vote(voter: str, *, release: str = "rel_1", useful: bool = True, at: int = 0) -> ReleaseVote:
    return ReleaseVote(ReleaseId(release), voter, useful, "写得清楚", after(at))


def test_a_visitor_votes_once_on_a_release(storage: CompleteStorage) -> None:
    """And on others; counts tell both sides, the newest comes first."""
    given = [
        vote("a"),
        vote("b", useful=False, at=1),
        vote("c", at=2),
        vote("a", release="rel_2", at=3),
    ]
    with storage.begin() as uow:
        for one in given:
            uow.release_votes.add(one)
        with pytest.raises(Conflict, match="每人评价一次"):
            uow.release_votes.add(vote("a", useful=False))
        uow.commit()

    wanted = [ReleaseId("rel_1"), ReleaseId("rel_2"), ReleaseId("rel_3")]
    with storage.begin() as uow:
        counts = uow.release_votes.counts(wanted)
        assert counts == {ReleaseId("rel_1"): VoteCount(2, 1), ReleaseId("rel_2"): VoteCount(1, 0)}
        assert uow.release_votes.newest(since=after(1), limit=2) == [given[3], given[2]]
