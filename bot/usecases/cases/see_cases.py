"""Whose cases somebody may look at: whoever only works for a department sees what is theirs."""

from bot.domain.cases.case import Case
from bot.domain.errors import NotAllowed
from bot.domain.ids import DepartmentId, ReplyId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.ports.storage import UnitOfWork
from bot.usecases.cases.tools import department_of

NOBODYS = DepartmentId("-")
"""Stands for the department of a contact who was given none: no case is theirs."""


def is_confined(actor: Actor) -> bool:
    """Whether the actor only works for a department."""
    return not actor.is_operator and actor.roles == {Role.DEPT_CONTACT}


def confined_to(uow: UnitOfWork, actor: Actor) -> DepartmentId | None:
    """The one department whose cases the actor may see; None means every case."""
    if not is_confined(actor):
        return None
    return department_of(uow, actor) or NOBODYS


def require_sight(uow: UnitOfWork, case: Case, actor: Actor) -> None:
    """Go on if the actor may look at this case.

    Raises:
        NotAllowed.
    """
    own = confined_to(uow, actor)
    if own is not None and case.department != own:
        raise NotAllowed("这件办理件不由您所在的部门承办，请联系留言专员")


def require_sight_of_reply(uow: UnitOfWork, reply: ReplyId, actor: Actor) -> DepartmentId | None:
    """Go on if the actor may read this reply; whoever is confined, only those of their
    department's cases. Returns what they are confined to.

    Raises:
        NotAllowed.
    """
    own = confined_to(uow, actor)
    case = uow.cases.of_reply(reply) if own is not None else None
    if own is not None and (case is None or case.department != own):
        raise NotAllowed("这条留言不由您所在的部门办理，请联系留言专员")
    return own


def require_all_sight(uow: UnitOfWork, actor: Actor) -> None:
    """Go on if the actor sees the cases of every department.

    Raises:
        NotAllowed.
    """
    if confined_to(uow, actor) is not None:
        raise NotAllowed("这一页由留言专员处理，您可以在“办理”里看到本部门的办理件")
