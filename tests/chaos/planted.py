"""A known bug for real processes: `python -m tests.chaos.planted --port=N` answers followers'
words before they are committed."""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

import uvicorn

from bot.bootstrap import build_house
from bot.callbacks.app import create_app
from bot.callbacks.grouping import GroupWriter, NotStored
from bot.config import load_settings
from bot.domain.replies.reply import Reply
from bot.public.health import health_routes
from bot.web import callback_desk

HASTY_DOOR = ("-m", "tests.chaos.planted")
LATE_SECONDS = 0.2
"""From the answer to the commit; long enough that whoever kills the door meets somebody in it."""


class HastyWriter(GroupWriter):
    """Says that a reply is stored as soon as it has been handed over."""

    _late: ClassVar[set[asyncio.Future[None]]] = set()

    async def store(self, reply: Reply) -> Reply:
        late = asyncio.ensure_future(self._store_late(reply))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        return reply

    async def _store_late(self, reply: Reply) -> None:
        await asyncio.sleep(LATE_SECONDS)
        with suppress(NotStored):
            await super().store(reply)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the callbacks of the installation that the environment names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args(arguments).port
    house = build_house(load_settings())
    desk = replace(callback_desk(house), writer=HastyWriter(house.callback_storage))
    app = create_app(desk, more=health_routes(dict))
    uvicorn.run(app, port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
