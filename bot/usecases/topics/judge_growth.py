"""Judge what was counted: the themes of the day, and alerts for a person to look at."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import AlertId
from bot.domain.topics.alert import RENEWS_WITHIN, AlertKind, TopicAlert
from bot.domain.topics.growth import (
    Growth,
    Window,
    growth_of,
    is_learning,
    past_since,
    since_of,
)
from bot.domain.topics.rules import WatchRules
from bot.domain.topics.terms import (
    EVERYTHING,
    GRAVE,
    GRAVE_AND_NAMED,
    NAMES_US,
    is_word,
)
from bot.domain.topics.theme import Theme, themes_of
from bot.ports.storage import UnitOfWork
from bot.ports.topic_storage import TopicDay
from bot.usecases.topics.count_terms import COUNTED_FOR, SHOWN_FOR
from bot.usecases.topics.tools import WatchTools

MOST_TERMS, MOST_THEMES, FEWEST_SHOWN = 200, 10, 2
MOST_ALERTS = 200


def judge_growth(tools: WatchTools) -> Sequence[TopicAlert]:
    """Look at the last two hours and the last day; returns the alerts that are new. The cost is
    bounded: terms of these windows, and their own past."""
    with tools.storage.begin() as uow:
        now, rules = uow.now(), tools.rules(uow)
        begun_at = uow.topics.begun_at()
        if begun_at is None:
            return ()
        learning = is_learning(begun_at, now)
        growing = _growing(uow, now, begun_at)
        shown, hour = (
            tuple(_themes(uow, growing[window], now, window)[:MOST_THEMES])
            for window in (Window.DAY, Window.HOUR)
        )
        seen = _grave(uow, rules, now, tools)
        if not learning:
            seen += _grown(uow, growing, rules, now, tools)
        day = now.astimezone(BEIJING).date()
        everybody = uow.topics.askers(since=since_of(Window.DAY, now), least=1, limit=1)
        askers = everybody.get(EVERYTHING, 0)
        uow.topics.save_day(TopicDay(day, now, askers, shown, learning, hour))
        uow.topics.forget(sightings_before=now - SHOWN_FOR, counts_before=now - COUNTED_FOR)
        raised = [alert for alert in seen if _raised(uow, alert)]
        uow.commit()
    return raised


def growing_by(uow: UnitOfWork, rules: WatchRules) -> Sequence[Theme]:
    """The themes that these rules would call growth now; none while too little was watched."""
    now, begun_at = uow.now(), uow.topics.begun_at()
    if begun_at is None or is_learning(begun_at, now):
        return ()
    themes = []
    for window, terms in _growing(uow, now, begun_at).items():
        abnormal = {term: one for term, one in terms.items() if one.is_abnormal(rules)}
        themes += _themes(uow, abnormal, now, window)
    return themes


def _growing(
    uow: UnitOfWork, now: datetime, begun_at: datetime
) -> Mapping[Window, Mapping[str, Growth]]:
    """Every term that is used enough to be looked at, with its growth."""
    found: dict[Window, Mapping[str, Growth]] = {}
    for window in Window:
        since = since_of(window, now)
        used = uow.topics.askers(since=since, least=FEWEST_SHOWN, limit=MOST_TERMS)
        terms = [term for term in used if is_word(term)]
        past = uow.topics.past([*terms, EVERYTHING], since=past_since(window, now))
        totals = past.get(EVERYTHING, {})
        found[window] = {
            term: growth_of(
                used[term], past.get(term, {}), totals, window=window, now=now, begun_at=begun_at
            )
            for term in terms
        }
    return found


def _themes(
    uow: UnitOfWork, growing: Mapping[str, Growth], now: datetime, window: Window
) -> list[Theme]:
    """Themes whose terms come oftener than usual."""
    more = {term: growth for term, growth in growing.items() if growth.askers > growth.expected}
    if not more:
        return []
    sightings = uow.topics.sightings([*more, NAMES_US], since=since_of(window, now))
    return list(themes_of(more, sightings))


def _grown(
    uow: UnitOfWork,
    growing: Mapping[Window, Mapping[str, Growth]],
    rules: WatchRules,
    now: datetime,
    tools: WatchTools,
) -> list[TopicAlert]:
    seen: list[TopicAlert] = []
    for window, terms in growing.items():
        abnormal = {term: one for term, one in terms.items() if one.is_abnormal(rules)}
        for theme in _themes(uow, abnormal, now, window):
            if not any(alert.is_same(AlertKind.GROWTH, theme.terms) for alert in seen):
                seen.append(_alert(AlertKind.GROWTH, theme, rules=rules, now=now, tools=tools))
    return seen


def _grave(
    uow: UnitOfWork, rules: WatchRules, now: datetime, tools: WatchTools
) -> list[TopicAlert]:
    """Grave words of the last day: from one asker on who names us, from some on who wrote to us."""
    since = since_of(Window.DAY, now)
    marks = [mark + word for word in rules.grave_words for mark in (GRAVE, GRAVE_AND_NAMED)]
    sightings = uow.topics.sightings([*marks, NAMES_US], since=since) if marks else ()
    seen: list[TopicAlert] = []
    for word in rules.grave_words:
        said = [s for s in sightings if s.term in (GRAVE + word, GRAVE_AND_NAMED + word)]
        askers = {s.asker for s in said}
        named = {s.asker for s in said if s.term == GRAVE_AND_NAMED + word}
        if len(askers) >= rules.grave_from or named:
            growth = Growth(Window.DAY, len(askers), 0.0, 0.0)
            samples = tuple(dict.fromkeys(s.reply for s in said))[:5]
            theme = Theme((word,), len(askers), len(named), growth, samples)
            seen.append(_alert(AlertKind.GRAVE, theme, rules=rules, now=now, tools=tools))
    return seen


def _alert(
    kind: AlertKind, theme: Theme, *, rules: WatchRules, now: datetime, tools: WatchTools
) -> TopicAlert:
    return TopicAlert(
        id=AlertId(tools.new_id("alr")),
        kind=kind,
        name=theme.name,
        terms=theme.terms,
        raised_at=now,
        seen_at=now,
        growth=theme.growth,
        askers=theme.askers,
        names_us=theme.names_us,
        level=rules.level_of(theme.askers),
        samples=theme.samples,
    )


def _raised(uow: UnitOfWork, seen: TopicAlert) -> bool:
    """Whether it is new: stored as an alert, or else as news of one that there is."""
    known = uow.topics.alerts(since=seen.seen_at - RENEWS_WITHIN, limit=MOST_ALERTS)
    same = next((alert for alert in known if alert.is_same(seen.kind, seen.terms)), None)
    if same is None:
        uow.topics.add_alert(seen)
        return True
    uow.topics.save_alert(same.renewed(seen))
    return False
