"""Before a list leaves as a file: may this person have it so, and who took it."""

from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage


def open_export(
    kind: str, *, asked: str, actor: Actor, storage: Storage, unmasked: bool | None = None
) -> None:
    """Write down that `actor` takes a list of this kind away. `asked` says in words by what it was
    chosen; words that were searched for do not belong in it. `unmasked` says whether the personal
    data in it stays as it is; None for a list that holds none.

    Raises:
        NotAllowed: the actor may not read, or may not have personal data.
    """
    actor.require(Permission.READ)
    if unmasked:
        actor.require(Permission.SEE_PERSONAL_DATA)
    held = {True: "unmasked", False: "masked", None: "impersonal"}[unmasked]
    with storage.begin() as uow:
        uow.audit.write(
            actor=actor.name,
            action=f"{kind}.exported",
            object_kind=kind,
            object_id=held,
            details={"asked": asked},
        )
        uow.commit()
