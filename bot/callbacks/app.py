"""The callbacks as an application of their own, and how any application has them."""

import gc
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.callbacks.door import CallbackDesk, CallbackDoor

SWITCH_SECONDS = 0.0005
"""How long the writer's thread may keep the loop waiting for the interpreter; Python's own 5 ms
would be paid several times by each push."""


@contextmanager
def opened(desk: CallbackDesk) -> Iterator[None]:
    """The desk with its directory and writer at work."""
    sys.setswitchinterval(SWITCH_SECONDS)
    desk.directory.start()
    desk.writer.start()
    # What the process has loaded stays; looking through it again and again would stop the loop
    # for tens of milliseconds while followers wait.
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        desk.writer.stop()
        desk.directory.stop()


def callbacks_first(desk: CallbackDesk) -> Middleware:
    """What puts the callbacks before everything else an application serves."""
    return Middleware(CallbackDoor, desk=desk)


def create_app(desk: CallbackDesk, *, more: Sequence[Route] = ()) -> Starlette:
    """The callbacks alone, as one process of their own; `more` are its signs of life."""

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        with opened(desk):
            yield

    return Starlette(routes=list(more), middleware=[callbacks_first(desk)], lifespan=living)
