"""Several processes, one keeper: the platform is asked for a token as seldom as can be."""

import multiprocessing
import threading
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier

import pytest

from bot.domain.accounts.account import AccountAccess
from bot.platforms.transport import Deadline, open_client
from bot.platforms.wechat.client import mass
from bot.platforms.wechat.client.session import Line, Session
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.storage.database import Database
from bot.system import SystemClock
from tests import factories
from tests.fakes.vault import OpenVault
from tests.integration.platforms.wechat_stage import APP_ID, NAME, SECRETS

PROCESSES, THREADS, CALLS = 4, 3, 8
SECONDS = 60
TOKEN = "/cgi-bin/stable_token"


@pytest.fixture
def wechat() -> Iterator[ControlClient]:
    spec = {"name": NAME, "app_id": APP_ID, "app_secret": SECRETS["app_secret"]}
    scenario = parse_scenario({"wechat": {"accounts": [spec]}})
    with running_sandbox(scenario, platforms=["wechat"]) as sandbox:
        yield sandbox.wechat


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of each kind that knows the account."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    database = Database(url, audit_key=b"key", vault=OpenVault())
    with database.begin() as uow:
        uow.accounts.add(factories.account(), OpenVault().seal(SECRETS))
        uow.commit()
    database.dispose()
    return url


def hammer(database_url: str, api: str, rounds: int, meet: Barrier) -> None:
    """One process: in each round its threads call together, and every call succeeds."""
    account = factories.account(api_base={"api": api}, options={"app_id": APP_ID})
    access = AccountAccess(account, SECRETS)
    database = Database(database_url, audit_key=b"key", vault=OpenVault())
    with open_client() as http:
        keeper = TokenKeeper(http, database.tokens(), SystemClock())
        line = Line(http, keeper, database.budgets(), SystemClock())

        def call() -> None:
            for _ in range(CALLS):
                mass.get_speed(Session(line, access, Deadline(SECONDS)))

        for _ in range(rounds):
            meet.wait(SECONDS)
            threads = [threading.Thread(target=call) for _ in range(THREADS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            meet.wait(SECONDS)
    database.dispose()


def test_a_dead_token_costs_one_refresh_however_many_notice(
    wechat: ControlClient, database_url: str
) -> None:
    """A cold start is one request for a token; each time all tokens die it is one more."""
    spawn = multiprocessing.get_context("spawn")
    rounds, meet = 3, spawn.Barrier(PROCESSES + 1)
    arguments = (database_url, wechat.url, rounds, meet)
    workers = [spawn.Process(target=hammer, args=arguments) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    asked = []
    for number in range(rounds):
        if number:
            wechat.act("revoke_tokens", account=NAME)
        meet.wait(SECONDS)
        meet.wait(SECONDS)
        asked.append(len(wechat.calls(TOKEN)))
    for worker in workers:
        worker.join(SECONDS)

    done = [one for one in wechat.calls("*/speed/get") if one["outcome"] == "ok"]
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    assert asked == [1, 2, 3]
    assert len(done) == PROCESSES * THREADS * CALLS * rounds
