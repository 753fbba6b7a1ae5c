"""A person approves a received release."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, NotAllowed, Problem
from bot.domain.ids import ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.releases.attachment_checks import kept_hashes
from bot.domain.releases.checklist import Checked, in_the_way
from bot.domain.releases.release import RELEASE_MOVES, Approval, Release, ReleaseState
from bot.domain.states import move
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage

SHORTEST_REASON = 4
"""Characters of a reason to pass over a check; “无” explains nothing."""


def approve_release(
    release_id: ReleaseId,
    *,
    actor: Actor,
    storage: Storage,
    doorbell: Doorbell,
    note: str = "",
    override: str = "",
) -> Release:
    """Approve the newest version; planning follows by itself. `override` says why it may go out
    although a check stands in the way; it is kept with the approval and in the audit.

    Raises:
        NotAllowed: the actor may not approve releases, or pass over checks, or handed this
            version in.
        InvalidInput: a check stands in the way, and nobody says why it may be passed over.
        IllegalMove: it is not waiting for approval.
    """
    actor.require(Permission.APPROVE_RELEASE)
    with storage.begin() as uow:
        release = uow.releases.get(release_id)
        _require_second_person(release, actor)
        state = move(
            f"政策“{release.content.title}”", RELEASE_MOVES, release.state, ReleaseState.APPROVED
        )
        files = kept_hashes(release.content)
        inspections = uow.inspections.of(files)
        passed_over = _passed_over(in_the_way(release, inspections), actor, override.strip())
        evidence = "；".join(filter(None, (note or "在同步中审批", _told(passed_over, override))))
        approval = Approval(by=actor.name, evidence=evidence, at=uow.now())
        approved = replace(release, state=state, approval=approval)
        uow.releases.save(approved)
        uow.audit.write(
            actor=actor.name,
            action="release.approved",
            object_kind="release",
            object_id=release_id,
            details={"version": str(release.version), "content_hash": release.content_hash}
            | _audited(passed_over, override),
        )
        uow.commit()
    doorbell.release_is_approved(release_id)
    return approved


def _passed_over(failed: tuple[Checked, ...], actor: Actor, override: str) -> tuple[Checked, ...]:
    """The checks that fail although they block, once somebody who may says why."""
    if not failed:
        return ()
    if len(override) < SHORTEST_REASON:
        said = [Problem("override", f"{one.rule.name}：{one.told}") for one in failed]
        raise InvalidInput(said)
    actor.require(Permission.OVERRIDE_CHECKS)
    return failed


def _told(passed_over: tuple[Checked, ...], override: str) -> str:
    names = "、".join(one.rule.name for one in passed_over)
    return f"检查“{names}”没有通过，仍予通过：{override.strip()}" if passed_over else ""


def _audited(passed_over: tuple[Checked, ...], override: str) -> dict[str, str]:
    if not passed_over:
        return {}
    rules = ",".join(f"{one.rule.id} v{one.rule.version}" for one in passed_over)
    return {"passed_over": rules, "reason": override.strip()}


def _require_second_person(release: Release, actor: Actor) -> None:
    if release.handed_in_by == actor.name and not actor.is_operator:
        raise NotAllowed("这份政策是您提交的，须由另一位有审批权限的同事审批")
