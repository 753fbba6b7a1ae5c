"""In-memory counts of what people speak of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AlertId, CaseId
from bot.domain.topics.alert import AlertState, TopicAlert
from bot.domain.topics.brief import Brief
from bot.domain.topics.record import MediaQuestion, OpinionRecord
from bot.domain.topics.terms import Sighting
from bot.ports.topic_storage import TopicDay
from tests.fakes.storage_state import State

_COUNTED = "topics"


class FakeTopics:
    """Sightings by hour, term and asker; counts beside them live longer."""

    def __init__(self, state: State) -> None:
        self._state = state

    def counted_to(self) -> int:
        return self._state.question_progress.get(_COUNTED, 0)

    def count_on(self, number: int) -> None:
        self._state.question_progress[_COUNTED] = number

    def note(self, sightings: Sequence[Sighting]) -> None:
        for seen in sightings:
            key = (seen.hour, seen.term, seen.asker)
            if key not in self._state.topic_sightings:
                self._state.topic_sightings[key] = seen
                count = self._state.topic_hours.get((seen.term, seen.hour), 0)
                self._state.topic_hours[seen.term, seen.hour] = count + 1

    def begun_at(self) -> datetime | None:
        return min((hour for _, hour in self._state.topic_hours), default=None)

    def askers(self, *, since: datetime, least: int, limit: int) -> Mapping[str, int]:
        people: dict[str, set[str]] = defaultdict(set)
        for hour, term, asker in self._state.topic_sightings:
            if hour >= since:
                people[term].add(asker)
        found = sorted((-len(some), term) for term, some in people.items() if len(some) >= least)
        return {term: -number for number, term in found[:limit]}

    def past(
        self, terms: Sequence[str], *, since: datetime
    ) -> Mapping[str, Mapping[datetime, int]]:
        found: dict[str, dict[datetime, int]] = defaultdict(dict)
        for (term, hour), number in self._state.topic_hours.items():
            if term in terms and hour >= since:
                found[term][hour] = number
        return found

    def sightings(self, terms: Sequence[str], *, since: datetime) -> Sequence[Sighting]:
        found = [
            seen
            for seen in self._state.topic_sightings.values()
            if seen.term in terms and seen.hour >= since
        ]
        ordered = sorted(found, key=lambda seen: (seen.term, seen.asker))
        return sorted(ordered, key=lambda seen: seen.hour, reverse=True)

    def forget(self, *, sightings_before: datetime, counts_before: datetime) -> None:
        for key in [key for key in self._state.topic_sightings if key[0] < sightings_before]:
            del self._state.topic_sightings[key]
        for place in [place for place in self._state.topic_hours if place[1] < counts_before]:
            del self._state.topic_hours[place]

    def save_day(self, day: TopicDay) -> None:
        self._state.topic_days[day.day] = day

    def days(self, *, limit: int) -> Sequence[TopicDay]:
        return sorted(self._state.topic_days.values(), key=lambda d: d.day, reverse=True)[:limit]

    def add_alert(self, alert: TopicAlert) -> None:
        if alert.id in self._state.topic_alerts:
            raise Conflict("这条预警已经存在")
        self._state.topic_alerts[alert.id] = alert

    def save_alert(self, alert: TopicAlert) -> None:
        self._state.topic_alerts[alert.id] = alert

    def claim_alert(self, alert: AlertId) -> TopicAlert:
        if alert not in self._state.topic_alerts:
            raise NotFound("预警", alert)
        return self._state.topic_alerts[alert]

    def alerts(
        self, *, states: Sequence[AlertState] = (), since: datetime | None = None, limit: int = 50
    ) -> Sequence[TopicAlert]:
        found = [
            alert
            for alert in self._state.topic_alerts.values()
            if (not states or alert.state in states) and (since is None or alert.seen_at >= since)
        ]
        return sorted(found, key=lambda a: (a.seen_at, a.id), reverse=True)[:limit]

    def save_record(self, record: OpinionRecord) -> None:
        self._state.topic_records[record.case] = record

    def record(self, case: CaseId) -> OpinionRecord | None:
        return self._state.topic_records.get(case)

    def records(self, *, limit: int = 50) -> Sequence[OpinionRecord]:
        found = self._state.topic_records.values()
        return sorted(found, key=lambda r: (r.changed_at, r.case), reverse=True)[:limit]

    def save_media(self, question: MediaQuestion) -> None:
        self._state.media_questions[question.case] = question

    def media(self, *, limit: int = 50) -> Sequence[MediaQuestion]:
        found = self._state.media_questions.values()
        return sorted(found, key=lambda q: (q.asked_at, q.case), reverse=True)[:limit]

    def save_brief(self, brief: Brief) -> None:
        self._state.topic_briefs[brief.monday] = brief

    def brief(self, monday: date) -> Brief | None:
        return self._state.topic_briefs.get(monday)

    def briefs(self, *, limit: int) -> Sequence[Brief]:
        briefs = self._state.topic_briefs.values()
        return sorted(briefs, key=lambda b: b.monday, reverse=True)[:limit]
