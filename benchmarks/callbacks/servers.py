"""The servers under test, each one process on a port of its own."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.callbacks.cast import (
    ACCOUNT,
    AES_KEY,
    ANSWER,
    APP_ID,
    KEYWORD,
    OTHER_KEYWORDS,
    TOKEN,
)
from benchmarks.processes import environment, free_port, python, running, wait_for_port

_ACCOUNTS = f"""
[[accounts]]
name = "{ACCOUNT}"
platform = "wechat"
mode = "publish"
app_id = "{APP_ID}"
app_secret = "bench-app-secret"
token = "{TOKEN}"
aes_key = "{AES_KEY}"
"""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and what to ask."""

    port: int
    path: str
    process: subprocess.Popen[bytes]


Start = Callable[[Path], AbstractContextManager[Server]]


@contextmanager
def tongbu(folder: Path) -> Iterator[Server]:
    """Ours: SQLite with synchronous=FULL, every message committed before it is answered."""
    home = folder / "home"
    _furnish(home, folder)
    port, path = free_port(), f"/callbacks/wechat/{ACCOUNT}"
    command = python("-m", "bot.cli", "web", "--callbacks-only", f"--port={port}")
    with _listening(folder, command, port, path, environment(home)) as server:
        yield server


@contextmanager
def werobot(folder: Path) -> Iterator[Server]:
    """WeRoBot on Bottle under waitress, which Bottle itself prefers."""
    with _under_waitress(folder, "werobot_app", "/robot") as server:
        yield server


@contextmanager
def flask(folder: Path) -> Iterator[Server]:
    """The wechatpy sample on Flask under waitress."""
    with _under_waitress(folder, "flask_app", "/wechat") as server:
        yield server


SERVERS: Mapping[str, Start] = {"tongbu": tongbu, "werobot": werobot, "wechatpy + Flask": flask}


@contextmanager
def _under_waitress(folder: Path, module: str, path: str) -> Iterator[Server]:
    """One process with waitress's usual four threads: faster here than gunicorn's workers."""
    port, application = free_port(), f"benchmarks.callbacks.{module}:app"
    options = (f"--listen=127.0.0.1:{port}", "--threads=4")
    command = python("-m", "waitress", *options, application)
    with _listening(folder, command, port, path, environment(folder)) as server:
        yield server


@contextmanager
def _listening(
    folder: Path, command: list[str], port: int, path: str, env: Mapping[str, str]
) -> Iterator[Server]:
    log = folder / "server.log"
    with running(command, env=env, log=log) as process:
        wait_for_port(port, process, log)
        yield Server(port, path, process)


def _furnish(home: Path, folder: Path) -> None:
    """An installation with one account and its keyword answers, through our own commands."""
    accounts, answers = folder / "accounts.toml", folder / "answers.toml"
    accounts.write_text(_ACCOUNTS, encoding="utf-8")
    rules = [(word, "请登录市政务服务网办理。") for word in OTHER_KEYWORDS] + [(KEYWORD, ANSWER)]
    answers.write_text("".join(_rule(*rule) for rule in rules), encoding="utf-8")
    for command in (
        ("db", "upgrade"),
        ("account", "add", str(accounts)),
        ("rule", "answers", str(answers)),
    ):
        subprocess.run(
            python("-m", "bot.cli", *command),
            env=environment(home),
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _rule(word: str, answer: str) -> str:
    keys = {"name": f'"{word}"', "words": f'["{word}"]', "answer": f'"{answer}"'}
    return "\n".join(["[[answers]]", *(f"{key} = {value}" for key, value in keys.items()), ""])
