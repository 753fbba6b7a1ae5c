"""A reader says whether a released document was useful, once (评价政策公开)."""

from bot.domain.errors import NotFound
from bot.domain.ids import ReleaseId
from bot.domain.releases.opinion import ReleaseVote, require_vote
from bot.domain.releases.release import Release, ReleaseState
from bot.ports.storage import Storage, UnitOfWork


def public_release(uow: UnitOfWork, wanted: ReleaseId) -> Release:
    """A release that anybody may read.

    Raises:
        NotFound: there is none, or it is not public (any more).
    """
    release = uow.releases.get(wanted)
    if release.state is not ReleaseState.RELEASED:
        raise NotFound("公开的文件", wanted)
    return release


def vote_on_release(
    wanted: ReleaseId, visitor: str, *, useful: str, words: str, storage: Storage
) -> ReleaseVote:
    """Store the vote; of the visitor's token only a keyed hash is kept.

    Raises:
        NotFound: no such public release.
        InvalidInput: nothing chosen, or too many words.
        Conflict: this visitor has voted.
    """
    is_useful = require_vote(useful, words)
    with storage.begin() as uow:
        release = public_release(uow, wanted)
        voter = uow.audit.keyed_hash("visitor", visitor)
        vote = ReleaseVote(release.id, voter, is_useful, words.strip(), uow.now())
        uow.release_votes.add(vote)
        uow.commit()
    return vote
