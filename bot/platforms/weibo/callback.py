"""Private messages and events that Weibo's fan-service platform pushes to us."""

import hashlib
import hmac
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from bot.domain.accounts.account import AccountAccess
from bot.domain.canonical import digest
from bot.domain.ids import AccountId
from bot.domain.replies.reply import Answered, Channel, Incoming, ReplyKind
from bot.domain.text import weibo_length
from bot.platforms.weibo import cards
from bot.platforms.weibo.json_text import parsed
from bot.platforms.weibo.moments import moment_of
from bot.ports.clock import Clock
from bot.ports.platform import CallbackRefused

FRESH_FOR = timedelta(minutes=10)
MAX_BODY_BYTES = 1024 * 1024
MAX_ANSWER_UNITS = 299
"""A passive answer holds less than 300 characters."""

_MESSAGES = frozenset({"text", "position", "voice", "image"})
_EVENTS = frozenset(
    {
        "follow",
        "unfollow",
        "subscribe",
        "unsubscribe",
        "scan",
        "scan_follow",
        "click",
        "view",
    }
)
_MENTIONS = frozenset({"status", "comment"})


class SeenNonces:
    """Which signed queries were used lately, and with which body. Safe to share between threads.

    A query is signed, its body is not: whoever sees one push could send other words under its
    signature while it is fresh. The same body again is a push the platform tries again. Each
    process remembers its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._used: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def is_taken(self, signed: str, body: bytes, *, now: datetime) -> bool:
        """Whether this query came before with another body; remembers it if not."""
        said, moment = hashlib.sha256(body).hexdigest(), now.timestamp()
        with self._lock:
            while self._used and self._oldest() < moment - 2 * FRESH_FOR.total_seconds():
                self._used.popitem(last=False)
            _, known = self._used.setdefault(signed, (moment, said))
        return known != said

    def _oldest(self) -> float:
        return next(iter(self._used.values()))[0]


@dataclass(frozen=True)
class WeiboCallback:
    """Implements `bot.ports.platform.CallbackChannel` for one account.

    Only the query is signed, with the app secret; the body is not. Freshness, the memory of used
    queries, and the digest of the body by which a double is known limit what a replay can do;
    the rest is TLS.
    """

    access: AccountAccess
    clock: Clock
    nonces: SeenNonces = field(default_factory=SeenNonces)

    def verify_url(self, query: Mapping[str, str]) -> str:
        """The `echostr`, when the signature is right."""
        self._verify(query)
        return query.get("echostr", "")

    def decode(self, query: Mapping[str, str], body: bytes) -> Incoming:
        """One push. Unknown types are kept and marked, never refused."""
        self._verify(query)
        signed = f"{self.access.account.id} {query['timestamp']} {query.get('nonce', '')}"
        if self.nonces.is_taken(signed, body, now=self.clock.now()):
            raise CallbackRefused("this signature was used with another body", status=403)
        pushed = _parsed(body)
        recipient = str(pushed["receiver_id"])
        uid = self.access.account.options.get("uid", "")
        if uid and recipient != uid:
            raise CallbackRefused("this push is for another account", status=403)
        return self._incoming(pushed, body.decode("utf-8"), recipient)

    def revoked_account(self, query: Mapping[str, str]) -> AccountId | None:
        """By app and uid; what the field `verification` proves is not documented."""
        account = self.access.account
        ours = (account.options.get("app_key", ""), account.options.get("uid", ""))
        is_ours = all(ours) and ours == (query.get("source", ""), query.get("uid", ""))
        return account.id if is_ours else None

    def encode_answer(
        self,
        incoming: Incoming,
        answered: Answered | None,
        *,
        at: datetime,  # noqa: ARG002
    ) -> tuple[bytes, str]:
        """Words or a card, the ids swapped, its data percent-encoded; None: acknowledged."""
        shown = None if answered is None else _shown(answered)
        if shown is None:
            return b"", "text/plain"
        kind, data = shown
        words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        answer = {
            "result": True,
            "sender_id": incoming.recipient,
            "receiver_id": incoming.sender,
            "type": kind,
            "data": quote(words, safe=""),
        }
        return json.dumps(answer).encode(), "application/json"

    def _verify(self, query: Mapping[str, str]) -> None:
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        wanted = signature(self._signing_key(), timestamp, nonce)
        given = query.get("signature", "")
        if not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
            raise CallbackRefused("wrong signature", status=403)
        if not timestamp.isdecimal() or not self._is_fresh(int(timestamp)):
            raise CallbackRefused("timestamp outside the window", status=403)

    def _signing_key(self) -> str:
        key = self.access.secret("fan_service_secret") or self.access.secret("app_secret")
        if not key:
            raise CallbackRefused("this account has no app secret", status=403)
        return key

    def _is_fresh(self, milliseconds: int) -> bool:
        age = self.clock.now().timestamp() - milliseconds / 1000
        return abs(age) <= FRESH_FOR.total_seconds()

    def _incoming(self, pushed: Mapping[str, Any], raw: str, recipient: str) -> Incoming:
        data = pushed.get("data")
        data = data if isinstance(data, dict) else {}
        kind, name, is_known = _classified(str(pushed["type"]), str(data.get("subtype", "")))
        key = str(data.get("key", ""))
        return Incoming(
            account=self.access.account.id,
            channel=Channel.WEIBO_MESSAGE,
            kind=kind,
            key=f"push:{_digest(pushed, data)}",
            sender=str(pushed["sender_id"]),
            text=str(pushed.get("text") or ""),
            said_at=self._said_at(pushed),
            raw=raw,
            type_name=name,
            target=key,
            recipient=recipient,
            is_known_type=is_known,
        )

    def _said_at(self, pushed: Mapping[str, Any]) -> datetime:
        try:
            return moment_of(str(pushed.get("created_at", "")))
        except ValueError:
            return self.clock.now().astimezone(UTC)


def signature(app_secret: str, timestamp: str, nonce: str) -> str:
    """SHA-1 over the three, sorted and joined, in hex."""
    joined = "".join(sorted((app_secret, timestamp, nonce)))
    return hashlib.sha1(joined.encode("utf-8", "replace")).hexdigest()  # noqa: S324 – theirs


def _parsed(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BODY_BYTES:
        raise CallbackRefused("body too large", status=413)
    try:
        pushed = parsed(body.decode("utf-8"))
    except ValueError as error:
        raise CallbackRefused("the body is not JSON") from error
    if not isinstance(pushed, dict) or not {"type", "sender_id", "receiver_id"} <= set(pushed):
        raise CallbackRefused("the body is not a push")
    return pushed


def _classified(type_name: str, subtype: str) -> tuple[ReplyKind, str, bool]:
    """What it is, its name, and whether we know it.

    A pushed mention carries no words, only an id: it is an event that announces what the
    collector will bring.
    """
    if type_name == "event":
        return ReplyKind.EVENT, subtype or "event", subtype in _EVENTS
    if type_name == "mention":
        return ReplyKind.EVENT, f"mention_{subtype}", subtype in _MENTIONS
    return ReplyKind.MESSAGE, type_name, type_name in _MESSAGES


def _digest(pushed: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """There is no message id; sender and second alone would merge two quick messages."""
    said = [str(pushed.get(name, "")) for name in ("sender_id", "created_at", "type", "text")]
    return digest([*said, dict(data)])


def _shown(answered: Answered) -> tuple[str, Mapping[str, Any]] | None:
    """The card where it has everything one shows, else the same in words; None where there are
    no words either."""
    if answered.card is not None and cards.can_be_shown(answered.card):
        return cards.KIND, cards.articles_of(answered.card)
    return ("text", {"text": _fitting(answered.text)}) if answered.text else None


def _fitting(text: str) -> str:
    """The answer within the platform's length, the cut marked; longer would show nothing."""
    if weibo_length(text) <= MAX_ANSWER_UNITS:
        return text
    kept = text
    while weibo_length(kept) > MAX_ANSWER_UNITS - 1:
        kept = kept[: len(kept) - max(1, (weibo_length(kept) - MAX_ANSWER_UNITS) // 2)]
    return f"{kept}…"
