"""Private messages and events on their way to the account's callback address, and its answers."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlencode

from bot.sandbox.pusher import Outgoing, Push, Verdict
from bot.sandbox.weibo.counting import length
from bot.sandbox.weibo.records import App, Line, User
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.times import created_at

MAX_TEXT = 300
MAX_ARTICLES = 8


@dataclass(frozen=True)
class Note:
    """What is pushed: a message, event or mention from a citizen at a moment."""

    kind: str
    account: int
    citizen: int
    at: float
    text: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """What event faults know it by: ``message:text``, ``event:follow``, ``mention:status``."""
        if self.kind in ("event", "mention"):
            return f"{self.kind}:{self.data.get('subtype', '')}"
        return f"message:{self.kind}"

    def body(self) -> bytes:
        """The JSON of the push; it has no message id."""
        table = {
            "type": self.kind,
            "receiver_id": self.account,
            "sender_id": self.citizen,
            "created_at": created_at(self.at),
            "text": self.text,
            "data": self.data,
        }
        return json.dumps(table, ensure_ascii=False).encode()


class InvalidAnswer(ValueError):
    """A passive answer the platform would not show; the text says why."""


def signature(appsecret: str, timestamp: str, nonce: str) -> str:
    """SHA-1 over the three, sorted and joined."""
    joined = "".join(sorted([appsecret, timestamp, nonce])).encode()
    return hashlib.sha1(joined).hexdigest()  # noqa: S324 -- the platform's choice


def signed(world: World, account: User, **more: str) -> str:
    """The account's callback address with signature, timestamp in milliseconds and nonce."""
    timestamp = str(int(world.now() * 1000))
    nonce = str(int(world.ids.hex_word(6), 16))
    secret = world.apps[account.app_key].secret
    query = {
        "signature": signature(secret, timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
    }
    joint = "&" if "?" in account.callback_url else "?"
    return f"{account.callback_url}{joint}{urlencode(query | more)}"


def push_of(world: World, account: User, note: Note) -> Push:
    """The delivery of a note; its passive answer is written into the conversation."""

    first = signed(world, account)

    def build(_try: int) -> Outgoing:
        url = signed(world, account) if world.switches.push_signed_anew else first
        return Outgoing(url, note.body(), content_type="application/json")

    return Push(account.name, note.name, build, _judge(world, note))


def verification(world: World, account: User) -> Push:
    """The GET by which the platform checks a callback address: it must answer the echostr."""
    echo = world.ids.hex_word(10)

    def build(_try: int) -> Outgoing:
        return Outgoing(signed(world, account, echostr=echo), b"", method="GET")

    def judge(answer: bytes) -> Verdict:
        is_right = answer.decode("utf-8", "replace") == echo
        return Verdict(is_right, "" if is_right else "echostr not answered")

    return Push(account.name, "verify", build, judge)


def revocation(world: World, app: App, account: User) -> Push:
    """The GET by which an app learns that a user took its authorisation back; any 200 will do.

    What ``verification`` proves nobody has written down: it is a word without meaning here.
    """
    query = {
        "source": app.key,
        "uid": str(account.uid),
        "auth_end": str(int(world.now())),
        "verification": world.ids.hex_word(16),
    }
    joint = "&" if "?" in app.revoked_url else "?"
    outgoing = Outgoing(f"{app.revoked_url}{joint}{urlencode(query)}", b"", method="GET")
    return Push(account.name, "revoked", lambda _try: outgoing, lambda _body: Verdict(True))


def read_answer(
    body: bytes, account: int, citizen: int, *, pictures: bool = True
) -> tuple[str, dict[str, Any]]:
    """The type and data of a passive answer. InvalidAnswer says what is wrong with it; `pictures`:
    whether an article without one is.
    """
    try:
        answer = json.loads(body)
    except ValueError:
        raise InvalidAnswer("not JSON") from None
    if not isinstance(answer, dict) or answer.get("result") is not True:
        raise InvalidAnswer("result is not true")
    if str(answer.get("sender_id")) != str(account):
        raise InvalidAnswer("sender_id is not the account")
    if str(answer.get("receiver_id")) != str(citizen):
        raise InvalidAnswer("receiver_id is not the citizen")
    data = answer.get("data")
    if not isinstance(data, str) or quote(unquote(data), safe="") != _canonical(data):
        raise InvalidAnswer("data is not a percent-encoded string")
    kind = str(answer.get("type"))
    return kind, read_data(kind, unquote(data), pictures=pictures)


def read_data(kind: str, text: str, *, pictures: bool = True) -> dict[str, Any]:
    """The inner JSON of an answer, checked for its type. InvalidAnswer says what is wrong."""
    try:
        data = json.loads(text)
    except ValueError:
        raise InvalidAnswer("data is not JSON") from None
    check = _CHECKS.get(kind)
    if check is None:
        raise InvalidAnswer(f"type {kind!r} is not text, articles or position")
    if not isinstance(data, dict) or not check(data):
        raise InvalidAnswer(f"data does not fit type {kind!r}")
    if pictures and any(not _is_address(one["image"]) for one in data.get("articles", ())):
        raise InvalidAnswer("an article without a picture")
    return data


def is_too_long(data: dict[str, Any]) -> bool:
    """Whether a text answer has more than 300 characters."""
    return length(str(data.get("text", ""))) > MAX_TEXT


def _judge(world: World, note: Note) -> Callable[[bytes], Verdict]:
    def judge(body: bytes) -> Verdict:
        # Any 200 ends the tries; an answer that cannot be read is simply not shown.
        if not body.strip():
            return Verdict(is_accepted=True)
        line = _answer_line(world, note, body)
        world.tell(note.account, note.citizen, line)
        return Verdict(is_accepted=True, note=line.note)

    return judge


def _answer_line(world: World, note: Note, body: bytes) -> Line:
    try:
        pictures = world.switches.article_pictures_needed
        kind, data = read_answer(body, note.account, note.citizen, pictures=pictures)
        if is_too_long(data):
            raise InvalidAnswer("text over 300 characters")
    except InvalidAnswer as error:
        raw = body.decode("utf-8", "replace")[:500]
        return Line(world.now(), note.account, "invalid", raw, {}, "passive", str(error))
    return Line(world.now(), note.account, kind, str(data.get("text", "")), data, "passive")


def _canonical(data: str) -> str:
    # Encoders differ in what they leave bare; "+" for a space is one of the form encoding.
    return quote(unquote(data.replace("+", "%2B")), safe="") if "%" in data else ""


def _are_articles(data: dict[str, Any]) -> bool:
    articles = data.get("articles")
    keys = {"display_name", "summary", "image", "url"}
    return (
        isinstance(articles, list)
        and 0 < len(articles) <= MAX_ARTICLES
        and all(isinstance(one, dict) and keys <= set(one) for one in articles)
        and all(str(one["display_name"]).strip() and _is_address(one["url"]) for one in articles)
    )


def _is_address(value: object) -> bool:
    return str(value).startswith(("http://", "https://"))


_CHECKS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "text": lambda data: bool(str(data.get("text", "")).strip()),
    "articles": _are_articles,
    "position": lambda data: "longitude" in data and "latitude" in data,
}
