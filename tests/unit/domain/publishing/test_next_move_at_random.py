"""Whatever a platform answers: hypothesis plays against `next_move`."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.publishing.journal import Act, Entry, Journal, Outcome
from bot.domain.publishing.next_move import (
    Call,
    Done,
    Gate,
    Hold,
    LookForIt,
    Move,
    Prepared,
    Wait,
    next_move,
)
from bot.domain.publishing.route import Route, Step, StepKind, StepRole
from tests.factories import NOW, after
from tests.unit.domain.publishing.journals import (
    KEYED,
    OPEN,
    PROVABLE,
    ROUTE,
    SEE,
    SUBMIT,
    UPLOAD,
    entry,
    journal,
    route,
)


@dataclass
class Platform:
    """A platform whose every answer hypothesis chooses; it counts real effects."""

    effects: int = 0
    journal: Journal = field(default_factory=Journal)
    clock: datetime = NOW

    def play(self, the_route: Route, choices: st.DataObject) -> Move:
        """Follow `next_move` until it ends or stands still."""
        move: Move = Prepared(None)
        for _ in range(60):
            move = next_move(the_route, self.journal, OPEN, now=self.clock)
            if isinstance(move, Done | Hold):
                return move
            self._obey(move, choices)
        return move

    def _obey(self, move: Move, choices: st.DataObject) -> None:
        match move:
            case Call(step=step, key=key):
                self._call(step, key, choices)
            case LookForIt(step=step):
                self._look(step, choices)
            case Wait(until=until):
                self.clock = max(self.clock, until)
            case Prepared(until=until):
                self.clock = max(self.clock, until or self.clock)

    def _call(self, step: Step, key: str, choices: st.DataObject) -> None:
        known = step.kind is StepKind.KEYED and self.effects > 0
        happens = choices.draw(st.booleans()) and not known
        public = step.role is StepRole.ACCEPT
        if happens and public:
            self.effects += 1
        honest = [Outcome.UNKNOWN, None]
        if happens or known or not public:
            honest.append(Outcome.DONE)
        if not happens and not known:
            honest += [Outcome.NOT_DONE, Outcome.REFUSED]
        self._write(step, Act.CALL, choices.draw(st.sampled_from(honest)), key or "k")

    def _look(self, step: Step, choices: st.DataObject) -> None:
        truth = Outcome.FOUND if self.effects else Outcome.ABSENT
        self._write(step, Act.LOOK, choices.draw(st.sampled_from([truth, Outcome.UNCLEAR])))

    def _write(self, step: Step, act: Act, outcome: Outcome | None, key: str = "") -> None:
        ends = self.clock + timedelta(seconds=1)
        made = Entry(
            seq=self.journal.next_seq,
            step=step.name,
            act=act,
            started_at=self.clock,
            deadline_at=self.clock + timedelta(seconds=step.timeout_seconds),
            outcome=outcome,
            finished_at=ends if outcome else None,
            retry_at=ends if outcome is Outcome.NOT_DONE else None,
            key=key,
            key_valid_until=NOW + timedelta(hours=23),
        )
        self.journal = self.journal.with_entry(made)
        self.clock = ends


@given(choices=st.data(), accepting=st.sampled_from([SUBMIT, PROVABLE, KEYED]))
def test_whatever_the_platform_answers_the_public_sees_at_most_one_post(
    choices: st.DataObject, accepting: Step
) -> None:
    """The promise of the product: at most one effect; done only if there is exactly one."""
    platform = Platform()

    ended = platform.play(route(UPLOAD, accepting), choices)

    assert platform.effects <= 1
    assert isinstance(ended, Done | Hold)
    if isinstance(ended, Done):
        assert platform.effects == 1


@given(
    outcomes=st.lists(
        st.tuples(
            st.sampled_from([UPLOAD, SUBMIT, SEE]),
            st.sampled_from(list(Act)),
            st.one_of(st.none(), st.sampled_from(list(Outcome))),
        ),
        max_size=8,
    ),
    seconds=st.integers(0, 10_000),
    gate=st.sampled_from([Gate(None), OPEN, Gate(after(5000), after(100))]),
)
def test_every_journal_has_a_next_move(
    outcomes: list[tuple[Step, Act, Outcome | None]], seconds: int, gate: Gate
) -> None:
    """`next_move` is total: no journal, however odd, leaves a delivery without an answer."""
    lines = [entry(s, o, at=n, act=a) for n, (s, a, o) in enumerate(outcomes)]

    move = next_move(ROUTE, journal(*lines), gate, now=after(seconds))

    assert isinstance(move, Call | Wait | Prepared | LookForIt | Done | Hold)
