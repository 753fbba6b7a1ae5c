"""The sandbox as a server: dropped connections, scripted acts, signals, and callbacks it sends."""

import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.running import running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.sandbox.tables import ScenarioError

ACCOUNT = {
    "name": "city",
    "app_id": "wx0000000000000001",
    "app_secret": "invented-secret-1",
    "token": "inventedtoken",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}
TOKEN_QUERY = {
    "grant_type": "client_credential",
    "appid": ACCOUNT["app_id"],
    "secret": ACCOUNT["app_secret"],
}


def scenario(**wechat):
    return parse_scenario({"wechat": {"accounts": [ACCOUNT], **wechat}})


@pytest.fixture(scope="module")
def wechat():
    """Return the control door of a running simulated WeChat."""
    with running_sandbox(scenario(), platforms=["wechat"]) as sandbox:
        yield sandbox.wechat


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        pytest.param(FaultKind.TIMEOUT_AFTER, httpx.ReadTimeout, id="held longer than we wait"),
        pytest.param(FaultKind.RESET_AFTER, httpx.ReadError, id="reset"),
    ],
)
def test_a_client_meets_the_real_thing(wechat, kind, error):
    """A held connection times out and a reset one breaks; the call had its effect."""
    wechat.add_fault(Fault(kind, "/cgi-bin/token", seconds=20.0))
    before = len(wechat.calls("/cgi-bin/token"))

    with pytest.raises(error):
        httpx.get(f"{wechat.url}/cgi-bin/token", params=TOKEN_QUERY, timeout=0.3)

    assert [one["outcome"] for one in wechat.calls("/cgi-bin/token")][before:] == ["ok"]


def test_a_held_connection_closes_without_an_answer(wechat):
    """A patient client sees the server hang up after the fault's seconds."""
    wechat.add_fault(Fault(FaultKind.TIMEOUT_BEFORE, "/cgi-bin/token", seconds=0.05))

    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{wechat.url}/cgi-bin/token", params=TOKEN_QUERY, timeout=5.0)


def test_a_scenario_that_does_not_fit_leaves_no_socket_open():
    """The error reaches the caller, and the port is free again."""
    wrong = parse_scenario({"wechat": {"accounts": [{"name": "city"}]}})

    with pytest.raises(ScenarioError), running_sandbox(wrong, platforms=["wechat"]):
        pass


def test_a_held_connection_does_not_keep_the_sandbox_from_stopping():
    """Leaving the block ends a connection that a fault holds for long."""
    began, errors = time.monotonic(), []

    def call(url):
        try:
            httpx.get(f"{url}/cgi-bin/token", timeout=30)
        except httpx.HTTPError as error:
            errors.append(error)

    with running_sandbox(scenario(), platforms=["wechat"]) as sandbox:
        sandbox.wechat.add_fault(Fault(FaultKind.TIMEOUT_BEFORE, "/cgi-bin/token", seconds=60.0))
        caller = threading.Thread(target=call, args=[sandbox.wechat.url])
        caller.start()
        while not sandbox.wechat.calls("/cgi-bin/token"):
            assert time.monotonic() < began + 10

    caller.join(10)
    assert [type(one) for one in errors] == [httpx.RemoteProtocolError]
    assert time.monotonic() < began + 10


def test_many_clients_at_once_get_one_stable_token(wechat):
    """Concurrent calls are served and agree."""
    tokens = []

    def fetch():
        answer = httpx.post(f"{wechat.url}/cgi-bin/stable_token", json=TOKEN_QUERY)
        tokens.append(answer.json()["access_token"])

    threads = [threading.Thread(target=fetch) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(tokens) == 8
    assert len(set(tokens)) == 1


def test_a_scripted_follower_writes_to_a_listening_callback():
    """An act of the scenario happens by itself and its push reaches a real server."""
    arrived = threading.Event()

    class Callback(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", "7")
            self.end_headers()
            self.wfile.write(b"success")
            arrived.set()

        def log_message(self, *_):
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Callback)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/callbacks/wechat/city"
    table = {
        "wechat": {"accounts": [{**ACCOUNT, "callback_url": url}]},
        "acts": [
            {
                "platform": "wechat",
                "act": "follower_writes",
                "arguments": {"account": "city", "openid": "oA", "text": "你好"},
            }
        ],
    }
    try:
        with running_sandbox(parse_scenario(table), platforms=["wechat"]) as sandbox:
            assert arrived.wait(5)
            deadline = time.monotonic() + 5
            while not sandbox.wechat.callbacks(name="message:text"):
                assert time.monotonic() < deadline
            (attempt,) = sandbox.wechat.callbacks(name="message:text")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

    assert (attempt["status"], attempt["outcome"]) == (200, "accepted")


def test_both_platforms_stop_cleanly_on_sigterm():
    """One process says twice that it is ready and ends with 0 on SIGTERM."""
    program = (
        "from bot.sandbox.server import run; from bot.sandbox.scenario import Scenario; "
        "run(Scenario(), '127.0.0.1', 0, 0)"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        lines = [process.stdout.readline() for _ in range(2)]
        os.kill(process.pid, signal.SIGTERM)
        code = process.wait(10)

    assert [line.split()[2] for line in lines] == ["wechat", "weibo"]
    assert code == 0
