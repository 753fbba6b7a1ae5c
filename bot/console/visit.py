"""One visit of a member of staff: who asks, with what, and what the page may use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from starlette.requests import Request

from bot.console.drawing import Drawing
from bot.console.forms import Upload
from bot.console.tally import Tallies
from bot.console.tools import ConsoleTools
from bot.console.words.people import PeopleNames
from bot.domain.people import Session, User
from bot.domain.permissions import Actor, Permission
from bot.usecases.people.sign_in import actor_of


@dataclass(frozen=True)
class Visit:
    """A request with its living session; `fields` are those of a form that was sent,
    `files` what came with it."""

    tools: ConsoleTools
    drawing: Drawing
    request: Request
    session: Session
    user: User
    tallies: Tallies
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """The visitor as somebody who acts."""
        return actor_of(self.user)

    @cached_property
    def names(self) -> PeopleNames:
        """What to call the people this page speaks of."""
        return PeopleNames(self.tools.overview.people)

    def may(self, permission: Permission) -> bool:
        """Whether the visitor holds the permission."""
        return self.actor.may(permission)

    def asked(self, name: str) -> str:
        """A query parameter, trimmed; empty when it is absent."""
        return self.request.query_params.get(name, "").strip()

    def named(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    @property
    def is_partial(self) -> bool:
        """Whether only a part of the page is wanted, to be put in place by htmx."""
        return self.request.headers.get("hx-request") == "true"
