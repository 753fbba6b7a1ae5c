"""The load, in a process of its own: `python -m benchmarks.callbacks.load PORT PATH …`.

Raw sockets cost little beside the server under test; every answer's status is looked at, and a
sample of them is decrypted after the clock has stopped.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import uvloop

from benchmarks.callbacks.pushes import is_right, requests

CONNECTIONS = 32
SAMPLE = 50


@dataclass(frozen=True)
class Told:
    """What a run showed: whole answers, seconds, and milliseconds an answer took."""

    answers: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def a_second(self) -> float:
        return self.answers / self.seconds


class WrongAnswer(Exception):
    """The server did not say what it should have."""


class Load:
    """Sends `pushes` over kept-alive connections and keeps how long each took."""

    def __init__(self, port: int, pushes: list[bytes], *, rate: float) -> None:
        self._port = port
        self._pushes: Iterator[tuple[int, bytes]] = iter(enumerate(pushes))
        self._rate = rate
        self._took: list[float] = []
        self._sample: list[bytes] = []

    async def run(self) -> Told:
        """Send everything; at `rate` pushes a second, or as fast as possible when it is 0."""
        self._began = time.perf_counter()
        await asyncio.gather(*(self._connection() for _ in range(CONNECTIONS)))
        seconds = time.perf_counter() - self._began
        wrong = [answer for answer in self._sample if not is_right(answer)]
        if wrong:
            raise WrongAnswer(wrong[0][:500])
        took = sorted(self._took)
        p50, p99 = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.99))
        return Told(len(took), seconds, p50, p99)

    async def _connection(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for number, push in self._pushes:
            due = time.perf_counter()
            if self._rate:
                # Lateness of the load itself counts: who waits in a queue waits too.
                due = self._began + number / self._rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
            writer.write(push)
            answer, stays = await _answer(reader)
            self._took.append(time.perf_counter() - due)
            if len(self._sample) < SAMPLE:
                self._sample.append(answer)
            if not stays:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[bytes, bool]:
    """The body of one response, and whether the connection stays open."""
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")):
        raise WrongAnswer(head[:200])
    lowered = head.lower()
    length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0])
    return await reader.readexactly(length), b"connection: close" not in lowered


def main() -> None:
    """Arguments: port, path, first MsgId, pushes, pushes a second (0: as fast as possible)."""
    port, path, first, count, rate = sys.argv[1:6]
    pushes = requests(path, first=int(first), count=int(count))
    print(json.dumps(asdict(uvloop.run(Load(int(port), pushes, rate=float(rate)).run()))))


if __name__ == "__main__":
    main()
