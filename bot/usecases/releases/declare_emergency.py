"""A person says that a release is an emergency: it takes the fast lane, its clocks run."""

from dataclasses import replace

from bot.domain.errors import IllegalMove, InvalidInput, Problem
from bot.domain.ids import ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.releases.release import Release, ReleaseState
from bot.ports.storage import Storage


def declare_emergency(
    release_id: ReleaseId, *, reason: str, actor: Actor, storage: Storage
) -> Release:
    """Before it is approved, since posts are drawn by what it is. Saying so twice changes nothing.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason is given.
        IllegalMove: its posts are drawn already; they can be scheduled as emergencies each.
    """
    actor.require(Permission.SCHEDULE)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请写明转入应急通道的原因，例如突发事件的名称")])
    with storage.begin() as uow:
        release = uow.releases.get(release_id)
        if release.is_emergency:
            return release
        if release.state is not ReleaseState.RECEIVED:
            thing = f"政策“{release.content.title}”"
            raise IllegalMove(thing, now=release.state.value, wanted="应急发布")
        declared = replace(release, emergency_since=uow.now())
        uow.releases.save(declared)
        uow.audit.write(
            actor=actor.name,
            action="release.emergency",
            object_kind="release",
            object_id=release_id,
            details={"reason": reason.strip()},
        )
        uow.commit()
    return declared
