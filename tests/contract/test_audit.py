"""What every storage promises about the audit chain, remembered requests, stops and people."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.domain.audit import first_broken
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import ApiTokenId, UserId
from bot.domain.people import ApiToken, Role, Session, User
from tests.contract.conftest import AUDIT_KEY, CompleteStorage
from tests.factories import NOW, after, source

ZHANG = User(UserId("usr_1"), "zhang", "张编辑", frozenset({Role.EDITOR, Role.DESK}), "hash")


def write(storage: CompleteStorage, number: int) -> None:
    with storage.begin() as uow:
        details = {"number": str(number), "说明": "改期"}
        uow.audit.write(
            actor="张编辑", action="post.held", object_kind="post", object_id="p", details=details
        )
        uow.commit()


def test_the_chain_verifies_and_shows_a_change(storage: CompleteStorage) -> None:
    """What was written verifies as read back; any change inside is found."""
    for number in range(3):
        write(storage, number)

    with storage.begin() as uow:
        records = list(uow.audit.records())
        assert uow.audit.length() == 3

    assert first_broken(records, AUDIT_KEY) is None
    records[1] = replace(records[1], actor="李编辑")
    assert first_broken(records, AUDIT_KEY) == 2


def test_writers_at_once_make_one_chain(storage: CompleteStorage) -> None:
    """Records from many threads follow each other without gap or fork."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: write(storage, number), range(12)))

    with storage.begin() as uow:
        records = uow.audit.records()
        later = uow.audit.records(after=10, limit=1)

    assert [record.sequence for record in records] == list(range(1, 13))
    assert first_broken(records, AUDIT_KEY) is None
    assert [record.sequence for record in later] == [11]


def test_a_record_that_was_rolled_back_leaves_no_gap(storage: CompleteStorage) -> None:
    """The chain goes on from what was committed."""
    with storage.begin() as uow:
        uow.audit.write(actor="a", action="b", object_kind="c", object_id="d")
    write(storage, 1)

    with storage.begin() as uow:
        assert [record.sequence for record in uow.audit.records()] == [1]


def test_an_answered_request_is_remembered(storage: CompleteStorage) -> None:
    """A key is answered once within its scope."""
    with storage.begin() as uow:
        uow.requests.remember("token 1", "key", digest="d1", answer="{}")
        uow.requests.remember("token 2", "key", digest="d2", answer="[]")
        with pytest.raises(Conflict):
            uow.requests.remember("token 1", "key", digest="d3", answer="")
        uow.commit()

    with storage.begin() as uow:
        assert uow.requests.answer_to("token 1", "key") == ("d1", "{}")
        assert uow.requests.answer_to("token 3", "key") is None


def test_everything_can_be_stopped_and_lifted(storage: CompleteStorage) -> None:
    """A stop holds however often it is pressed, until it is lifted."""
    seen = []
    with storage.begin() as uow:
        seen.append(uow.stops.everything_is_stopped())
        uow.stops.stop_everything(by="张编辑")
        uow.stops.stop_everything(by="李编辑")
        seen.append(uow.stops.everything_is_stopped())
        uow.stops.lift()
        seen.append(uow.stops.everything_is_stopped())

    assert seen == [False, True, False]


def test_users_are_found_by_id_and_login(storage: CompleteStorage) -> None:
    """A login belongs to one person; a saved change is what is found."""
    with storage.begin() as uow:
        uow.people.add_user(ZHANG)
        uow.people.save_user(replace(ZHANG, enabled=False))
        with pytest.raises(Conflict):
            uow.people.add_user(replace(ZHANG, id=UserId("usr_2")))
        uow.commit()

    with storage.begin() as uow:
        assert uow.people.by_login("zhang") == replace(ZHANG, enabled=False)
        assert uow.people.users() == [uow.people.user(UserId("usr_1"))]
        assert uow.people.by_login("li") is None
        with pytest.raises(NotFound, match="找不到用户"):
            uow.people.user(UserId("usr_2"))


def test_a_session_lasts_until_it_is_ended(storage: CompleteStorage) -> None:
    """A session is found by the hash of its secret, with whose it is, and no more once ended."""
    session = Session("hash", UserId("usr_1"), NOW, after(3600), "csrf")
    with storage.begin() as uow:
        uow.people.add_user(ZHANG)
        uow.people.add_session(session)
        found = uow.people.session("hash")
        uow.people.end_session("hash")

        assert found == (session, ZHANG)
        assert uow.people.session("hash") is None


def test_api_tokens_are_found_by_their_hash(storage: CompleteStorage) -> None:
    """A token is bound to its source; revoking it is a saved change."""
    token = ApiToken(ApiTokenId("tok_1"), "发布系统", source().id, "hash", NOW)
    with storage.begin() as uow:
        uow.sources.add(source())
        uow.people.add_token(token)
        uow.people.save_token(replace(token, revoked_at=after(1)))

        assert uow.people.token_by_hash("hash") == replace(token, revoked_at=after(1))
        assert uow.people.tokens() == [uow.people.token(ApiTokenId("tok_1"))]
        assert uow.people.token_by_hash("other") is None
        with pytest.raises(NotFound, match="找不到令牌"):
            uow.people.token(ApiTokenId("tok_2"))
