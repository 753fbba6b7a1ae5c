"""What colleagues call who acts, for sentences that are stored."""

from bot.domain.permissions import Actor, name_of_no_person
from bot.ports.storage import UnitOfWork


def said_name(uow: UnitOfWork, actor: Actor) -> str:
    """The name behind the login; nothing else is read."""
    person = uow.people.by_login(actor.name)
    return person.name if person else name_of_no_person(actor.name) or actor.name
