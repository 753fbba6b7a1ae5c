"""A person withdraws or refuses a release; what has not gone out is stopped."""

from dataclasses import replace

from bot.domain.ids import ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.releases.release import RELEASE_MOVES, Release, ReleaseState
from bot.domain.states import move
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.posts.hold_posts import cancel_posts_of_release


def withdraw_release(
    release_id: ReleaseId, *, actor: Actor, storage: Storage, reason: str
) -> Release:
    """Withdraw an approved or released release, or refuse one that only was received.

    Posts that are public stay public; `recall_release` takes them down too.

    Raises:
        NotAllowed: the actor may not withdraw.
        IllegalMove: it is withdrawn or refused already.
    """
    actor.require(Permission.WITHDRAW)
    with storage.begin() as uow:
        withdrawn = withdraw_within(uow, release_id, actor=actor, reason=reason)
        uow.commit()
    return withdrawn


def withdraw_within(
    uow: UnitOfWork, release_id: ReleaseId, *, actor: Actor, reason: str
) -> Release:
    """The same inside a unit of work, permission checked.

    Raises:
        IllegalMove: it is withdrawn or refused already.
    """
    release = uow.releases.get(release_id)
    received = release.state is ReleaseState.RECEIVED
    wanted = ReleaseState.REFUSED if received else ReleaseState.WITHDRAWN
    state = move(f"政策“{release.content.title}”", RELEASE_MOVES, release.state, wanted)
    withdrawn = replace(release, state=state)
    uow.releases.save(withdrawn)
    cancel_posts_of_release(uow, release_id)
    uow.audit.write(
        actor=actor.name,
        action=f"release.{state.value}",
        object_kind="release",
        object_id=release_id,
        details={"version": str(release.version), "reason": reason},
    )
    return withdrawn
