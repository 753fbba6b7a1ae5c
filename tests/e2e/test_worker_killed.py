"""The real processes, with the worker killed twice while it publishes."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import House, build_house
from bot.config import load_settings
from bot.domain.accounts.account import Account
from bot.domain.permissions import SYSTEM
from bot.domain.publishing.delivery import OPEN_STATES, DeliveryState
from bot.domain.releases.release import Approval, ReleaseReading
from bot.ports.overview import PostRow
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.usecases.accounts.add_account import add_account
from bot.usecases.posts.add_rule import add_rules
from bot.usecases.posts.plan_release import plan_release
from bot.usecases.releases.accept_release import accept_release
from bot.usecases.releases.add_source import add_source
from tests import factories as make
from tests.integration.publishing.routes import WAYS

pytestmark = pytest.mark.valkey

WAY = WAYS["wechat publish"]
ACCOUNTS, RELEASES = 5, 4
POSTS = ACCOUNTS * RELEASES
QUICK = {"poll_seconds": "1", "look_seconds": "0 2 5", "settling_seconds": "1"}
PATIENCE_SECONDS = 90.0


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house of its own; the path is short, for Valkey's socket lies in it."""
    for name in [name for name in os.environ if name.startswith("TONGBU_")]:
        monkeypatch.delenv(name)
    with tempfile.TemporaryDirectory(prefix="tb") as home:
        monkeypatch.setenv("TONGBU_HOME", home)
        made = build_house(load_settings())
        made.storage.upgrade()
        yield made
        made.close()


@pytest.fixture
def wechat() -> Iterator[ControlClient]:
    """A platform that takes a moment over every submission."""
    with running_sandbox(parse_scenario(WAY.scenario(ACCOUNTS)), platforms=["wechat"]) as sandbox:
        slow = Fault(FaultKind.SLOW, WAY.accepting, count=0, seconds=0.3)
        sandbox.wechat.add_fault(slow)
        yield sandbox.wechat


def test_posts_go_out_once_although_the_worker_is_killed_twice(
    house: House, wechat: ControlClient
) -> None:
    """Every delivery ends; each is live once, or held with a reason and not live. While the worker
    is frozen, readiness names it."""
    _plan_posts(house, wechat)
    with _serving(house) as url:
        _eventually(lambda: _accepted(house) >= 3, "third acceptance")
        _signal_workers(house, signal.SIGKILL)
        _eventually(lambda: _accepted(house) >= 9, "ninth acceptance")
        _signal_workers(house, signal.SIGKILL)
        _eventually(lambda: _have_ended(house), "end of every delivery")
        _eventually(lambda: _worker_is(url) == "ok", "living worker")
        _signal_workers(house, signal.SIGSTOP)
        _eventually(lambda: "没有响应" in _worker_is(url), "alarm")

    live = sum(WAY.effects(books) for books in wechat.state()["accounts"].values())
    delivered = [row for row in _posts(house) if row.delivery_state == DeliveryState.DELIVERED]
    assert all(row.hold_reason for row in _posts(house) if row not in delivered)
    assert live == len(delivered)
    assert len(_posts(house)) == POSTS


def _plan_posts(house: House, wechat: ControlClient) -> None:
    accounts = [_account(house, wechat, number) for number in range(1, ACCOUNTS + 1)]
    add_source(make.source(), actor=SYSTEM, storage=house.storage)
    add_rules([make.rule(*(a.id for a in accounts))], actor=SYSTEM, storage=house.storage)
    for number in range(RELEASES):
        content = make.content(title=f"关于第{number}号事项的通知", document_number=None)
        accepted = accept_release(
            ReleaseReading(f"r{number}", content, approval=Approval("王审核", "签批单")),
            source_id=make.source().id,
            actor=SYSTEM,
            storage=house.storage,
            ids=house.ids,
        )
        plan_release(accepted.release.id, house.posts)
    assert len(_posts(house)) == POSTS


def _account(house: House, wechat: ControlClient, number: int) -> Account:
    account, secrets = WAY.account(number, wechat.url)
    quick = replace(account, options={**account.options, **QUICK})
    return add_account(quick, secrets, actor=SYSTEM, storage=house.storage, vault=house.vault)


def _posts(house: House) -> Sequence[PostRow]:
    return house.storage.overview().posts(limit=POSTS)


def _accepted(house: House) -> int:
    return sum(row.accepted_at is not None for row in _posts(house))


def _have_ended(house: House) -> bool:
    return all(row.delivery_state not in OPEN_STATES for row in _posts(house))


@contextmanager
def _serving(house: House) -> Iterator[str]:
    """`tongbu serve` on a free port; ended with everything it started."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    log = (house.settings.home / "serve.log").open("w")
    serve = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "serve", "--port", port], stdout=log, stderr=log
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        _continue_workers(house)
        serve.terminate()
        serve.wait(60)
        log.close()


def _workers(house: House) -> list[int]:
    """The worker's processes that live in this home."""
    home, found = f"TONGBU_HOME={house.settings.home}\0".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            if home in (folder / "environ").read_bytes() and b"\0worker\0" in command:
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def _signal_workers(house: House, number: signal.Signals) -> None:
    pids = _workers(house)
    assert pids, "no worker runs"
    for pid in pids:
        os.kill(pid, number)


def _continue_workers(house: House) -> None:
    for pid in _workers(house):
        os.kill(pid, signal.SIGCONT)


def _worker_is(url: str) -> str:
    """What readiness says of the worker, whether all is well or not."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            body = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    except OSError:
        return "the web does not answer"
    return str(json.loads(body)["parts"]["worker"])


def _eventually(fact: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not fact():
        assert time.monotonic() < end, f"no {what} within {PATIENCE_SECONDS} s"
        time.sleep(0.05)
