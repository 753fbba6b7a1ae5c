"""Who somebody signs as: themselves, or whoever named them a deputy."""

from bot.domain.accounts.budgets import BEIJING
from bot.domain.errors import NotAllowed
from bot.domain.permissions import STEP_PERMISSIONS, Actor
from bot.domain.posts.post import Post
from bot.domain.posts.review import ReviewStep
from bot.domain.posts.signing import require_fresh_eyes
from bot.ports.storage import UnitOfWork
from bot.usecases.people.sign_in import actor_of


def take_seat(uow: UnitOfWork, post: Post, step: ReviewStep, actor: Actor) -> str:
    """In whose place the actor takes this step; empty for themselves.

    Raises:
        NotAllowed: neither they nor anybody they stand in for may take it, or whoever they stand
            in for has had a hand in the post.
    """
    needed = STEP_PERMISSIONS[step]
    if actor.may(needed):
        return ""
    refusal: NotAllowed | None = None
    for principal in principals_of(uow, actor):
        if not principal.may(needed):
            continue
        try:
            require_fresh_eyes(post, frozenset({actor.name, principal.name}))
        except NotAllowed as spoken:
            refusal = spoken
        else:
            return principal.name
    if refusal is not None:
        raise refusal
    actor.require(needed)
    return ""


def principals_of(uow: UnitOfWork, actor: Actor) -> list[Actor]:
    """Whom the actor may stand in for today; nobody whose own access has ended."""
    today = uow.now().astimezone(BEIJING).date()
    named = [one.principal for one in uow.deputies.acting_for(actor.name, day=today)]
    people = (uow.people.by_login(login) for login in dict.fromkeys(named))
    return [actor_of(person) for person in people if person is not None and person.enabled]
