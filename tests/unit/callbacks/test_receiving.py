"""Pushes at the door: verified, stored once, answered; nothing is acknowledged unstored."""

import sys
import threading
import time

import pytest

from bot.platforms.wechat.crypto import signature_of
from bot.ports.storage import StorageUnavailable
from tests.fakes.storage import FakeStorage
from tests.unit.callbacks.door import (
    ANSWER,
    FAN,
    NOW,
    TOKEN,
    Door,
    Push,
    opened_answer,
    sealed,
    text_push,
)


def test_the_address_is_verified_by_its_echo() -> None:
    """What an administrator sees as 配置成功."""
    signed = {"timestamp": str(NOW), "nonce": "n", "signature": signature_of(TOKEN, str(NOW), "n")}
    door = Door(FakeStorage())
    with door.opened() as platform:
        answer = platform.get(signed | {"echostr": "4375120948345356249"})
        forged = platform.get(signed | {"nonce": "m", "echostr": "1"})

    assert answer.text == "4375120948345356249"
    assert forged.status_code == 403


def test_an_encrypted_message_is_stored_once_and_answered_encrypted() -> None:
    """The follower gets the rule's answer, and the row is there before they do."""
    door = Door(FakeStorage())
    with door.opened() as platform:
        answer = platform.push(text_push())

    assert answer.status_code == 200
    assert ANSWER in opened_answer(answer.content)
    assert FAN in opened_answer(answer.content)
    assert [row.text for row in door.rows()] == ["请问补贴怎么申请？"]


def test_a_message_no_rule_answers_is_stored_and_acknowledged() -> None:
    """Without an answer the platform wants the word success, or it tells the follower of a
    failure."""
    door = Door(FakeStorage())
    with door.opened() as platform:
        answer = platform.push(text_push("你好"))

    assert answer.text == "success"
    assert len(door.rows()) == 1


def test_a_doubled_push_gets_the_same_answer_and_no_second_row() -> None:
    """The platform pushes again when it did not hear us."""
    door = Door(FakeStorage())
    with door.opened() as platform:
        first = platform.push(text_push())
        again = platform.push(text_push())

    assert opened_answer(first.content) == opened_answer(again.content)
    assert len(door.rows()) == 1


def test_a_doubled_push_gets_the_stored_answer_even_when_the_rules_have_changed() -> None:
    """What the follower was told stays what they were told."""
    storage = FakeStorage()
    door = Door(storage)
    with door.opened() as platform:
        platform.push(text_push())
        with storage.begin() as uow:
            uow.rules.replace_answer_rules([])
            uow.commit()
        again = platform.push(text_push())

    assert ANSWER in opened_answer(again.content)


def entity_bomb() -> Push:
    """Nested entities, which would become gigabytes."""
    layers = "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "ha"}{"x" * 10}">' for n in range(9)
    )
    return sealed(f"<!DOCTYPE xml [{layers}]><xml><Content>&e8;</Content></xml>")


@pytest.mark.parametrize(
    ("push", "status"),
    [
        (text_push(token="AnotherToken"), 403),
        (text_push(sent=NOW - 3600), 403),
        (text_push(sent=NOW + 3600), 403),
        ((text_push()[0], b"<xml><Encrypt>"), 403),
        ((text_push()[0], b""), 403),
        (sealed("<xml><Content>"), 400),
        (entity_bomb(), 400),
        ((text_push()[0], b"x" * 1_000_001), 413),
    ],
    ids=[
        "wrong signature",
        "replayed",
        "from the future",
        "malformed envelope",
        "empty",
        "malformed message",
        "entity bomb",
        "too large",
    ],
)
def test_what_is_not_the_platforms_is_refused_and_not_stored(push: Push, status: int) -> None:
    """Refused before anything is stored; the door goes on."""
    door = Door(FakeStorage())
    with door.opened() as platform:
        refused = platform.push(push)
        after = platform.push(text_push())

    assert refused.status_code == status
    assert after.status_code == 200
    assert len(door.rows()) == 1


@pytest.mark.parametrize("path", ["/callbacks/wechat/nobody", "/callbacks/weibo/acc_1"])
def test_an_unknown_account_is_not_found(path: str) -> None:
    """Nobody answers under another name or platform."""
    door = Door(FakeStorage())
    with door.opened() as platform:
        assert platform.push(text_push(), path=path).status_code == 404


def test_while_the_database_is_away_the_platform_is_told_to_push_again() -> None:
    """503 within the time the platform waits, never success; afterwards all is well."""
    door = Door(FakeStorage(), give_up_seconds=0.2)
    with door.opened() as platform:
        door.storage.is_away = True
        began = time.monotonic()
        refused = platform.push(text_push())
        seconds = time.monotonic() - began
        door.storage.is_away = False
        again = platform.push(text_push())

    assert refused.status_code == 503
    assert seconds < 1.5
    assert again.status_code == 200
    assert len(door.rows()) == 1


def test_what_became_of_each_push_is_counted() -> None:
    """Monitoring tells refusals of strangers from pushes we could not keep."""
    door = Door(FakeStorage(), give_up_seconds=0.05)
    with door.opened() as platform:
        platform.push(text_push())
        platform.push(text_push(number=2, token="NotTheToken"))
        platform.push(text_push(), path="/callbacks/wechat/nobody")
        door.storage.is_away = True
        platform.push(text_push(number=3))

    assert door.desk.outcomes == {"answered": 1, "refused": 2, "not_stored": 1}


def test_a_database_that_hangs_costs_no_more_than_one_that_is_away() -> None:
    """A commit that does not come back in time is answered 503 as well."""
    door = Door(FakeStorage(), give_up_seconds=0.2)
    hanging = threading.Event()
    with door.opened() as platform:
        door.storage.before_commit = lambda: _wait(hanging)
        began = time.monotonic()
        refused = platform.push(text_push())
        seconds = time.monotonic() - began
        hanging.set()

    assert refused.status_code == 503
    assert seconds < 1.5


def _wait(event: threading.Event) -> None:
    event.wait(2.0)


def test_a_commit_that_comes_late_is_tried_until_it_is_done() -> None:
    """A short absence is bridged: the follower gets their answer."""
    door = Door(FakeStorage())
    failures = iter([True, True])

    def fail_twice() -> None:
        if next(failures, False):
            raise StorageUnavailable("busy")

    with door.opened() as platform:
        door.storage.before_commit = fail_twice
        answer = platform.push(text_push())

    assert ANSWER in opened_answer(answer.content)
    assert len(door.rows()) == 1


def test_concurrent_pushes_share_commits(sqlite_url: str) -> None:
    """Fifty followers at once: every row is stored and answered, with fewer commits than rows."""
    from bot.storage.database import Database
    from tests.fakes.vault import OpenVault

    database = Database(sqlite_url, audit_key=b"key", vault=OpenVault())
    door = Door(database)
    pushes = [text_push(number=number) for number in range(1, 51)]
    with door.opened() as platform:
        answers = platform.push_together(pushes)
        rows = door.rows()
    database.dispose()

    assert {answer.status_code for answer in answers} == {200}
    assert len(rows) == 50
    assert door.storage.commits < 50


def test_one_bad_row_does_not_silence_the_door() -> None:
    """A bug while storing is answered at once as an error, and the next push is stored."""
    door = Door(FakeStorage(), give_up_seconds=0.5)
    bugs = iter([True])

    def stumble() -> None:
        if next(bugs, False):
            raise ValueError("a row nobody expected")

    with door.opened() as platform:
        door.storage.before_commit = stumble
        refused = platform.push(text_push(number=1))
        after = platform.push(text_push(number=2))

    assert refused.status_code == 503
    assert after.status_code == 200


def test_a_row_that_cannot_be_stored_costs_only_its_own_push() -> None:
    """Its neighbours in the same commit are stored and answered."""
    door = Door(FakeStorage(), give_up_seconds=2.0)
    gate = threading.Event()
    door.storage.refused_key = "message:13"

    with door.opened() as platform:
        door.storage.before_commit = lambda: _wait(gate)
        threading.Timer(0.2, gate.set).start()
        answers = platform.push_together([text_push(number=n) for n in range(10, 20)])

    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [503]
    assert len(door.rows()) == 9


def test_no_broker_is_in_the_path_of_a_push() -> None:
    """A push is answered where no broker exists and no client of one was ever imported by us."""
    import bot.callbacks.app as door_module
    import bot.callbacks.grouping as writer_module

    for module in (door_module, writer_module):
        names = set(vars(sys.modules[module.__name__]))
        assert not names & {"redis", "celery", "Redis", "Celery", "CeleryDoorbell"}
