"""What people speak of is counted once, and growth is told once."""

from datetime import timedelta

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.releases.release import ReleaseState
from bot.domain.topics.alert import AlertKind, AlertState
from bot.domain.topics.rules import Level
from bot.usecases.topics.count_terms import count_terms
from bot.usecases.topics.decide_alert import dismiss_alert
from bot.usecases.topics.prepare_statements import prepare_statements
from tests import factories as make
from tests.unit.usecases.cases.hall import CONTACT, SUPERVISOR
from tests.unit.usecases.replies.office import DESK
from tests.unit.usecases.topics.square import Square


@pytest.fixture
def square() -> Square:
    return Square()


def burst(square: Square, number: int = 6, words: str = "燃气 涨价") -> None:
    for _ in range(number):
        square.speak(words)


def test_an_ordinary_day_raises_nothing(square: Square) -> None:
    """Nor does one person who says it ten times."""
    square.speak("水费 缴纳")
    for _ in range(10):
        square.speak("燃气 涨价", who="o_angry")

    assert square.listen() == []
    with square.storage.begin() as uow:
        (today,) = uow.topics.days(limit=1)
    assert not today.is_learning


def test_a_burst_is_one_alert_whatever_words_it_has(square: Square) -> None:
    """It is told once, grows, and its askers are counted once."""
    burst(square)
    first = square.listen()
    burst(square, 3)
    second = square.listen()

    (alert,) = square.alerts()
    assert [one.kind for one in first] == [AlertKind.GROWTH]
    assert second == []
    assert (alert.askers, set(alert.terms), alert.level) == (9, {"燃气", "涨价"}, Level.ORDINARY)
    with square.storage.begin() as uow:
        assert uow.topics.days(limit=1)[0].themes[0].askers == 9


def test_nothing_is_judged_in_the_first_week() -> None:
    """The day's themes are there all the same."""
    fresh = Square(days=3)
    burst(fresh)

    assert fresh.listen() == []
    with fresh.storage.begin() as uow:
        (today,) = uow.topics.days(limit=1)
    assert today.is_learning
    assert today.themes[0].askers == 6


def test_a_reply_is_counted_once_and_old_letters_not_at_all(square: Square) -> None:
    """An import of last year is no growth today."""
    for _ in range(9):
        square.speak("旧信 旧事", at=square.clock.now() - timedelta(days=200))
    square.listen()

    assert count_terms(square.watch) == 0
    assert square.alerts() == []


def test_grave_words_alarm_when_they_name_us_or_come_from_several(square: Square) -> None:
    """One who wrote to us is not enough, one who names us is."""
    square.speak("楼下 爆炸 了")
    quiet = square.listen()
    square.speak("云岭市 楼下 爆炸")

    (told,) = square.listen()

    assert quiet == []
    assert (told.kind, told.terms, told.askers, told.names_us) == (AlertKind.GRAVE, ("爆炸",), 2, 1)


def test_what_was_put_aside_is_told_again_when_it_has_doubled(square: Square) -> None:
    """Not before; two people do not decide twice."""
    burst(square)
    (alert,) = square.listen()
    with pytest.raises(NotAllowed):
        dismiss_alert(alert.id, "谣传", actor=CONTACT, storage=square.storage)
    with pytest.raises(InvalidInput):
        dismiss_alert(alert.id, " ", actor=DESK, storage=square.storage)
    dismiss_alert(alert.id, "已公告", actor=SUPERVISOR, storage=square.storage)
    with pytest.raises(Conflict, match="已经处理"):
        dismiss_alert(alert.id, "已公告", actor=DESK, storage=square.storage)

    states = []
    for _ in range(2):
        burst(square, 4)
        square.listen()
        states.append(square.alerts()[0].state)

    assert states == [AlertState.DISMISSED, AlertState.OPEN]


def test_a_statement_is_drafted_out_of_released_documents_only(square: Square) -> None:
    """Word for word, once, from so many askers on; nobody is sent anything."""
    said = "管道燃气涨价须听证。"
    released = make.content(title="燃气管理办法", body=make.document("第一条 总则。", said))
    with square.storage.begin() as uow:
        uow.releases.add(make.release(content=released, state=ReleaseState.RELEASED))
        uow.commit()
    burst(square, 9)
    square.listen()
    few = prepare_statements(square.watch)
    burst(square, 1)
    square.listen()

    prepared = [prepare_statements(square.watch) for _ in range(2)]

    (alert,) = square.alerts()
    assert (few, prepared) == (0, [1, 0])
    assert "《燃气管理办法》" in alert.statement
    assert said in alert.statement
    assert "系统不会自动发出" in alert.statement
