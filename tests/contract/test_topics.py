"""What every storage promises about what people speak of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import AlertId, CaseId, ReplyId
from bot.domain.topics.alert import AlertKind, AlertState, TopicAlert
from bot.domain.topics.brief import Brief, Concern, Owed, WeekFigures
from bot.domain.topics.growth import HOUR, Growth, Window, hour_of
from bot.domain.topics.record import MediaQuestion, OpinionRecord, Stage
from bot.domain.topics.rules import Level
from bot.domain.topics.terms import Sighting
from bot.domain.topics.theme import Theme
from bot.ports.topic_storage import TopicDay
from tests import factories
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after

NOON = hour_of(NOW)
GROWTH = Growth(Window.HOUR, 6, 0.2, 1e-7)
ALERT = TopicAlert(
    AlertId("alr_1"), AlertKind.GROWTH, "燃气", ("燃气",), NOW, NOW, GROWTH, 6, 1, Level.ORDINARY
)


def seen(term: str, asker: str, hours: int = 0) -> Sighting:
    return Sighting(NOON + hours * HOUR, term, asker, ReplyId(f"rpy_{asker}"))


def test_an_asker_counts_once_an_hour(storage: CompleteStorage) -> None:
    """And once in a window; the number of an hour stays when who it was is forgotten."""
    with storage.begin() as uow:
        uow.topics.note([seen("燃气", "a"), seen("燃气", "a"), seen("水费", "a")])
        uow.topics.note([seen("燃气", "a"), seen("燃气", "b"), seen("燃气", "a", -1)])
        uow.topics.note([])
        uow.commit()

    with storage.begin() as uow:
        assert uow.topics.askers(since=NOON - HOUR, least=1, limit=9) == {"燃气": 2, "水费": 1}
        assert uow.topics.askers(since=NOON - HOUR, least=2, limit=9) == {"燃气": 2}
        assert uow.topics.past(["燃气"], since=NOON - HOUR) == {"燃气": {NOON - HOUR: 1, NOON: 2}}
        assert uow.topics.sightings(["燃气"], since=NOON) == [seen("燃气", "a"), seen("燃气", "b")]
        assert uow.topics.begun_at() == NOON - HOUR
        uow.topics.forget(sightings_before=NOON + HOUR, counts_before=NOON)
        assert uow.topics.sightings(["燃气"], since=NOON - HOUR) == []
        assert uow.topics.past(["燃气"], since=NOON - HOUR) == {"燃气": {NOON: 2}}


def test_how_far_was_counted_is_remembered(storage: CompleteStorage) -> None:
    """Apart from how far groups were looked for."""
    with storage.begin() as uow:
        before = uow.topics.counted_to()
        uow.topics.count_on(7)
        uow.topics.count_on(9)
        uow.commit()
    with storage.begin() as uow:
        assert (before, uow.topics.counted_to(), uow.questions.looked_at()) == (0, 9, 0)


def test_days_are_kept_as_they_were_seen_last(storage: CompleteStorage) -> None:
    """The newest first."""
    theme = Theme(("燃气",), 6, 1, GROWTH, (ReplyId("rpy_1"),))
    today = TopicDay(NOW.date(), NOW, 40, (theme,))
    before = TopicDay(NOW.date() - timedelta(days=1), NOW, 9, (), is_learning=True)
    with storage.begin() as uow:
        uow.topics.save_day(replace(today, askers=3))
        uow.topics.save_day(before)
        uow.topics.save_day(today)

        assert uow.topics.days(limit=5) == [today, before]
        assert uow.topics.days(limit=1) == [today]


def test_alerts_come_back_the_last_seen_first(storage: CompleteStorage) -> None:
    """By state and time."""
    done = ALERT.dismissed(by="li", at=after(5), reason="误报")
    later = replace(ALERT, id=AlertId("alr_2"), seen_at=after(60))
    with storage.begin() as uow:
        uow.topics.add_alert(ALERT)
        uow.topics.add_alert(later)
        uow.topics.save_alert(done)

        assert uow.topics.alerts() == [later, done]
        assert uow.topics.alerts(states=[AlertState.DISMISSED]) == [done]
        assert uow.topics.alerts(since=after(1), limit=1) == [later]
        assert uow.topics.claim_alert(ALERT.id) == done
        with pytest.raises(NotFound, match="alr_9"):
            uow.topics.claim_alert(AlertId("alr_9"))


def test_records_and_questions_of_the_press_belong_to_cases(peopled: CompleteStorage) -> None:
    """A record is replaced, a question stays."""
    case = factories.case(reply=None)
    record = OpinionRecord(case.id, Level.MAJOR, Stage.ASSESSED, "li", NOW, AlertId("alr_1"))
    moved = replace(record, stage=Stage.CONFERRED, changed_at=after(1))
    asked = MediaQuestion(case.id, "云岭晚报", "为何？", NOW, after(3600))
    with peopled.begin() as uow:
        uow.cases.add(case)
        uow.topics.save_record(record)
        uow.topics.save_record(moved)
        uow.topics.save_media(asked)

        assert uow.topics.record(case.id) == moved
        assert uow.topics.record(CaseId("case_9")) is None
        assert uow.topics.records() == [moved]
        assert uow.topics.media() == [asked]


def test_what_an_erased_follower_said_is_counted_by_nobody(peopled: CompleteStorage) -> None:
    """The number of the hour stays."""
    reply = factories.reply()
    said = reply.incoming
    with peopled.begin() as uow:
        uow.replies.store([reply])
        uow.topics.note([Sighting(NOON, "燃气", "a", reply.id), seen("燃气", "b")])
        uow.erasures.erase_follower(said.account, said.sender, until=after(9), limit=9)

        assert uow.topics.sightings(["燃气"], since=NOON) == [seen("燃气", "b")]
        assert uow.topics.past(["燃气"], since=NOON) == {"燃气": {NOON: 2}}


def test_a_brief_is_kept_by_its_week(storage: CompleteStorage) -> None:
    """The newest first."""
    nothing = WeekFigures(0, 0, None, 0, None)
    owed = Owed(3, 1, 0)
    first = Brief(NOW.date() - timedelta(days=7), NOW, nothing, nothing, owed)
    concern = Concern("燃气", 9, 2, ("涨价",))
    second = replace(first, monday=NOW.date(), concerns=(concern,))
    with storage.begin() as uow:
        uow.topics.save_brief(first)
        uow.topics.save_brief(second)

        assert uow.topics.briefs(limit=5) == [second, first]
        assert uow.topics.brief(first.monday) == first
        assert uow.topics.brief(first.monday - timedelta(days=7)) is None
