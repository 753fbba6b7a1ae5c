"""What might be published next: what people ask for in vain, and what they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import QuestionId
from bot.domain.questions.demand import DemandKind, DemandState
from bot.ports.storage import Storage

MOST_DEMANDS, DAYS, MOST = 30, 7, 30


class SuggestionKind(StrEnum):
    """Where a suggestion comes from."""

    DEMAND = "demand"
    THEME = "theme"


@dataclass(frozen=True)
class SubjectSuggestion:
    """Something to explain, or to publish; `askers` is why."""

    kind: SuggestionKind
    words: str
    askers: int


def suggest_subjects(storage: Storage) -> Sequence[SubjectSuggestion]:
    """Open demands and the themes of the last week, what most people want first. An editor
    decides; nothing is planned by itself."""
    with storage.look() as uow:
        states = (DemandState.PENDING, DemandState.TRANSFERRED)
        demands = uow.demands.all(states=states, limit=MOST_DEMANDS)
        found = []
        for demand in demands:
            words = demand.subject
            if demand.kind is DemandKind.QUESTION:
                words = uow.questions.get(QuestionId(demand.subject)).name or "（未命名的一组提问）"
            asking = uow.demands.asking(demand.kind, demand.subject)
            found.append(SubjectSuggestion(SuggestionKind.DEMAND, words, asking.askers))
        themes: dict[str, int] = {}
        for day in uow.topics.days(limit=DAYS):
            for theme in day.themes:
                themes[theme.name] = max(themes.get(theme.name, 0), theme.askers)
    found += [
        SubjectSuggestion(SuggestionKind.THEME, name, askers) for name, askers in themes.items()
    ]
    return sorted(found, key=lambda one: (-one.askers, one.words))[:MOST]
