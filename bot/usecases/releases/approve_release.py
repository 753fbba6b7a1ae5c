"""A person approves a received release."""

from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.ids import ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.releases.release import RELEASE_MOVES, Approval, Release, ReleaseState
from bot.domain.states import move
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage


def approve_release(
    release_id: ReleaseId, *, actor: Actor, storage: Storage, doorbell: Doorbell, note: str = ""
) -> Release:
    """Approve the newest version; planning follows by itself.

    Raises:
        NotAllowed: the actor may not approve releases, or handed this version in.
        IllegalMove: it is not waiting for approval.
    """
    actor.require(Permission.APPROVE_RELEASE)
    with storage.begin() as uow:
        release = uow.releases.get(release_id)
        _require_second_person(release, actor)
        state = move(
            f"政策“{release.content.title}”", RELEASE_MOVES, release.state, ReleaseState.APPROVED
        )
        approval = Approval(by=actor.name, evidence=note or "在同步中审批", at=uow.now())
        approved = replace(release, state=state, approval=approval)
        uow.releases.save(approved)
        uow.audit.write(
            actor=actor.name,
            action="release.approved",
            object_kind="release",
            object_id=release_id,
            details={"version": str(release.version), "content_hash": release.content_hash},
        )
        uow.commit()
    doorbell.release_is_approved(release_id)
    return approved


def _require_second_person(release: Release, actor: Actor) -> None:
    if release.handed_in_by == actor.name and not actor.is_operator:
        raise NotAllowed("这份政策是您提交的，须由另一位有审批权限的同事审批")
