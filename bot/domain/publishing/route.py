"""Routes: the ordered steps that bring a post onto an account, as data."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.accounts.account import Mode, PlatformName


class StepKind(StrEnum):
    """`repeat`: harmless to run again. `keyed`: the platform honours our key. `once`: neither."""

    REPEAT = "repeat"
    KEYED = "keyed"
    ONCE = "once"


class StepRole(StrEnum):
    """What a step is for. After `accept` the public may see it; `confirm` waits for the platform;
    `await_person` waits for somebody in the platform's console; `see` reads it as the public."""

    PREPARE = "prepare"
    VERIFY = "verify"
    ACCEPT = "accept"
    CONFIRM = "confirm"
    AWAIT_PERSON = "await_person"
    SEE = "see"


@dataclass(frozen=True)
class AbsenceRule:
    """When not finding an effect proves that there is none, and how we know."""

    after_seconds: float
    source: str


@dataclass(frozen=True)
class Step:
    """One step of a route.

    `timeout_seconds` is the call's total deadline, `settling_seconds` how long an effect may
    take to become findable, `patience_seconds` how long pending answers are waited for.
    `public_address`: the step makes something reachable, so it may not run before embargo.
    `alone`: it does not run while another post of the account is being searched for.
    `together`: it is worth its call only where other posts wait for this one.
    """

    name: str
    kind: StepKind
    role: StepRole
    timeout_seconds: float = 10.0
    settling_seconds: float = 10.0
    patience_seconds: float = 3600.0
    max_attempts: int = 8
    absence: AbsenceRule | None = None
    public_address: bool = False
    alone: bool = False
    together: bool = False
    polls_seconds: tuple[float, ...] = (2, 5, 10, 30, 60, 120, 300, 600)
    looks_seconds: tuple[float, ...] = (0, 10, 30, 60, 120, 300)


@dataclass(frozen=True)
class Route:
    """The steps of one mode of one platform, in order."""

    platform: PlatformName
    mode: Mode
    steps: tuple[Step, ...]

    def taken(self, *, together: bool) -> "Route":
        """The steps of a post that goes out by itself, or `together` with others."""
        kept = tuple(step for step in self.steps if together or not step.together)
        return replace(self, steps=kept)

    def step(self, name: str) -> Step:
        """The step called `name`; a wrong name is a programming error."""
        return next(step for step in self.steps if step.name == name)

    @property
    def accepting(self) -> Step | None:
        """The step after which the public may see it; None when a person does it."""
        return next((step for step in self.steps if step.role is StepRole.ACCEPT), None)

    @property
    def public(self) -> Step | None:
        """The step by which a post becomes public, by our call or by a person's hand."""
        by_hand = (step for step in self.steps if step.role is StepRole.AWAIT_PERSON)
        return self.accepting or next(by_hand, None)

    def before(self, step: Step) -> tuple[Step, ...]:
        """The steps that come before this one."""
        return self.steps[: self.steps.index(step)]
