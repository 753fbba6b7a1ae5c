"""Roles, access, passwords and sessions of colleagues, and handing over what one holds."""

from datetime import timedelta

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.ids import CaseId, DepartmentId, UserId
from bot.domain.people import Role, Session, User
from bot.domain.permissions import Actor
from bot.domain.posts.post import PostState
from bot.usecases.people.add_user import first_password
from bot.usecases.people.change_password import change_password, reset_password
from bot.usecases.people.change_user import set_enabled, set_roles
from bot.usecases.people.deputies import name_deputy
from bot.usecases.people.hand_over import hand_over, see_holdings
from bot.usecases.people.sessions import end_sessions, see_sessions
from bot.usecases.people.sign_in import session_of, sign_in
from tests import factories as make
from tests.fakes.vault import PlainPasswords
from tests.unit.usecases.posts.desk import Desk

ADMIN = Actor("qian", frozenset({Role.ACCOUNT_ADMIN}))
PASSWORD = "correct horse 电池"
PASSWORDS = PlainPasswords()


def office(**staff: frozenset[Role]) -> Desk:
    """An administrator and these people."""
    desk = Desk()
    with desk.storage.begin() as uow:
        for login, roles in {"qian": ADMIN.roles, **staff}.items():
            hashed = PASSWORDS.hash(PASSWORD)
            uow.people.add_user(User(UserId(f"usr_{login}"), login, login, roles, hashed))
        uow.commit()
    return desk


def person(desk: Desk, login: str) -> User:
    with desk.storage.begin() as uow:
        found = uow.people.by_login(login)
    assert found
    return found


def signed_in(desk: Desk, login: str) -> str:
    return sign_in(login, PASSWORD, storage=desk.storage, passwords=PASSWORDS)


WRITER, REVIEWER = frozenset({Role.WRITER}), frozenset({Role.REVIEWER})


def test_nobody_grants_themselves_a_role() -> None:
    """F51: an approval cannot be given to oneself; a second administrator is needed."""
    desk = office(li=WRITER)

    changed = set_roles("li", WRITER | REVIEWER, actor=ADMIN, storage=desk.storage)

    assert changed.roles == WRITER | REVIEWER
    with pytest.raises(NotAllowed, match="自己的角色"):
        set_roles("qian", REVIEWER, actor=ADMIN, storage=desk.storage)


def test_somebody_who_manages_people_is_always_left() -> None:
    """The last one who can sign in keeps the role, and is not disabled."""
    desk = office(sun=ADMIN.roles)
    other = Actor("sun", ADMIN.roles)
    set_enabled("qian", False, actor=other, storage=desk.storage)

    for deed in (
        lambda: set_enabled("sun", False, actor=ADMIN, storage=desk.storage),
        lambda: set_roles("sun", WRITER, actor=ADMIN, storage=desk.storage),
    ):
        with pytest.raises(Conflict, match="至少要留一位"):
            deed()


def test_whoever_is_disabled_is_out_everywhere() -> None:
    """Access given back is not a session given back."""
    desk = office(li=WRITER)
    secret = signed_in(desk, "li")

    set_enabled("li", False, actor=ADMIN, storage=desk.storage)
    set_enabled("li", True, actor=ADMIN, storage=desk.storage)

    assert session_of(secret, storage=desk.storage) is None


def test_a_reset_password_lasts_until_it_is_changed() -> None:
    """It is told once; the person's own one takes its place and ends their other sessions."""
    desk = office(li=WRITER)
    given = reset_password("li", actor=ADMIN, storage=desk.storage, passwords=PASSWORDS)
    assert person(desk, "li").must_change_password
    elsewhere, here = (
        sign_in("li", given, storage=desk.storage, passwords=PASSWORDS) for _ in range(2)
    )
    found = session_of(here, storage=desk.storage)
    assert found

    change_password(found[0], given, PASSWORD, storage=desk.storage, passwords=PASSWORDS)

    assert not person(desk, "li").must_change_password
    assert session_of(here, storage=desk.storage) is not None
    assert session_of(elsewhere, storage=desk.storage) is None


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", "云岭的茶叶很香啊真的香", "old"),
        (PASSWORD, PASSWORD, "password"),
        (PASSWORD, "1234567890", "password"),
    ],
)
def test_a_bad_change_of_password_changes_nothing(old: str, new: str, field: str) -> None:
    """The old one must be known; the new one another, and hard to guess."""
    desk = office(li=WRITER)
    session = Session("key", UserId("usr_li"), make.NOW, make.after(60), "csrf")

    with pytest.raises(InvalidInput) as refused:
        change_password(session, old, new, storage=desk.storage, passwords=PASSWORDS)

    assert [problem.field for problem in refused.value.problems] == [field]
    assert signed_in(desk, "li")


def test_first_passwords_are_good_and_differ() -> None:
    """They keep the rules they are made under."""
    assert len({first_password() for _ in range(50)}) == 50
    assert all(len(first_password()) == 19 for _ in range(5))


def test_sessions_are_seen_and_ended_by_their_owner_or_who_manages_people() -> None:
    """The one at hand may be kept; those that ran out are not told."""
    desk = office(li=WRITER)
    for browser in ("Chrome，Windows", "微信，安卓"):
        sign_in("li", PASSWORD, storage=desk.storage, passwords=PASSWORDS, browser=browser)
        desk.clock.pass_seconds(60)
    me = Actor("li", WRITER)
    newest, older = see_sessions("li", actor=ADMIN, storage=desk.storage)

    end_sessions("li", actor=me, storage=desk.storage, but=older.key_hash)

    assert (newest.browser, older.browser) == ("微信，安卓", "Chrome，Windows")
    assert see_sessions("li", actor=me, storage=desk.storage) == [older]
    desk.clock.pass_seconds(timedelta(hours=12).total_seconds())
    assert see_sessions("li", actor=me, storage=desk.storage) == []
    with pytest.raises(NotAllowed):
        see_sessions("qian", actor=me, storage=desk.storage)


DESK, CONTACT = frozenset({Role.DESK, Role.WRITER}), frozenset({Role.DEPT_CONTACT})


def with_work(desk: Desk) -> None:
    """li handles a case and another that is over, writes a post, and is chen's deputy."""
    with desk.storage.begin() as uow:
        uow.releases.add(make.release())
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post(state=PostState.DRAFT, keeper="li", hands=("li",)))
        uow.cases.add(make.case(handler="li", state=CaseState.ANSWERING))
        over = {"id": CaseId("case_2"), "number": "20261123-000002", "state": CaseState.CLOSED}
        uow.cases.add(make.case(handler="li", **over))
        uow.commit()
    day = make.NOW.date()
    name_deputy(
        "li",
        since=day,
        until=day,
        actor=Actor("chen", REVIEWER),
        storage=desk.storage,
        ids=desk.ids,
    )


def give(desk: Desk, taker: str, note: str = "等水务局回电", actor: Actor = ADMIN) -> None:
    hand_over("li", taker, note=note, actor=actor, storage=desk.storage, ids=desk.ids)


def test_everything_goes_to_another_with_a_note() -> None:
    """F102: cases and posts are theirs now, the trust of a deputyship is nobody's; who wrote
    what stays."""
    desk = office(li=DESK, chen=REVIEWER, zhao=DESK)
    with_work(desk)
    held = see_holdings("li", actor=ADMIN, storage=desk.storage)
    assert (len(held.cases), len(held.posts), len(held.deputies)) == (1, 1, 1)

    give(desk, "zhao")

    assert see_holdings("li", actor=ADMIN, storage=desk.storage).count == 0
    mine = see_holdings("zhao", actor=ADMIN, storage=desk.storage)
    assert (len(mine.cases), len(mine.posts), len(mine.deputies)) == (1, 1, 0)
    assert mine.posts[0].hands == ("li",)
    with desk.storage.begin() as uow:
        (done,) = uow.people.handovers_of("zhao")
        assert uow.cases.history(mine.cases[0].id)[-1].note == done.note == "等水务局回电"
    assert "user.handed_over" in desk.actions()


def test_it_goes_only_to_somebody_who_can_do_it() -> None:
    """Nothing goes where it would lie; without a note nobody knows what to do."""
    desk = office(li=DESK, chen=REVIEWER, zhao=WRITER, wu=CONTACT)
    with_work(desk)

    for taker, note in (("zhao", "好"), ("wu", "好"), ("li", "好"), ("zhao", " ")):
        with pytest.raises(InvalidInput):
            give(desk, taker, note)

    with pytest.raises(NotAllowed):
        give(desk, "zhao", actor=Actor("zhao", WRITER))
    assert see_holdings("li", actor=Actor("li", DESK), storage=desk.storage).count == 3


def test_a_contact_takes_cases_of_their_own_department_only() -> None:
    """By the department they work for."""
    desk = office(li=CONTACT, zhao=CONTACT)
    with desk.storage.begin() as uow:
        water = DepartmentId("water")
        uow.cases.add(make.case(handler="li", state=CaseState.ANSWERING, department=water))
        uow.commit()

    with pytest.raises(InvalidInput, match="不能办理这些办理件"):
        give(desk, "zhao")
