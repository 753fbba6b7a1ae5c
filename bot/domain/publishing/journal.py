"""The delivery journal: what was tried, what came of it, in order, never rewritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import NotAsApproved, PartlyDone

Evidence = Mapping[str, str]

HINTED_URLS = "hinted_urls"
"""Evidence: where somebody's own publication, perhaps ours, can be read: one address a line, an
empty line between publications."""


class Act(StrEnum):
    """`call`: we asked the platform to do it. `look`: we searched for its effect. `event`: the
    platform told us. `person`: somebody decided."""

    CALL = "call"
    LOOK = "look"
    EVENT = "event"
    PERSON = "person"


class Outcome(StrEnum):
    """What came of an entry."""

    DONE = "done"
    PENDING = "pending"
    NOT_DONE = "not_done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    FOUND = "found"
    ABSENT = "absent"
    UNCLEAR = "unclear"
    RETRY = "retry"
    ADOPTED = "adopted"


@dataclass(frozen=True)
class Failure:
    """Why an entry failed: the error's type, the platform's code and words, plain Chinese."""

    error: str
    code: str = ""
    message: str = ""
    cause: str = ""
    next_step: str = ""
    who: str = ""

    @property
    def means_public(self) -> bool:
        """Whether, although it failed, something of it can be read by everybody."""
        return self.error in {PartlyDone.__name__, NotAsApproved.__name__}


@dataclass(frozen=True)
class Entry:
    """One line of the journal. An open one (no outcome) was started and not yet finished."""

    seq: int
    step: str
    act: Act
    started_at: datetime
    deadline_at: datetime
    outcome: Outcome | None = None
    finished_at: datetime | None = None
    retry_at: datetime | None = None
    key: str = ""
    key_valid_until: datetime | None = None
    evidence: Evidence = field(default_factory=dict)
    failure: Failure | None = None


@dataclass(frozen=True)
class Journal:
    """All entries of one delivery, oldest first."""

    entries: tuple[Entry, ...] = ()

    def of(self, step: str) -> tuple[Entry, ...]:
        """The entries of one step, oldest first."""
        return tuple(entry for entry in self.entries if entry.step == step)

    @property
    def next_seq(self) -> int:
        return self.entries[-1].seq + 1 if self.entries else 1

    @property
    def evidence(self) -> dict[str, str]:
        """Everything learnt so far; a later entry overrides an earlier one.

        A step that was done twice, because a worker slept past its lease, is known by what it
        did first: later steps have built on that. The second only adds.
        """
        learnt: dict[str, str] = {}
        done: set[str] = set()
        for entry in self.entries:
            if entry.step in done and entry.outcome in SUCCESS:
                learnt = {**entry.evidence, **learnt}
            else:
                learnt.update(entry.evidence)
            if entry.outcome in SUCCESS:
                done.add(entry.step)
        return learnt

    def with_entry(self, entry: Entry) -> "Journal":
        """A journal where `entry` is appended, or replaces its open self."""
        kept = [e for e in self.entries if e.seq != entry.seq]
        return Journal(tuple(sorted([*kept, entry], key=lambda e: e.seq)))

    def placed(self, entry: Entry) -> Entry:
        """`entry`, renumbered if somebody else's entry has taken its number meanwhile."""
        taken = next((e for e in self.entries if e.seq == entry.seq), None)
        if taken is None or (taken.step, taken.act, taken.outcome) == (entry.step, entry.act, None):
            return entry
        return replace(entry, seq=self.next_seq)


SUCCESS = frozenset({Outcome.DONE, Outcome.FOUND, Outcome.ADOPTED})


def finished_well(entries: Iterable[Entry]) -> Entry | None:
    """The first entry that proves the step's effect, if any; nothing later can undo it."""
    return next((e for e in entries if e.outcome in SUCCESS), None)
