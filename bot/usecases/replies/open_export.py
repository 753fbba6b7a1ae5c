"""Before replies leave as a file: may this person have them so, and who took them."""

from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage


def open_export(
    *, unmasked: bool, asked: str, actor: Actor, storage: Storage, kind: str = "replies"
) -> None:
    """Write down that `actor` takes replies (or `cases`) away, with or without personal data.
    `asked` says in words by what they were chosen; words that were searched for do not belong in
    it.

    Raises:
        NotAllowed: the actor may not read replies, or may not have personal data.
    """
    actor.require(Permission.READ)
    if unmasked:
        actor.require(Permission.SEE_PERSONAL_DATA)
    with storage.begin() as uow:
        uow.audit.write(
            actor=actor.name,
            action=f"{kind}.exported",
            object_kind=kind,
            object_id="unmasked" if unmasked else "masked",
            details={"asked": asked},
        )
        uow.commit()
