"""热点: what followers speak of, and alerts that wait for somebody's judgement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.cases.doing import department_in, written
from bot.console.doing import Refused, carry_out
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.states import Tone, Word
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.department import Department
from bot.domain.errors import InvalidInput, NotAllowed, Problem
from bot.domain.ids import AlertId, ReplyId
from bot.domain.permissions import Permission
from bot.domain.personal.masking import mask
from bot.domain.text import clip
from bot.domain.topics.alert import ALERT_STATE_NAMES, KIND_NAMES, AlertState
from bot.domain.topics.growth import Growth, Window
from bot.domain.topics.rules import LEVEL_NAMES, Level
from bot.domain.topics.theme import Theme
from bot.ports.storage import UnitOfWork
from bot.ports.topic_storage import TopicDay
from bot.usecases.topics.decide_alert import Taking, dismiss_alert, take_up_alert
from bot.usecases.topics.suggest_subjects import suggest_subjects

DAYS, MOST_ALERTS, LONGEST_QUOTE = 14, 50, 90
BAR, GAP, HEIGHT = 8, 2, 48
WINDOW_NAMES = {Window.HOUR: "两小时内", Window.DAY: "一天内"}
ALERT_WORDS = {
    AlertState.OPEN: Word(ALERT_STATE_NAMES[AlertState.OPEN], Tone.ATTENTION),
    AlertState.DISMISSED: Word(ALERT_STATE_NAMES[AlertState.DISMISSED], Tone.QUIET),
    AlertState.RECORDED: Word(ALERT_STATE_NAMES[AlertState.RECORDED], Tone.MOVING),
}
DONE = {
    "dismiss": "已记下，不作舆情处理；人数再翻一倍时会重新提醒",
    "media": "已登记，期限和经过在办理件里",
}


@dataclass(frozen=True)
class Quote:
    """What one follower said, masked, and where it is."""

    reply: ReplyId
    words: str


@dataclass(frozen=True)
class ShownTheme:
    """A theme with samples."""

    theme: Theme
    quotes: Sequence[Quote]


@dataclass(frozen=True)
class DayBar:
    """How many wrote on a day, and where its bar stands."""

    day: date
    askers: int
    x: int
    height: float


def show_topics(visit: Visit) -> Response:
    """What waits for judgement, what is spoken of today, and how many wrote of late."""
    only_us = visit.asked("us") == "1"
    with visit.tools.storage.look() as uow:
        open_ = uow.topics.alerts(states=[AlertState.OPEN], limit=MOST_ALERTS)
        decided = uow.topics.alerts(states=[AlertState.DISMISSED, AlertState.RECORDED], limit=10)
        days = uow.topics.days(limit=DAYS)
        today = days[0] if days else None
        chosen = _chosen(days, visit.asked("day")) or today
        themes = _shown_themes(uow, chosen.themes if chosen else (), only_us=only_us)
        hour = _shown_themes(uow, today.hour if today else (), only_us=only_us)
    is_today = today is not None and chosen is today
    return page(
        visit,
        "topics.html.j2",
        said=DONE.get(visit.asked("done"), ""),
        open_alerts=[a for a in open_ if a.names_us or not only_us],
        decided=decided,
        days=days,
        chosen=chosen,
        themes=themes,
        hour=hour if is_today else (),
        bars=_bars(days),
        only_us=only_us,
        **_words(),
    )


def show_alert(visit: Visit) -> Response:
    """One alert: how it grew, what was said, the drafted statement, and what can be done."""
    return _alert_page(visit)


def decide_alert(visit: Visit) -> Response:
    """Put it aside, or take it up; a refusal keeps what was written."""
    return carry_out(
        visit,
        AlertId(visit.named("alert")),
        _DEEDS,
        again=_alert_page,
        then=lambda _, answer: answer,
        beyond=(NotAllowed,),
    )


def list_subjects(visit: Visit) -> Response:
    """What might be explained or published next; editors decide."""
    return page(visit, "topic_subjects.html.j2", subjects=suggest_subjects(visit.tools.storage))


def departments_today(visit: Visit, uow: UnitOfWork) -> list[Department]:
    """Departments that something can be given to."""
    today = visit.tools.clock.now().astimezone(BEIJING).date()
    return [one for one in uow.departments.all() if one.exists_on(today)]


def may_watch(visit: Visit) -> bool:
    """Whether the visitor may decide about alerts."""
    return visit.may(Permission.HANDLE_CASES) or visit.may(Permission.SUPERVISE)


def level_in(visit: Visit) -> Level:
    """The level that was chosen.

    Raises:
        InvalidInput: none was.
    """
    chosen = visit.fields.get("level", "")
    if chosen not in set(Level):
        raise InvalidInput([Problem("level", "请选择级别")])
    return Level(chosen)


def _dismiss(visit: Visit, alert: AlertId) -> Response:
    reason = written(visit, "reason")
    dismiss_alert(alert, reason, actor=visit.actor, storage=visit.tools.storage)
    return back_to("/topics", done="dismiss")


def _take_up(visit: Visit, alert: AlertId) -> Response:
    taking = Taking(level_in(visit), department_in(visit), written(visit, "note"))
    case = take_up_alert(alert, taking, actor=visit.actor, tools=visit.tools.cases)
    return back_to(f"/topics/records/{case.id}", done="take-up")


_DEEDS: Mapping[str, Callable[[Visit, AlertId], Response]] = {
    "dismiss": _dismiss,
    "take-up": _take_up,
}


def _alert_page(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    with visit.tools.storage.look() as uow:
        alert = uow.topics.claim_alert(AlertId(visit.named("alert")))
        quotes = _quotes(uow, alert.samples)
        departments = departments_today(visit, uow)
    return page(
        visit,
        "topic_alert.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        tried=tried,
        alert=alert,
        growth_told=growth_told(alert.growth),
        usual=usual_told(alert.growth.expected),
        quotes=quotes,
        departments=departments,
        may_decide=may_watch(visit) and alert.state is AlertState.OPEN,
        **_words(),
    )


def growth_told(growth: Growth) -> str:
    """“两小时内 9 人，平时约 0.2 人”; of grave words only how many."""
    told = f"{WINDOW_NAMES[growth.window]} {growth.askers} 人"
    return f"{told}，平时{usual_told(growth.expected)}" if growth.expected else told


def usual_told(expected: float) -> str:
    """What is usual; a twentieth of a person is nobody."""
    return f"约 {expected:.1f} 人" if expected >= 0.05 else "几乎没有"


def _words() -> dict[str, Any]:
    return {
        "kind_names": KIND_NAMES,
        "level_names": LEVEL_NAMES,
        "alert_words": ALERT_WORDS,
        "growth_words": growth_told,
    }


def _chosen(days: Sequence[TopicDay], asked: str) -> TopicDay | None:
    return next((one for one in days if one.day.isoformat() == asked), None)


def _shown_themes(
    uow: UnitOfWork, themes: Sequence[Theme], *, only_us: bool
) -> Sequence[ShownTheme]:
    return [
        ShownTheme(theme, _quotes(uow, theme.samples[:3]))
        for theme in themes
        if theme.names_us or not only_us
    ]


def _quotes(uow: UnitOfWork, replies: Sequence[ReplyId]) -> Sequence[Quote]:
    """Of what was erased nothing is shown."""
    known = uow.replies.some(replies)
    found = (known[reply] for reply in replies if reply in known)
    return [
        Quote(reply.id, clip(mask(reply.incoming.text), LONGEST_QUOTE))
        for reply in found
        if reply.erased_at is None
    ]


def _bars(days: Sequence[TopicDay]) -> Sequence[DayBar]:
    most = max((day.askers for day in days), default=0)
    if len(days) < 2 or not most:
        return ()
    return [
        DayBar(one.day, one.askers, number * (BAR + GAP), round(HEIGHT * one.askers / most, 1))
        for number, one in enumerate(reversed(days))
    ]
