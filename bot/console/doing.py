"""Carries out the one deed that a form of a page asks for."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from starlette.responses import Response

from bot.console.visit import Visit
from bot.domain.errors import NotFound, PlatformError, Refusal

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")
Refused = Refusal | PlatformError
Again = Callable[[Visit, Refused, str], Response]
"""Draws the page once more, with what was written and why the deed of that name was refused."""


def carry_out(
    visit: Visit,
    thing: Thing,
    doing: Mapping[str, Callable[[Visit, Thing], Outcome]],
    *,
    again: Again,
    then: Callable[[str, Outcome], Response],
    beyond: tuple[type[Refusal], ...] = (),
) -> Response:
    """Do the deed of the address with the thing, and answer with `then`; where it is refused the
    page is shown again. Refusals `beyond` what the page can tell get a page of their own, as does
    whatever is not found.

    Raises:
        NotFound: the page has no such deed, or what it is about is gone.
    """
    name = visit.named("deed")
    if name not in doing:
        raise NotFound("操作", name)
    try:
        outcome = doing[name](visit, thing)
    except (Refusal, PlatformError) as refusal:
        if isinstance(refusal, (NotFound, *beyond)):
            raise
        return again(visit, refusal, name)
    return then(name, outcome)
