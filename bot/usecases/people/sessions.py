"""Where somebody is signed in, seen and ended."""

from collections.abc import Sequence

from bot.domain.people import Session
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage
from bot.usecases.people.change_user import user_named


def see_sessions(login: str, *, actor: Actor, storage: Storage) -> Sequence[Session]:
    """The living sessions of a person, the newest first: one's own, or anybody's for who manages
    people.

    Raises:
        NotAllowed, NotFound.
    """
    _require_right(login, actor)
    with storage.look() as uow:
        return uow.people.sessions_of(user_named(uow, login).id, after=uow.now())


def end_sessions(login: str, *, actor: Actor, storage: Storage, but: str = "") -> None:
    """Sign the person out everywhere, except in the session whose key hash is `but`.

    Raises:
        NotAllowed, NotFound.
    """
    _require_right(login, actor)
    with storage.begin() as uow:
        user = user_named(uow, login)
        uow.people.end_sessions(user.id, but=but)
        uow.audit.write(
            actor=actor.name, action="user.signed_out", object_kind="user", object_id=user.id
        )
        uow.commit()


def _require_right(login: str, actor: Actor) -> None:
    if login != actor.name:
        actor.require(Permission.MANAGE_PEOPLE)
