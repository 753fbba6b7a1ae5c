"""Fifty people at their desks at once: a console of one process, asked over the loopback."""

import multiprocessing
import random
import resource
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median, quantiles

import httpx
import uvicorn

from benchmarks.console.office import handle, publish, receive
from benchmarks.processes import scratch
from benchmarks.publishing.databases import sqlite
from benchmarks.table import Line
from bot.domain.people import Role
from tests.unit.console.desk import PASSWORD
from tests.unit.console.tour import full_street, site_of
from tests.unit.public.street import Street

PEOPLE, SECONDS, SEED = 50, 15.0, 20261126
POSTS, REPLIES, CASES = 1000, 10_000, 1000
PAUSES = (2.0, 6.0)
MOST_MS = 500.0
PAGES = ("/", "/replies", "/cases", "/calendar", "/replies/rpy_1", "/releases", "/posts/pst_2")
NOTE = (
    f"1,000 posts, 10,000 replies and 1,000 cases on SQLite; {PEOPLE} sessions, each a connection"
    " of its own, go round seven pages; one web process with its askers on the same two cores."
)


def lines() -> Sequence[Line]:
    """With the pauses of people who read, and with none."""
    with scratch() as folder, sqlite(folder):
        url = f"sqlite:///{folder / 'bench.sqlite3'}"
        street = full_street(url)
        for number in range(PEOPLE):
            street.employ(f"user{number}", *Role)
        publish(street.storage, posts=POSTS)
        receive(street.storage, replies=REPLIES)
        handle(street.storage, cases=CASES)
        street.storage.dispose()
        reading = _measured(url, PAUSES, "who read a page for 2 to 6 s")
        return [reading, _measured(url, (0.0, 0.0), "who never pause")]


def _measured(url: str, pauses: tuple[float, float], who: str) -> Line:
    before = _children_seconds()
    with _served(url) as address:
        began = time.monotonic()
        with ThreadPoolExecutor(PEOPLE) as people:
            rounds = [people.submit(_sit_down, address, n, pauses) for n in range(PEOPLE)]
            times = [took for one in rounds for took in one.result()]
        lasted = time.monotonic() - began
    busy = (_children_seconds() - before) * 1000 / len(times)
    p95 = quantiles(times, n=20)[-1]
    return Line(
        f"{PEOPLE} people {who}",
        f"{len(times) / lasted:.0f} pages/s, p95 {p95:.0f} ms, p50 {median(times):.0f},"
        f" CPU {busy:.1f} a page",
        goal=f"p95 <= {MOST_MS:.0f} ms" if pauses[1] else "",
        reached=p95 <= MOST_MS if pauses[1] else None,
        note=NOTE,
    )


def _sit_down(address: str, number: int, pauses: tuple[float, float]) -> list[float]:
    chance, times = random.Random(SEED + number), []
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        token = client.get("/login").text.partition('name="token" value="')[2].partition('"')[0]
        fields = {"token": token, "login": f"user{number}", "password": PASSWORD}
        client.post("/login", data=fields)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            time.sleep(chance.uniform(*pauses))
            began = time.perf_counter()
            client.get(chance.choice(PAGES)).raise_for_status()
            times.append((time.perf_counter() - began) * 1000)
    return times


@contextmanager
def _served(url: str) -> Iterator[str]:
    """The console in a process of its own, on a port of this machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(PEOPLE * 2)
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(url, listener))
        process.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            process.terminate()
            process.join()


def _serve(url: str, listener: socket.socket) -> None:
    site = site_of(Street(url))
    patient = uvicorn.Config(site, log_level="error", ws="none", timeout_keep_alive=60)
    uvicorn.Server(patient).run([listener])


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
