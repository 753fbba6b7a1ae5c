"""The scene of a run: folder, database, simulated platforms, Valkey, and the processes of ours."""

import json
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.bootstrap import House, build_house
from bot.config import load_settings
from bot.domain.accounts.account import PlatformName
from bot.sandbox.running import ControlClient
from bot.supervision.readiness import is_ready
from bot.supervision.valkey import valkey_process
from tests.chaos.city import City
from tests.chaos.databases import PostgresSite, SqliteSite, opened
from tests.chaos.disasters import BEAT, CALLBACKS, VALKEY, WEB, WORKERS
from tests.chaos.household import (
    START_SECONDS,
    Household,
    Part,
    environment,
    free_port,
    tethered,
    tongbu,
)

SECRET = "invented-key-of-a-chaos-run-00000000"
THREADS = 8
OWN_DOOR = ("-m", "bot.cli", "web", "--callbacks-only")
LOOK_SECONDS = 0.5
SIMULATED = (PlatformName.WECHAT, PlatformName.WEIBO)


@dataclass(frozen=True)
class Scene:
    """Everything that runs, and the ways to ask it."""

    city: City
    household: Household
    site: SqliteSite | PostgresSite
    house: House
    controls: Mapping[PlatformName, ControlClient]
    callbacks_port: int
    web_port: int

    def what_is_wrong(self, *, seconds: float) -> dict[str, str]:
        """What the whole still says of itself after so long, as far as it is not well."""
        until = time.monotonic() + seconds
        while (wrong := self._wrong_parts()) and time.monotonic() < until:
            self.household.keep()
            time.sleep(LOOK_SECONDS)
        return wrong

    def _wrong_parts(self) -> dict[str, str]:
        try:
            with urllib.request.urlopen(_url(self.web_port, "/readyz"), timeout=10) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            body = error.read()
        except OSError as error:
            return {"web": str(error)}
        return {name: what for name, what in json.loads(body)["parts"].items() if what != "ok"}


@contextmanager
def opened_scene(city: City, database: str) -> Iterator[Scene]:
    """A scene with an empty database, in which nothing else runs yet.

    Raises:
        LookupError: this kind of database is not installed here.
    """
    with ExitStack() as open_things:
        folder = Path(open_things.enter_context(_folder()))
        ports = {name: free_port() for name in (CALLBACKS, WEB, *SIMULATED)}
        household = open_things.enter_context(
            Household(folder, environment(folder / "home", secret_key=SECRET))
        )
        site = open_things.enter_context(opened(database, folder, household))
        settings = {"database_url": site.url, "public_url": f"http://127.0.0.1:{ports[WEB]}"}
        household.env = environment(folder / "home", secret_key=SECRET, **settings)
        house = open_things.enter_context(_house(household.env))
        controls = {name: ControlClient(f"http://127.0.0.1:{ports[name]}") for name in SIMULATED}
        for control in controls.values():
            open_things.callback(control.close)
        yield Scene(city, household, site, house, controls, ports[CALLBACKS], ports[WEB])


def open_platforms(scene: Scene) -> None:
    """Start the simulated platforms, in a process of their own that nobody harms."""
    scenario = scene.household.folder / "scenario.json"
    door = f"http://127.0.0.1:{scene.callbacks_port}"
    scenario.write_text(json.dumps(scene.city.scenario(door), ensure_ascii=False), encoding="utf-8")
    urls = {name: control.url for name, control in scene.controls.items()}
    options = [f"--{name}-port={urlsplit(url).port}" for name, url in urls.items()]
    argv = tongbu("sandbox", f"--scenario={scenario}", *options)
    ready = [f"{url}/_sandbox/clock" for url in urls.values()]
    scene.household.add(Part("sandbox", argv, lambda: all(map(is_ready, ready))))


def open_callbacks(scene: Scene, door: Sequence[str] = OWN_DOOR) -> None:
    """Start what followers' words come through; `door` is Python's arguments for it."""
    port = scene.callbacks_port
    ready = _url(port, "/healthz")
    argv = tethered(sys.executable, *door, f"--port={port}")
    scene.household.add(Part(CALLBACKS, argv, lambda: is_ready(ready)))


def open_doors(scene: Scene) -> None:
    """Start everything else of an installation, and wait until it works.

    Raises:
        RuntimeError: it does not.
    """
    valkey = valkey_process(scene.house.settings.redis_socket)
    socket, web = valkey.ready or "", _url(scene.web_port, "/healthz")
    household = scene.household
    household.add(Part(VALKEY, tethered(*valkey.argv), lambda: is_ready(socket)))
    household.add(Part(WEB, tongbu("web", f"--port={scene.web_port}"), lambda: is_ready(web)))
    for name in WORKERS:
        household.add(Part(name, tongbu("worker", f"--concurrency={THREADS}")))
    household.add(Part(BEAT, tongbu("beat")))
    if wrong := scene.what_is_wrong(seconds=START_SECONDS):
        raise RuntimeError(f"the house did not begin to work: {wrong}")


@contextmanager
def _folder() -> Iterator[str]:
    """Short, since Valkey's socket lies in it; the database's own user must get through."""
    with tempfile.TemporaryDirectory(prefix="tbc-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield folder


@contextmanager
def _house(env: Mapping[str, str]) -> Iterator[House]:
    """Our own use cases on the run's database, with its schema."""
    before = dict(os.environ)
    os.environ.update({name: env[name] for name in env if name.startswith("TONGBU_")})
    try:
        house = build_house(load_settings())
    finally:
        os.environ.clear()
        os.environ.update(before)
    house.storage.upgrade()
    try:
        yield house
    finally:
        house.close()


def _url(port: int, path: str) -> str:
    return f"http://127.0.0.1:{port}{path}"
