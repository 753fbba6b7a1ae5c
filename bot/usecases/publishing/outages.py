"""Ticks are written down; a gap between two is an outage with a list of what was due in it."""

from dataclasses import replace

from bot.domain.ids import OutageId
from bot.domain.permissions import SYSTEM, Actor, Permission
from bot.domain.publishing.outage import NOTE_EVERY, Outage, outage_between
from bot.ports.storage import Storage, UnitOfWork


def note_tick(uow: UnitOfWork) -> None:
    """Within the tick's unit of work: note that it ran; if none did for long, keep the outage."""
    last, now = uow.outages.last_tick(), uow.now()
    outage = outage_between(last, now)
    if outage is not None:
        posts = uow.outages.add(outage)
        uow.audit.write(
            actor=SYSTEM.name,
            action="outage.noticed",
            object_kind="outage",
            object_id=outage.id,
            details={"seconds": f"{outage.seconds:.0f}", "posts": str(posts)},
        )
    if last is None or now - last >= NOTE_EVERY:
        uow.outages.note_tick(now)


def settle_outage(outage_id: OutageId, *, actor: Actor, storage: Storage) -> Outage:
    """A person says that they have looked through the list of an outage.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.RESOLVE_DELIVERY)
    with storage.begin() as uow:
        outage = uow.outages.get(outage_id)
        settled = replace(outage, settled_by=actor.name, settled_at=uow.now())
        uow.outages.save(settled)
        uow.audit.write(
            actor=actor.name, action="outage.settled", object_kind="outage", object_id=outage_id
        )
        uow.commit()
    return settled
