"""One writer a process: concurrent pushes share a commit, and nobody is answered before it."""

import asyncio
import queue
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.domain.replies.reply import Reply
from bot.ports.storage import Storage, StorageUnavailable

log = structlog.get_logger()

ROWS_A_COMMIT = 64
GATHER_SECONDS = 0.002
"""While pushes come side by side, this much waiting saves more than half of the commits."""
GIVE_UP_SECONDS = 3.0
GRACE_SECONDS = 0.2
"""For the writer, which notices lateness between two tries, to say so itself."""
PAUSE_SECONDS = 0.05


class NotStored(Exception):
    """The row could not be committed in time: the platform must push again."""


@dataclass(frozen=True)
class _Wish:
    reply: Reply
    loop: asyncio.AbstractEventLoop
    stored: "asyncio.Future[Reply]"
    until: float


class _Patience:
    """Ends the waits that nobody else ends, since a commit that hangs raises nothing.

    All last equally long, so the oldest is always the next to end: one timer does for all.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waits: deque[tuple[float, asyncio.Future[Reply]]] = deque()
        self._is_watching = False

    def watch(self, stored: "asyncio.Future[Reply]", loop: asyncio.AbstractEventLoop) -> None:
        """From now on, for as long as it waits."""
        while self._waits and self._waits[0][1].done():
            self._waits.popleft()
        self._waits.append((loop.time() + self._seconds, stored))
        if not self._is_watching:
            self._look(loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._waits and (self._waits[0][1].done() or self._waits[0][0] <= loop.time()):
            _give_up(self._waits.popleft()[1])
        self._is_watching = bool(self._waits)
        if self._is_watching:
            loop.call_at(self._waits[0][0], self._look, loop)


class GroupWriter:
    """Stores replies from many requests with few commits.

    While one commit is being made durable, the requests that arrive meanwhile gather; they
    share the next one. A lone request does not wait for company.
    """

    def __init__(self, storage: Storage, *, give_up_seconds: float = GIVE_UP_SECONDS) -> None:
        self._storage = storage
        self._give_up_seconds = give_up_seconds
        self._wishes: queue.SimpleQueue[_Wish | None] = queue.SimpleQueue()
        self._patience = _Patience(give_up_seconds + GRACE_SECONDS)
        self._thread = threading.Thread(target=self._work, name="reply-writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what was handed over, then end."""
        self._wishes.put(None)
        self._thread.join(timeout=self._give_up_seconds + 1)

    async def store(self, reply: Reply) -> Reply:
        """The reply as stored: for a double, the first one with its answer.

        Raises:
            NotStored: it could not be committed within the time the platform waits. It may still
                be committed later; the push that comes again is then a double.
        """
        loop = asyncio.get_running_loop()
        stored: asyncio.Future[Reply] = loop.create_future()
        self._patience.watch(stored, loop)
        self._wishes.put(_Wish(reply, loop, stored, time.monotonic() + self._give_up_seconds))
        return await stored

    def _work(self) -> None:
        has_company = False
        while (wish := self._wishes.get()) is not None:
            if has_company:
                time.sleep(GATHER_SECONDS)
            batch, stopping = self._gather(wish)
            self._write(batch)
            if stopping:
                return
            has_company = len(batch) > 1

    def _gather(self, first: _Wish) -> tuple[list[_Wish], bool]:
        batch = [first]
        while len(batch) < ROWS_A_COMMIT:
            try:
                wish = self._wishes.get_nowait()
            except queue.Empty:
                break
            if wish is None:
                return batch, True
            batch.append(wish)
        return batch, False

    def _write(self, batch: Sequence[_Wish]) -> None:
        """Write all together; a row that cannot be stored at all costs only its own push."""
        try:
            self._write_in_time(batch)
        except Exception as error:  # noqa: BLE001 - its words may hold the follower's: only its type
            if len(batch) == 1:
                key, kind = batch[0].reply.incoming.key, type(error).__name__
                log.error("reply cannot be stored", key=key, error=kind)
                batch[0].loop.call_soon_threadsafe(_give_up, batch[0].stored)
                return
            for wish in batch:
                self._write([wish])

    def _write_in_time(self, batch: Sequence[_Wish]) -> None:
        while batch:
            try:
                _tell(batch, self._commit([wish.reply for wish in batch]))
                return
            except StorageUnavailable as error:
                log.warning("replies not stored yet", rows=len(batch), error=str(error))
                batch = _without_the_late(batch)
                time.sleep(PAUSE_SECONDS)

    def _commit(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        with self._storage.begin() as uow:
            stored = uow.replies.store(replies)
            uow.commit()
        return stored


def _tell(batch: Sequence[_Wish], stored: Sequence[Reply]) -> None:
    """Wake each loop once for all its wishes: every single call would wake it anew."""
    told = list(zip(batch, stored, strict=True))
    for loop in {wish.loop for wish in batch}:
        loop.call_soon_threadsafe(_settle, [pair for pair in told if pair[0].loop is loop])


def _settle(told: Sequence[tuple[_Wish, Reply]]) -> None:
    for wish, reply in told:
        if not wish.stored.done():
            wish.stored.set_result(reply)


def _without_the_late(batch: Sequence[_Wish]) -> list[_Wish]:
    now = time.monotonic()
    for wish in batch:
        if wish.until <= now:
            wish.loop.call_soon_threadsafe(_give_up, wish.stored)
    return [wish for wish in batch if wish.until > now]


def _give_up(future: "asyncio.Future[Reply]") -> None:
    if not future.done():
        future.set_exception(NotStored())
