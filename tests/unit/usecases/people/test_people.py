"""Signing in, sessions, users and API tokens."""

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import ApiTokenId, SourceId
from bot.domain.people import Role, User
from bot.domain.permissions import SYSTEM
from bot.usecases.people.add_user import add_user
from bot.usecases.people.api_tokens import issue_token, revoke_token, source_behind
from bot.usecases.people.sign_in import SESSION_LASTS, actor_of, session_of, sign_in, sign_out
from tests import factories as make
from tests.fakes.vault import PlainPasswords
from tests.unit.usecases.posts.desk import EDITOR, Desk

PASSWORD = "correct horse 电池"
WRITER = frozenset({Role.WRITER})


def with_user(desk: Desk, login: str = "li", password: str = PASSWORD) -> User:
    return add_user(
        login,
        "李撰稿",
        password,
        WRITER,
        actor=SYSTEM,
        storage=desk.storage,
        passwords=PlainPasswords(),
        ids=desk.ids,
    )


def signed_in(desk: Desk, login: str = "li", password: str = PASSWORD) -> str:
    return sign_in(login, password, storage=desk.storage, passwords=PlainPasswords())


def test_the_right_password_opens_a_session_of_its_user() -> None:
    """The cookie's secret leads to the user and their roles."""
    desk = Desk()
    user = with_user(desk)

    found = session_of(signed_in(desk), storage=desk.storage)

    assert found is not None
    session, behind = found
    assert behind == user
    assert session.expires_at == make.NOW + SESSION_LASTS
    assert actor_of(behind).roles == WRITER


def test_the_secret_of_a_session_is_not_stored() -> None:
    """Who reads the database cannot sign in."""
    desk = Desk()
    with_user(desk)

    secret = signed_in(desk)

    assert secret not in repr(desk.storage.state)
    assert "correct horse" not in repr(desk.storage.state.audit)


@pytest.mark.parametrize(("login", "password"), [("li", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_login_and_a_wrong_password_are_told_alike(login: str, password: str) -> None:
    """Nobody learns which logins exist."""
    desk = Desk()
    with_user(desk)

    with pytest.raises(NotAllowed, match="用户名或密码不正确"):
        signed_in(desk, login, password)


def test_a_disabled_user_neither_signs_in_nor_stays() -> None:
    """Whoever left is out at once."""
    desk = Desk()
    user = with_user(desk)
    secret = signed_in(desk)
    with desk.storage.begin() as uow:
        uow.people.save_user(
            User(user.id, user.login, user.name, WRITER, user.password_hash, enabled=False)
        )
        uow.commit()

    assert session_of(secret, storage=desk.storage) is None
    with pytest.raises(NotAllowed):
        signed_in(desk)


def test_a_session_ends_by_signing_out_and_by_time() -> None:
    """Twelve hours at most."""
    desk = Desk()
    with_user(desk)
    first, second = signed_in(desk), signed_in(desk)

    sign_out(first, storage=desk.storage)
    desk.clock.pass_seconds(SESSION_LASTS.total_seconds())

    assert session_of(first, storage=desk.storage) is None
    assert session_of(second, storage=desk.storage) is None


def test_a_user_needs_a_role_a_long_password_and_a_free_login() -> None:
    """Every fault is told at once."""
    desk = Desk()
    with_user(desk)

    with pytest.raises(InvalidInput) as faults:
        add_user(
            "wang",
            "王",
            "short",
            frozenset(),
            actor=SYSTEM,
            storage=desk.storage,
            passwords=PlainPasswords(),
            ids=desk.ids,
        )
    with pytest.raises(Conflict):
        with_user(desk)

    assert [p.field for p in faults.value.problems] == ["password", "roles"]


def test_a_token_opens_its_own_source_until_it_is_revoked() -> None:
    """Shown once, stored hashed."""
    desk = Desk()
    token, secret = issue_token(
        "门户", SourceId("site"), actor=SYSTEM, storage=desk.storage, ids=desk.ids
    )
    found = source_behind(secret, storage=desk.storage)

    revoke_token(token.id, actor=SYSTEM, storage=desk.storage)

    assert found.source == "site"
    assert secret not in repr(desk.storage.state.api_tokens)
    with pytest.raises(NotAllowed):
        source_behind(secret, storage=desk.storage)
    with pytest.raises(NotAllowed):
        source_behind("tbk_invented", storage=desk.storage)


def test_tokens_are_for_known_sources_and_given_by_those_who_may() -> None:
    """Nothing is made on a refusal."""
    desk = Desk()

    with pytest.raises(NotFound):
        issue_token("x", SourceId("nobody"), actor=SYSTEM, storage=desk.storage, ids=desk.ids)
    with pytest.raises(NotAllowed):
        issue_token("x", SourceId("site"), actor=EDITOR, storage=desk.storage, ids=desk.ids)
    with pytest.raises(NotFound):
        revoke_token(ApiTokenId("tok_x"), actor=SYSTEM, storage=desk.storage)

    assert not desk.storage.state.api_tokens
