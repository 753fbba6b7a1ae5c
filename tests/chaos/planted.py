"""A known bug for real processes: `python -m tests.chaos.planted --port=N` answers followers'
words before they are committed."""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import uvicorn

from bot.bootstrap import build_house
from bot.callbacks.app import create_app
from bot.callbacks.grouping import GroupWriter, NotStored
from bot.config import load_settings
from bot.domain.replies.reply import Reply
from bot.public.health import health_routes
from bot.web import callback_desk

HASTY_DOOR = ("-m", "tests.chaos.planted")


class HastyWriter(GroupWriter):
    """Says that a reply is stored as soon as it has been handed over."""

    async def store(self, reply: Reply) -> Reply:
        self._late = asyncio.ensure_future(self._store_late(reply))
        return reply

    async def _store_late(self, reply: Reply) -> None:
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
