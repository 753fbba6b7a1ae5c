"""Steps, routes and journals to decide on."""

from dataclasses import replace

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.publishing.journal import Act, Entry, Journal, Outcome
from bot.domain.publishing.next_move import Gate, Move, next_move
from bot.domain.publishing.route import AbsenceRule, Route, Step, StepKind, StepRole
from tests.factories import NOW, after

UPLOAD = Step("upload", StepKind.REPEAT, StepRole.PREPARE, polls_seconds=(2.0,), max_attempts=3)
SUBMIT = Step(
    "submit",
    StepKind.ONCE,
    StepRole.ACCEPT,
    timeout_seconds=10,
    settling_seconds=5,
    looks_seconds=(0, 10),
)
SEE = Step("see", StepKind.REPEAT, StepRole.SEE, polls_seconds=(2.0,), patience_seconds=60)
BY_HAND = Step("await_person", StepKind.REPEAT, StepRole.AWAIT_PERSON)
ROUTE = Route(PlatformName.WECHAT, Mode.PUBLISH, (UPLOAD, SUBMIT, SEE))
PROVABLE = replace(SUBMIT, absence=AbsenceRule(60, "a documented rule"))
KEYED = replace(SUBMIT, name="send", kind=StepKind.KEYED)
OPEN = Gate(NOW)


def entry(step: Step, outcome: Outcome | None, *, at: float = 0, **changes: object) -> Entry:
    """A journal line; finished one second after it began, if it has an outcome."""
    made = Entry(
        seq=int(changes.pop("seq", 1)),  # type: ignore[call-overload]
        step=step.name,
        act=Act.CALL,
        started_at=after(at),
        deadline_at=after(at + step.timeout_seconds),
        outcome=outcome,
        finished_at=None if outcome is None else after(at + 1),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def journal(*entries: Entry) -> Journal:
    """Entries in order, numbered."""
    return Journal(tuple(replace(e, seq=n) for n, e in enumerate(entries, 1)))


def route(*steps: Step) -> Route:
    return Route(PlatformName.WECHAT, Mode.PUBLISH, steps)


def moved(*entries: Entry, steps: tuple[Step, ...] = (SUBMIT,), at: float = 0) -> Move:
    return next_move(route(*steps), journal(*entries), OPEN, now=after(at))
