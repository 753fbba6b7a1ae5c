"""WeChat's callbacks: verify, decrypt, decode; answer in the form the platform expects."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import orjson

from bot.domain.accounts.account import AccountAccess
from bot.domain.ids import AccountId
from bot.domain.replies.reply import Answered, Incoming, LinkCard
from bot.platforms.wechat.crypto import BadEnvelope, Envelope, is_signed, signature_of
from bot.platforms.wechat.decoding import incoming_of
from bot.platforms.wechat.pushes import BadPush, Fields, cdata, read_push, sealed_part
from bot.ports.clock import Clock
from bot.ports.platform import CallbackRefused

MAX_BODY_BYTES = 1_000_000
FRESH_SECONDS = 600
"""Whether a push that is tried again is signed anew is not documented; doubles are known by
their content, so the window may be wide."""
MAX_ANSWER_BYTES = 2048
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ACKNOWLEDGEMENT = b"success", "text/plain"
PREVIOUS_UNTIL = "keys_previous_until"
"""The option that says until when the account's previous token and key are taken (ISO 8601)."""


@dataclass(frozen=True)
class _Seal:
    """One pair of callback token and key. `until` is when it ends, None for never."""

    token: str
    envelope: Envelope | None
    until: datetime | None = None


class WechatCallback:
    """Implements `bot.ports.platform.CallbackChannel` for one account.

    With an EncodingAESKey only encrypted pushes are accepted, whose signature covers the body;
    the account's option `callback_mode` = `plain` says that its console is set otherwise.
    While keys are changed, pushes under the previous ones are taken too, and answered under them.
    """

    def __init__(self, access: AccountAccess, clock: Clock) -> None:
        self._account, self._clock = access.account.id, clock
        self._fault = "" if access.secret("token") else "no callback token is set"
        self._seals: Sequence[_Seal] = ()
        try:
            self._seals = _seals_of(access)
        except ValueError as error:
            self._fault = str(error)

    def verify_url(self, query: Mapping[str, str]) -> str:
        """The `echostr`, as it came, when the registration is signed with our token."""
        self._signed_under(query, "signature")
        return query.get("echostr", "")

    def decode(self, query: Mapping[str, str], body: bytes) -> Incoming:
        """One push; its `raw` is the decrypted text, readable after a change of keys."""
        if len(body) > MAX_BODY_BYTES:
            raise CallbackRefused("the body is too large", status=413)
        self._require_fresh(query)
        try:
            seal, message, fields = self._verified(query, body)
            incoming = incoming_of(self._account, fields, message.decode())
            return replace(incoming, seal=seal) if seal else incoming
        except BadEnvelope as error:
            raise CallbackRefused(f"envelope: {error}", status=403) from error
        except (BadPush, UnicodeDecodeError) as error:
            raise CallbackRefused(f"body: {error}") from error

    def revoked_account(self, query: Mapping[str, str]) -> AccountId | None:  # noqa: ARG002
        """None: nobody's consent is behind a token that we fetch with the app secret."""
        return None

    def encode_answer(
        self, incoming: Incoming, answered: Answered | None, *, at: datetime
    ) -> tuple[bytes, str]:
        """`success` without an answer; else a text or an article, under the push's own keys.

        A push in JSON is answered in JSON. A text over 2,048 bytes ends in “…”.
        """
        if answered is None or not answered.text:
            return _ACKNOWLEDGEMENT
        as_json = incoming.raw.lstrip().startswith("{")
        seconds = int(at.timestamp())
        message = (_json_message if as_json else _xml_message)(incoming, answered, seconds)
        seal = self._seals[incoming.seal]
        if seal.envelope is not None:
            message = _sealed(seal, seal.envelope, message, seconds, as_json=as_json)
        return message.encode(), "application/json" if as_json else "application/xml"

    def _verified(self, query: Mapping[str, str], body: bytes) -> tuple[int, bytes, Fields]:
        if not self._seals or self._seals[0].envelope is None:
            return self._signed_under(query, "signature")[0], body, read_push(body)
        sealed = sealed_part(body)
        if not sealed:
            raise CallbackRefused("not encrypted, but the account has a key", status=403)
        failure = BadEnvelope("no key")
        for number in self._signed_under(query, "msg_signature", sealed):
            try:
                message = self._opened(number, sealed)
            except BadEnvelope as error:
                failure = error
            else:
                return number, message, read_push(message)
        raise failure

    def _opened(self, number: int, sealed: str) -> bytes:
        envelope = self._seals[number].envelope
        if envelope is None:
            raise BadEnvelope("no key")
        return envelope.open(sealed)

    def _signed_under(self, query: Mapping[str, str], name: str, *more: str) -> list[int]:
        """The seals under whose token the query is signed, the current one first."""
        if self._fault:
            raise CallbackRefused(self._fault, status=503)
        given = query.get(name, "")
        parts = (query.get("timestamp", ""), query.get("nonce", ""), *more)
        signed = [
            number
            for number, seal in enumerate(self._seals)
            if is_signed(given, seal.token, *parts) and self._is_good(seal)
        ]
        if not signed:
            raise CallbackRefused("the signature is wrong", status=403)
        return signed

    def _is_good(self, seal: _Seal) -> bool:
        return seal.until is None or self._clock.now() < seal.until

    def _require_fresh(self, query: Mapping[str, str]) -> None:
        sent = query.get("timestamp", "")
        if not (sent.isdecimal() and len(sent) <= 11):
            raise CallbackRefused("no timestamp", status=403)
        if abs(self._clock.now().timestamp() - int(sent)) > FRESH_SECONDS:
            raise CallbackRefused("too old, or from the future", status=403)


def _seals_of(access: AccountAccess) -> list[_Seal]:
    """The current pair, then the previous one where there is one.

    Raises:
        ValueError: a key is not 43 characters, or the date is none.
    """
    token, key = access.secret("token"), access.secret("aes_key")
    old_token, old_key = access.secret("token_previous"), access.secret("aes_key_previous")
    seals = [_Seal(token, _envelope_of(access, key))]
    if token and (old_token or old_key):
        until = access.account.options.get(PREVIOUS_UNTIL, "")
        moment = datetime.fromisoformat(until).astimezone(UTC) if until else None
        seals.append(_Seal(old_token or token, _envelope_of(access, old_key or key), moment))
    return seals


def _envelope_of(access: AccountAccess, key: str) -> Envelope | None:
    options = access.account.options
    if not key or options.get("callback_mode", "") == "plain":
        return None
    return Envelope(options.get("app_id", "") or access.secret("app_id"), [key])


def _sealed(seal: _Seal, envelope: Envelope, message: str, seconds: int, *, as_json: bool) -> str:
    sealed = envelope.seal(message.encode())
    nonce = str(int.from_bytes(envelope.random()[:4], "big"))
    signature = signature_of(seal.token, str(seconds), nonce, sealed)
    if as_json:
        parts = {"Encrypt": sealed, "MsgSignature": signature}
        return orjson.dumps({**parts, "TimeStamp": seconds, "Nonce": nonce}).decode()
    return (
        f"<xml><Encrypt>{cdata(sealed)}</Encrypt>"
        f"<MsgSignature>{cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{seconds}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
    )


def _json_message(incoming: Incoming, answered: Answered, seconds: int) -> str:
    said: dict[str, object] = {
        "ToUserName": incoming.sender,
        "FromUserName": incoming.recipient,
        "CreateTime": seconds,
        "MsgType": answered.kind.value,
    }
    if answered.card is None:
        said["Content"] = _fitting(answered.text)
    else:
        said |= {"ArticleCount": 1, "Articles": {"item": dict(_card_nodes(answered.card))}}
    return orjson.dumps(said).decode()


def _xml_message(incoming: Incoming, answered: Answered, seconds: int) -> str:
    if answered.card is None:
        content = f"<Content>{cdata(_fitting(answered.text))}</Content>"
    else:
        nodes = (f"<{name}>{cdata(text)}</{name}>" for name, text in _card_nodes(answered.card))
        item = "".join(nodes)
        content = f"<ArticleCount>1</ArticleCount><Articles><item>{item}</item></Articles>"
    return (
        f"<xml><ToUserName>{cdata(incoming.sender)}</ToUserName>"
        f"<FromUserName>{cdata(incoming.recipient)}</FromUserName>"
        f"<CreateTime>{seconds}</CreateTime><MsgType>{cdata(answered.kind)}</MsgType>"
        f"{content}</xml>"
    )


def _card_nodes(card: LinkCard) -> tuple[tuple[str, str], ...]:
    """One article: a passive answer to a message carries no more since 2018-10-12."""
    return (
        ("Title", _NOT_XML.sub("", card.title)),
        ("Description", _NOT_XML.sub("", card.description)),
        ("PicUrl", card.picture_url),
        ("Url", card.url),
    )


def _fitting(text: str) -> str:
    """XML has no place for some characters, the platform none for longer texts."""
    clean = _NOT_XML.sub("", text)
    if len(clean.encode()) <= MAX_ANSWER_BYTES:
        return clean
    return clean.encode()[: MAX_ANSWER_BYTES - len("…".encode())].decode("utf-8", "ignore") + "…"
