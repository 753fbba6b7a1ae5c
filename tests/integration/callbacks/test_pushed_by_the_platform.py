"""The simulated platform pushes over real sockets, with its five seconds and three tries."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.storage.database import Database
from bot.system import SystemClock
from tests.fakes.vault import OpenVault
from tests.serving import served, until
from tests.unit.callbacks.door import ANSWER, APP_ID, KEY, PATH, TOKEN, Door

FIVE_SECONDS = 5.0
CROWD = 150
SPEC = {
    "name": "city",
    "app_id": APP_ID,
    "app_secret": "invented-secret-1",
    "token": TOKEN,
    "aes_key": KEY,
}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def door(request: pytest.FixtureRequest) -> Iterator[Door]:
    """A door that stores in a real database and lives in real time."""
    url = request.getfixturevalue(f"{request.param}_url")
    database = Database(url, audit_key=b"key", vault=OpenVault())
    yield Door(database, clock=SystemClock())
    database.dispose()


@contextmanager
def platform_before(door: Door) -> Iterator[ControlClient]:
    """The simulated platform, with the door as its callback."""
    with served(door.app) as address:
        table = {"wechat": {"accounts": [SPEC | {"callback_url": f"{address}{PATH}"}]}}
        with running_sandbox(parse_scenario(table), platforms=["wechat"]) as sandbox:
            yield sandbox.wechat


def writes(wechat: ControlClient, number: int, *, deliveries: int = 1) -> None:
    wechat.act(
        "follower_writes",
        account="city",
        openid=f"oFollower{number:019d}",
        text="请问补贴怎么申请？",
        deliveries=deliveries,
    )


def test_a_crowd_is_answered_in_time_at_the_first_try(door: Door) -> None:
    """However many write at once, nobody waits five seconds and nobody is pushed again."""
    with platform_before(door) as wechat:
        writers = [
            threading.Thread(target=lambda n=n: [writes(wechat, n * 50 + m) for m in range(50)])
            for n in range(CROWD // 50)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        until(lambda: len(wechat.callbacks(name="message:text")) >= CROWD)
        tries = wechat.callbacks(name="message:text")
        followers = wechat.state()["accounts"]["city"]["followers"].values()

    assert {(one["number"], one["outcome"]) for one in tries} == {(1, "accepted")}
    assert max(one["seconds"] for one in tries) < FIVE_SECONDS
    assert len(door.rows()) == CROWD
    assert all(ANSWER in str(one["conversation"]) for one in followers)


def test_three_deliveries_of_a_message_are_stored_once(door: Door) -> None:
    """Side by side with the same words of the same second, which are another message."""
    with platform_before(door) as wechat:
        writes(wechat, 1, deliveries=3)
        writes(wechat, 1, deliveries=3)
        until(lambda: len(wechat.callbacks(name="message:text")) == 6)
        (follower,) = wechat.state()["accounts"]["city"]["followers"].values()

    assert len(door.rows()) == 2
    assert sum(line["via"] == "passive" for line in follower["conversation"]) == 2


def test_an_event_that_comes_twice_is_stored_once(door: Door) -> None:
    """Events have no number of their own; the same second and the same content are the same."""
    with platform_before(door) as wechat:
        wechat.add_fault(Fault(FaultKind.EVENT_DOUBLED, "subscribe", count=0))
        wechat.act("follower_subscribes", account="city", openid="oFollower1")
        until(lambda: len(wechat.callbacks()) == 2)

    assert [row.type_name for row in door.rows()] == ["subscribe"]
