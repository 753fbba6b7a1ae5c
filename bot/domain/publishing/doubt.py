"""结果未知: a delivery of which nobody knows whether it is out, and what a person was shown of it.

A look that a person asks for is a step of its own in the journal: it proves nothing to
`next_move`, so that nothing goes out or counts as out by it. The person's word decides.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.publishing.delivery import Delivery, DeliveryState, may_be_public
from bot.domain.publishing.journal import Act, Entry, Evidence, Journal, Outcome
from bot.domain.publishing.route import Route

DESK_LOOK = "desk_look"
_FOUND, _NEWEST, _FAILURE = "shown_found", "shown_newest", "shown_failure"
DOUBTFUL = frozenset({DeliveryState.UNKNOWN, DeliveryState.HELD})


@dataclass(frozen=True)
class Seen:
    """One publication of the account as the platform told of it; `evidence` are its ids."""

    text: str
    url: str
    published_at: datetime | None
    evidence: Evidence


@dataclass(frozen=True)
class DeskLook:
    """What one look showed: ours, if the search found it, and the account's newest posts.
    `failure` says (Chinese) why something could not be read."""

    at: datetime
    outcome: Outcome
    found: Seen | None
    newest: tuple[Seen, ...]
    failure: str = ""

    @property
    def shown(self) -> tuple[Seen, ...]:
        """Everything that a person may point at: ours first, nothing twice."""
        first = (self.found,) if self.found else ()
        known = {one.url for one in first}
        return (*first, *(one for one in self.newest if one.url not in known))


def is_doubtful(delivery: Delivery, route: Route) -> bool:
    """Whether it may be public and nobody knows: a person has to look. What the platform refused
    after accepting it is in no doubt, unless a part of it is out."""
    if delivery.state not in DOUBTFUL or not may_be_public(delivery, route):
        return False
    last = next((e for e in reversed(delivery.journal.entries) if e.step != DESK_LOOK), None)
    return last is None or last.outcome is not Outcome.REFUSED or _is_partly_out(last)


def _is_partly_out(entry: Entry) -> bool:
    return entry.failure is not None and entry.failure.means_public


def look_entry(look: DeskLook) -> Entry:
    """The journal's line of a look; its number is given when it is stored."""
    evidence = {
        _FOUND: _written([look.found] if look.found else []),
        _NEWEST: _written(look.newest),
        _FAILURE: look.failure,
    }
    return Entry(
        seq=0,
        step=DESK_LOOK,
        act=Act.LOOK,
        started_at=look.at,
        deadline_at=look.at,
        finished_at=look.at,
        outcome=look.outcome,
        evidence={name: text for name, text in evidence.items() if text},
    )


def last_look(journal: Journal) -> DeskLook | None:
    """What the last look showed; None before the first."""
    looks = journal.of(DESK_LOOK)
    if not looks:
        return None
    entry = looks[-1]
    found = _read(entry.evidence.get(_FOUND, ""))
    return DeskLook(
        at=entry.started_at,
        outcome=entry.outcome or Outcome.UNCLEAR,
        found=found[0] if found else None,
        newest=_read(entry.evidence.get(_NEWEST, "")),
        failure=entry.evidence.get(_FAILURE, ""),
    )


def _written(seen: Sequence[Seen]) -> str:
    rows = [
        [one.text, one.url, one.published_at.isoformat() if one.published_at else "", one.evidence]
        for one in seen
    ]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _read(text: str) -> tuple[Seen, ...]:
    rows = json.loads(text) if text else []
    return tuple(
        Seen(words, url, datetime.fromisoformat(at) if at else None, evidence)
        for words, url, at, evidence in rows
    )
