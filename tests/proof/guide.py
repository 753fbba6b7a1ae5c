"""Every boundary of a simulated day is passed here; some of them have a fault."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from tests.integration.publishing.killing import Killed
from tests.proof.faults import FAULTS_AT, Fault, Kind


@dataclass(frozen=True)
class Boundary:
    """One place where a day can be cut; `where` says whose doing it is, and what."""

    kind: Kind
    where: str

    def __str__(self) -> str:
        return f"{self.kind} {self.where}"


@dataclass(frozen=True)
class Cut:
    """A fault at the `at`-th boundary of the day, counted from 1; without a name it is the
    `throw`-th of those that can strike there."""

    at: int
    fault: Fault | None = None
    throw: int = 0

    def fault_at(self, kind: Kind) -> Fault:
        """What strikes at a boundary of this kind."""
        possible = FAULTS_AT[kind]
        return self.fault or possible[self.throw % len(possible)]


@dataclass
class Guide:
    """Counts boundaries and says which fault strikes at each; while it rests it does neither."""

    cuts: Sequence[Cut] = ()
    passed: list[Boundary] = field(default_factory=list)
    struck: list[tuple[Boundary, Fault]] = field(default_factory=list)
    is_resting: bool = False

    def reach(self, kind: Kind, where: str) -> Fault | None:
        """Pass one boundary; the fault that strikes there, if any."""
        if self.is_resting:
            return None
        here = Boundary(kind, where)
        self.passed.append(here)
        for cut in self.cuts:
            if cut.at == len(self.passed):
                fault = cut.fault_at(kind)
                self.struck.append((here, fault))
                return fault
        return None

    def has_struck(self, *faults: Fault) -> bool:
        """Whether one of `faults` struck."""
        return any(fault in faults for _, fault in self.struck)


@dataclass(eq=False)
class Process:
    """Somebody who does things, perhaps for one account, and may die. Nothing the dead do has any
    effect."""

    name: str
    account: str = ""
    is_alive: bool = True

    def die(self, where: str) -> None:
        """Be killed.

        Raises:
            Killed: no clean-up code of a killed process runs to any effect.
        """
        self.is_alive = False
        raise Killed(where)

    def require_life(self) -> None:
        """Called before anything that has an effect.

        Raises:
            Killed: this process is dead.
        """
        if not self.is_alive:
            raise Killed(self.name)


_CURRENT: ContextVar[Process] = ContextVar("_CURRENT")


def current() -> Process:
    """Who is doing something now."""
    return _CURRENT.get()


@contextmanager
def acting(process: Process) -> Iterator[Process]:
    """Everything inside is done by `process`."""
    token = _CURRENT.set(process)
    try:
        yield process
    finally:
        _CURRENT.reset(token)
