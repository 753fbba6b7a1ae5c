"""Followers who write: `python -m tests.chaos.crowd PLAN LEDGER`, a process of its own.

It is the pushing half of the platform, over plain sockets: each message is encrypted and signed,
pushed until it is answered with 200, three times at most, and some come again although they were
answered. The ledger has one line a message: its words, and whether it was acknowledged.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

from bot.sandbox.wechat import crypto

TRIES = 3
ANSWER_SECONDS = 5.0
PAUSE_SECONDS = 0.3
CONNECTIONS = 24
FIRST_ID = 24_000_000_000


@dataclass(frozen=True)
class Address:
    """Where pushes of one account go, and how they are sealed."""

    path: str
    app_id: str
    token: str
    aes_key: str


@dataclass(frozen=True)
class Plan:
    """Messages numbered from `first`; `seconds` is how long they take to be written."""

    port: int
    addresses: tuple[Address, ...]
    messages: int
    seconds: float
    seed: int
    share_doubled: float = 0.0
    first: int = 0

    def save(self, path: Path) -> None:
        """Write it for a process of its own."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @staticmethod
    def load(path: Path) -> "Plan":
        """What `save` has written."""
        table = json.loads(path.read_text(encoding="utf-8"))
        addresses = tuple(Address(**one) for one in table.pop("addresses"))
        return Plan(addresses=addresses, **table)


def words(number: int) -> str:
    """What a follower says, and nobody else."""
    return f"第{number}句话：请问补贴怎么申请？"


class Crowd:
    """Pushes everything of a plan, and writes down what was acknowledged."""

    def __init__(self, plan: Plan, ledger: Path) -> None:
        self._plan, self._dice = plan, random.Random(plan.seed)
        self._ledger = ledger.open("w", encoding="utf-8")
        self._numbers: Iterator[int] = iter(range(plan.first, plan.first + plan.messages))

    async def run(self) -> None:
        """Until every message was acknowledged, or given up as the platform does."""
        self._began = time.monotonic()
        await asyncio.gather(*(self._line() for _ in range(CONNECTIONS)))
        self._ledger.close()

    async def _line(self) -> None:
        connection = _Connection(self._plan.port)
        for number in self._numbers:
            done = (number - self._plan.first) / self._plan.messages
            due = self._began + done * self._plan.seconds
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            is_acknowledged = await self._push(connection, number)
            if self._dice.random() < self._plan.share_doubled:
                is_acknowledged |= await self._push(connection, number)
            line = json.dumps([words(number), is_acknowledged], ensure_ascii=False)
            self._ledger.write(f"{line}\n")
        connection.close()

    async def _push(self, connection: "_Connection", number: int) -> bool:
        for _ in range(TRIES):
            if await connection.post(self._request(number)):
                return True
            await asyncio.sleep(PAUSE_SECONDS)
        return False

    def _request(self, number: int) -> bytes:
        address = self._plan.addresses[number % len(self._plan.addresses)]
        now, nonce = str(int(time.time())), str(self._dice.randrange(10**10))
        sealed = crypto.encrypt(_xml(number, now), aes_key=address.aes_key, app_id=address.app_id)
        body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{sealed}</Encrypt></xml>".encode()
        query = {
            "signature": crypto.signature(address.token, now, nonce),
            "timestamp": now,
            "nonce": nonce,
            "encrypt_type": "aes",
            "msg_signature": crypto.signature(address.token, now, nonce, sealed),
        }
        head = (
            f"POST {address.path}?{urlencode(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def _xml(number: int, now: str) -> str:
    return (
        f"<xml><ToUserName>gh_1</ToUserName><FromUserName>o_follower_{number % 977}</FromUserName>"
        f"<CreateTime>{now}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{words(number)}</Content><MsgId>{FIRST_ID + number}</MsgId></xml>"
    )


class _Connection:
    """A kept connection, which is made anew when it was broken."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, request: bytes) -> bool:
        """Whether a whole answer with 200 came in time."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._ask(request)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            self.close()
            return False

    async def _ask(self, request: bytes) -> bool:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        if b"connection: close" in head:
            self.close()
        return head.startswith(b"http/1.1 200")

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            with suppress(OSError):
                self._streams[1].close()
            self._streams = None


def main(arguments: Sequence[str]) -> None:
    """Push what the plan says."""
    plan, ledger = (Path(argument) for argument in arguments)
    asyncio.run(Crowd(Plan.load(plan), ledger).run())


if __name__ == "__main__":
    main(sys.argv[1:])
