"""An alert: a theme that grew beyond chance, or grave words about us, for a person to decide."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import Conflict
from bot.domain.ids import AlertId, CaseId, ReplyId
from bot.domain.topics.growth import Growth
from bot.domain.topics.rules import Level
from bot.domain.topics.theme import TELLING

RENEWS_WITHIN = timedelta(days=3)
"""The same theme within this time is the same alert."""
AGAIN_FROM = 2
"""A theme that was put aside is told again when so many times the askers have come."""


class AlertKind(StrEnum):
    """Why it was raised."""

    GROWTH = "growth"
    GRAVE = "grave"


class AlertState(StrEnum):
    """Whether somebody has looked: it waits, was put aside, or became a case of 舆情."""

    OPEN = "open"
    DISMISSED = "dismissed"
    RECORDED = "recorded"


KIND_NAMES = {AlertKind.GROWTH: "异常增长", AlertKind.GRAVE: "严重词"}
ALERT_STATE_NAMES = {
    AlertState.OPEN: "待研判",
    AlertState.DISMISSED: "不作舆情处理",
    AlertState.RECORDED: "已转舆情办理",
}


@dataclass(frozen=True)
class TopicAlert:
    """`level` is suggested until a person decides. `statement` is a draft out of released
    documents, tried for once `is_prepared`; it is sent by nobody but a person."""

    id: AlertId
    kind: AlertKind
    name: str
    terms: tuple[str, ...]
    raised_at: datetime
    seen_at: datetime
    growth: Growth
    askers: int
    names_us: int
    level: Level
    samples: tuple[ReplyId, ...] = ()
    statement: str = ""
    is_prepared: bool = False
    state: AlertState = AlertState.OPEN
    case: CaseId | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""

    def is_same(self, kind: AlertKind, terms: Iterable[str]) -> bool:
        """Whether this is the alert of a theme with these terms, the most telling first: half of
        the fewer are shared. Of a long list the beginning counts: two letters of some length have
        many words in common that tell nothing."""
        theirs, ours = set(list(terms)[:TELLING]), set(self.terms[:TELLING])
        return self.kind is kind and 2 * len(theirs & ours) >= min(len(theirs), len(ours)) > 0

    def renewed(self, seen: "TopicAlert") -> "TopicAlert":
        """What was seen again; one that was put aside opens again when it has doubled."""
        reopens = self.state is AlertState.DISMISSED and seen.askers >= AGAIN_FROM * self.askers
        if self.state is AlertState.DISMISSED and not reopens:
            return self
        return replace(
            self,
            name=seen.name if seen.askers >= self.askers else self.name,
            terms=seen.terms if seen.askers >= self.askers else self.terms,
            seen_at=seen.seen_at,
            growth=seen.growth,
            askers=max(self.askers, seen.askers),
            names_us=max(self.names_us, seen.names_us),
            level=self.level if self.state is AlertState.RECORDED else seen.level,
            samples=seen.samples,
            state=AlertState.OPEN if reopens else self.state,
        )

    def dismissed(self, *, by: str, at: datetime, reason: str) -> "TopicAlert":
        """Put aside by a person.

        Raises:
            Conflict: somebody has decided already.
        """
        self.require_open()
        return replace(
            self, state=AlertState.DISMISSED, decided_by=by, decided_at=at, reason=reason
        )

    def recorded(self, case: CaseId, level: Level, *, by: str, at: datetime) -> "TopicAlert":
        """Taken up as a case.

        Raises:
            Conflict: somebody has decided already.
        """
        self.require_open()
        return replace(
            self, state=AlertState.RECORDED, case=case, level=level, decided_by=by, decided_at=at
        )

    def require_open(self) -> None:
        """Go on only if nobody has decided.

        Raises:
            Conflict.
        """
        if self.state is not AlertState.OPEN:
            words = f"这条预警已经处理：{ALERT_STATE_NAMES[self.state]}"
            raise Conflict(words, existing=self.id)
