"""What every storage promises about sessions, handing over, and who holds what."""

from dataclasses import replace

from bot.domain.cases.case import CaseState
from bot.domain.ids import CaseId, HandoverId, PostId, UserId
from bot.domain.people import Handover, Role, Session, User
from bot.domain.posts.post import PostState
from tests import factories as make
from tests.contract.conftest import CompleteStorage

LI = UserId("usr_li")


def session(key: str, minute: int) -> Session:
    begun, ends = make.after(60 * minute), make.after(3600 + 60 * minute)
    return Session(key, LI, begun, ends, "csrf", address="10.0.0.1", browser="Chrome")


def test_sessions_are_told_newest_first_and_ended_but_one(storage: CompleteStorage) -> None:
    """Those that ran out are told no more."""
    with storage.begin() as uow:
        uow.people.add_user(User(LI, "li", "李", frozenset({Role.WRITER}), "hash"))
        for minute, key in enumerate(("a", "b", "c")):
            uow.people.add_session(session(key, minute))
        uow.commit()

    with storage.begin() as uow:
        told = uow.people.sessions_of(LI, after=make.after(3600))
        assert told == [session("c", 2), session("b", 1)]
        uow.people.end_sessions(LI, but="b")
        assert uow.people.sessions_of(LI, after=make.NOW) == [session("b", 1)]
        uow.people.end_sessions(LI)
        assert uow.people.sessions_of(LI, after=make.NOW) == []


def test_a_handover_is_found_by_both(storage: CompleteStorage) -> None:
    """The newest first."""
    first = Handover(HandoverId("hnd_1"), "li", "zhao", "qian", make.NOW, "说明")
    second = replace(first, id=HandoverId("hnd_2"), giver="zhao", taker="wu")
    with storage.begin() as uow:
        uow.people.add_handover(first)
        uow.people.add_handover(second)
        uow.commit()

    with storage.begin() as uow:
        assert uow.people.handovers_of("zhao") == [second, first]
        assert uow.people.handovers_of("li") == [first]
        assert uow.people.handovers_of("zhao", limit=1) == [second]


def test_what_somebody_holds_is_found(peopled: CompleteStorage) -> None:
    """Posts they keep that are not over, cases that run; nobody else's."""
    over = make.post(id=PostId("pst_2"), keeper="li", state=PostState.CANCELLED)
    closed = {"id": CaseId("case_2"), "number": "20261123-000002", "state": CaseState.CLOSED}
    with peopled.begin() as uow:
        uow.posts.save(make.post(keeper="li"))
        uow.posts.add(over)
        uow.cases.add(make.case(handler="li"))
        uow.cases.add(make.case(handler="li", **closed))
        uow.commit()

    with peopled.begin() as uow:
        assert [post.id for post in uow.posts.kept_by("li", limit=5)] == ["pst_1"]
        assert [case.id for case in uow.cases.handled_by("li", limit=5)] == ["case_1"]
        assert uow.posts.kept_by("zhao", limit=5) == []
        assert uow.cases.handled_by("zhao", limit=5) == []
