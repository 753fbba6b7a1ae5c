"""GET: what followers speak of, day by day, and alerts. Ids of replies stand for their words."""

from datetime import date, datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from bot.api.failures import documented
from bot.api.parameters import refuse_unknown_parameters
from bot.api.tokens import Token, Tools
from bot.domain.personal.masking import mask
from bot.domain.topics.alert import AlertKind, AlertState, TopicAlert
from bot.domain.topics.growth import Window
from bot.domain.topics.rules import Level
from bot.domain.topics.theme import Theme
from bot.ports.topic_storage import TopicDay

router = APIRouter(
    prefix="/api", tags=["replies"], dependencies=[Depends(refuse_unknown_parameters)]
)
MOST_ALERTS = 50

Days = Annotated[int, Query(ge=1, le=60, description="How many days at most, the newest first.")]


class ThemeLine(BaseModel):
    """What a number of people speak of. `expected` is how many would be usual in the `window`,
    `names_us` how many of them named the office; `replies` are ids of a few."""

    name: str
    terms: list[str]
    askers: int
    expected: float
    window: Window
    names_us: int
    replies: list[str]

    @classmethod
    def of(cls, theme: Theme) -> Self:
        return cls(
            name=mask(theme.name),
            terms=[mask(term) for term in theme.terms],
            askers=theme.askers,
            expected=round(theme.growth.expected, 2),
            window=theme.growth.window,
            names_us=theme.names_us,
            replies=list(theme.samples),
        )


class DayLine(BaseModel):
    """A Beijing day as it was seen last. While `is_learning` too little had been watched to call
    anything usual; `hour` are the themes of its last two hours."""

    day: date
    seen_at: datetime
    askers: int
    is_learning: bool
    themes: list[ThemeLine]
    hour: list[ThemeLine]

    @classmethod
    def of(cls, day: TopicDay) -> Self:
        return cls(
            day=day.day,
            seen_at=day.seen_at,
            askers=day.askers,
            is_learning=day.is_learning,
            themes=[ThemeLine.of(theme) for theme in day.themes],
            hour=[ThemeLine.of(theme) for theme in day.hour],
        )


class AlertLine(BaseModel):
    """A theme that grew beyond chance, or grave words about the office, with what a person decided
    of it; `case_id` is the case it became."""

    id: str
    kind: AlertKind
    state: AlertState
    level: Level
    name: str
    terms: list[str]
    askers: int
    names_us: int
    raised_at: datetime
    seen_at: datetime
    case_id: str | None
    replies: list[str]

    @classmethod
    def of(cls, alert: TopicAlert) -> Self:
        return cls(
            id=alert.id,
            kind=alert.kind,
            state=alert.state,
            level=alert.level,
            name=mask(alert.name),
            terms=[mask(term) for term in alert.terms],
            askers=alert.askers,
            names_us=alert.names_us,
            raised_at=alert.raised_at,
            seen_at=alert.seen_at,
            case_id=alert.case,
            replies=list(alert.samples),
        )


class TopicsAnswer(BaseModel):
    """The days, and the newest fifty alerts of them."""

    days: list[DayLine]
    alerts: list[AlertLine]


@router.get("/topics", responses=documented(401, 422))
def show_topics(_token: Token, tools: Tools, *, days: Days = 7) -> TopicsAnswer:
    """Hot topics of the last days, and what was raised of them."""
    with tools.storage.look() as uow:
        found = uow.topics.days(limit=days)
        alerts = uow.topics.alerts(limit=MOST_ALERTS)
    first = min((day.day for day in found), default=None)
    return TopicsAnswer(
        days=[DayLine.of(day) for day in found],
        alerts=[AlertLine.of(a) for a in alerts if first and a.seen_at.date() >= first],
    )
