"""What people speak of, as rows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import AlertId, CaseId, ReplyId
from bot.domain.topics.alert import AlertState, TopicAlert
from bot.domain.topics.brief import Brief
from bot.domain.topics.record import MediaQuestion, OpinionRecord
from bot.domain.topics.terms import Sighting
from bot.ports.topic_storage import TopicDay
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new, take_turn, upsert
from bot.storage.tables import (
    media_questions,
    question_progress,
    topic_alerts,
    topic_briefs,
    topic_days,
    topic_hours,
    topic_records,
    topic_sightings,
)

_s, _h, _d, _a = topic_sightings.c, topic_hours.c, topic_days.c, topic_alerts.c
_p, _r, _m = question_progress.c, topic_records.c, media_questions.c
_b = topic_briefs.c
_TURN = "counting topics"
_COUNTED = "counted for topics"
MOST_SIGHTINGS = 20_000
MOST_TERMS = 200


class SqlTopics:
    """Keeps the promises of `ports.topic_storage.Topics`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def counted_to(self) -> int:
        take_turn(self._connection, _TURN)
        return self._connection.scalar(select(_p.number).where(_p.name == _COUNTED)) or 0

    def count_on(self, number: int) -> None:
        values = {"name": _COUNTED, "number": number}
        put = upsert(self._dialect, question_progress).values(**values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=values))

    def note(self, sightings: Sequence[Sighting]) -> None:
        if not sightings:
            return
        rows = [
            {"hour": s.hour, "term": s.term, "asker": s.asker, "reply_id": s.reply}
            for s in {(s.hour, s.term, s.asker): s for s in reversed(sightings)}.values()
        ]
        put = upsert(self._dialect, topic_sightings).on_conflict_do_nothing()
        new = self._connection.execute(put.returning(_s.term, _s.hour), rows)
        counts = Counter((row.term, row.hour) for row in new)
        if counts:
            add = upsert(self._dialect, topic_hours)
            add = add.on_conflict_do_update(
                index_elements=["term", "hour"],
                set_={"askers": _h.askers + add.excluded.askers},
            )
            values = [
                {"term": term, "hour": hour, "askers": number}
                for (term, hour), number in sorted(counts.items())
            ]
            self._connection.execute(add, values)

    def begun_at(self) -> datetime | None:
        first: datetime | None = self._connection.scalar(select(func.min(_h.hour)))
        return first

    def askers(self, *, since: datetime, least: int, limit: int) -> Mapping[str, int]:
        number = func.count(_s.asker.distinct())
        wanted = (
            select(_s.term, number.label("askers"))
            .where(_s.hour >= since)
            .group_by(_s.term)
            .having(number >= least)
            .order_by(number.desc(), _s.term)
            .limit(limit)
        )
        return {row.term: row.askers for row in self._connection.execute(wanted)}

    def past(
        self, terms: Sequence[str], *, since: datetime
    ) -> Mapping[str, Mapping[datetime, int]]:
        found: dict[str, dict[datetime, int]] = defaultdict(dict)
        for first in range(0, len(terms), MOST_TERMS):
            some = terms[first : first + MOST_TERMS]
            wanted = select(topic_hours).where(_h.term.in_(some), _h.hour >= since)
            for row in self._connection.execute(wanted):
                found[row.term][row.hour] = row.askers
        return found

    def sightings(self, terms: Sequence[str], *, since: datetime) -> Sequence[Sighting]:
        wanted = (
            select(topic_sightings)
            .where(_s.term.in_(terms), _s.hour >= since)
            .order_by(_s.hour.desc(), _s.term, _s.asker)
            .limit(MOST_SIGHTINGS)
        )
        return [
            Sighting(row.hour, row.term, row.asker, ReplyId(row.reply_id))
            for row in self._connection.execute(wanted)
        ]

    def forget(self, *, sightings_before: datetime, counts_before: datetime) -> None:
        self._connection.execute(delete(topic_sightings).where(_s.hour < sightings_before))
        self._connection.execute(delete(topic_hours).where(_h.hour < counts_before))

    def save_day(self, day: TopicDay) -> None:
        values = {"day": day.day, "body": encode(TopicDay, day)}
        put = upsert(self._dialect, topic_days).values(**values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["day"], set_=values))

    def days(self, *, limit: int) -> Sequence[TopicDay]:
        newest = select(_d.body).order_by(_d.day.desc()).limit(limit)
        return [decode(TopicDay, body) for body in self._connection.scalars(newest)]

    def add_alert(self, alert: TopicAlert) -> None:
        insert_new(self._connection, topic_alerts, _values(alert), taken="这条预警已经存在")

    def save_alert(self, alert: TopicAlert) -> None:
        save = update(topic_alerts).where(_a.id == alert.id).values(**_values(alert))
        self._connection.execute(save)

    def claim_alert(self, alert: AlertId) -> TopicAlert:
        own = select(_a.body).where(_a.id == alert).with_for_update()
        body = self._connection.scalar(own)
        if body is None:
            raise NotFound("预警", alert)
        return decode(TopicAlert, body)

    def alerts(
        self, *, states: Sequence[AlertState] = (), since: datetime | None = None, limit: int = 50
    ) -> Sequence[TopicAlert]:
        wanted = select(_a.body).order_by(_a.seen_at.desc(), _a.id.desc()).limit(limit)
        if states:
            wanted = wanted.where(_a.state.in_(states))
        if since is not None:
            wanted = wanted.where(_a.seen_at >= since)
        return [decode(TopicAlert, body) for body in self._connection.scalars(wanted)]

    def save_record(self, record: OpinionRecord) -> None:
        body = encode(OpinionRecord, record)
        values = {"case_id": record.case, "changed_at": record.changed_at, "body": body}
        put = upsert(self._dialect, topic_records).values(**values)
        put = put.on_conflict_do_update(index_elements=["case_id"], set_=values)
        self._connection.execute(put)

    def record(self, case: CaseId) -> OpinionRecord | None:
        body = self._connection.scalar(select(_r.body).where(_r.case_id == case))
        return decode(OpinionRecord, body) if body else None

    def records(self, *, limit: int = 50) -> Sequence[OpinionRecord]:
        newest = select(_r.body).order_by(_r.changed_at.desc(), _r.case_id.desc()).limit(limit)
        return [decode(OpinionRecord, body) for body in self._connection.scalars(newest)]

    def save_media(self, question: MediaQuestion) -> None:
        values = {
            "case_id": question.case,
            "asked_at": question.asked_at,
            "body": encode(MediaQuestion, question),
        }
        insert_new(self._connection, media_questions, values, taken="这个问题已经登记")

    def media(self, *, limit: int = 50) -> Sequence[MediaQuestion]:
        newest = select(_m.body).order_by(_m.asked_at.desc(), _m.case_id.desc()).limit(limit)
        return [decode(MediaQuestion, body) for body in self._connection.scalars(newest)]

    def save_brief(self, brief: Brief) -> None:
        values = {"monday": brief.monday, "body": encode(Brief, brief)}
        put = upsert(self._dialect, topic_briefs).values(**values)
        put = put.on_conflict_do_update(index_elements=["monday"], set_=values)
        self._connection.execute(put)

    def brief(self, monday: date) -> Brief | None:
        body = self._connection.scalar(select(_b.body).where(_b.monday == monday))
        return decode(Brief, body) if body else None

    def briefs(self, *, limit: int) -> Sequence[Brief]:
        newest = select(_b.body).order_by(_b.monday.desc()).limit(limit)
        return [decode(Brief, body) for body in self._connection.scalars(newest)]


def _values(alert: TopicAlert) -> dict[str, Any]:
    return {
        "id": alert.id,
        "state": alert.state,
        "seen_at": alert.seen_at,
        "body": encode(TopicAlert, alert),
    }
