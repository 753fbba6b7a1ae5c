"""Every page of the site in an office that has worked for years: time and weight."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from benchmarks.console.office import handle, publish, receive
from benchmarks.looks import Taken, taken
from benchmarks.processes import scratch
from benchmarks.publishing.databases import sqlite
from benchmarks.table import Line
from bot.domain.people import Role
from tests.unit.console.browser import Browser
from tests.unit.console.desk import sign_in
from tests.unit.console.tour import address_book, full_street, site_of
from tests.unit.public.street import Street

POSTS, REPLIES, CASES = 10_000, 100_000, 10_000
MOST_MS, MOST_KB = 50.0, 150.0
NOTE = (
    "10,000 posts that went out, 100,000 replies and 10,000 cases beside something in every state, "
    "on SQLite; one reader with every role, 40 times, warm, through the whole application without "
    "a socket. The weight is the page's own, uncompressed; its style and scripts are kept by "
    "browsers. CONSOLE_SHARE=0.1 makes a tenth as much."
)


class Look(NamedTuple):
    """What a page takes, and its weight."""

    taken: Taken
    kilobytes: float
    path: str


def lines() -> Sequence[Line]:
    """A line a page, the busiest first."""
    share = float(os.environ.get("CONSOLE_SHARE", "1"))
    with scratch() as folder, sqlite(folder):
        street = full_street(f"sqlite:///{folder / 'bench.sqlite3'}")
        publish(street.storage, posts=int(POSTS * share))
        receive(street.storage, replies=int(REPLIES * share))
        handle(street.storage, cases=int(CASES * share))
        measured = sorted(_measured(street), reverse=True)
        street.storage.dispose()
    return [
        Line(
            f"page {look.path}",
            f"{look.taken}; {look.kilobytes:.0f} KB",
            goal=f"p95 <= {MOST_MS:.0f} ms, {MOST_KB:.0f} KB",
            reached=look.taken.p95 <= MOST_MS and look.kilobytes <= MOST_KB,
            note=NOTE,
        )
        for look in measured
    ]


def _measured(street: Street) -> Iterator[Look]:
    street.employ("wang", *Role)
    browser = Browser(site_of(street))
    sign_in(browser, "wang")
    for path in address_book(street):
        answer = browser.get(path)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        look = taken(partial(browser.get, path), street.storage)
        yield Look(look, len(answer.content) / 1024, path)
