"""WeChat's callbacks: verify, decrypt, decode; answer in the form the platform expects."""

import re
from collections.abc import Mapping
from datetime import datetime

import orjson

from bot.domain.accounts.account import AccountAccess
from bot.domain.replies.reply import Incoming
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


class WechatCallback:
    """Implements `bot.ports.platform.CallbackChannel` for one account.

    With an EncodingAESKey only encrypted pushes are accepted, whose signature covers the body;
    the account's option `callback_mode` = `plain` says that its console is set otherwise.
    """

    def __init__(self, access: AccountAccess, clock: Clock) -> None:
        account = access.account
        self._account, self._clock = account.id, clock
        self._token = access.secret("token")
        self._envelope: Envelope | None = None
        self._fault = "" if self._token else "no callback token is set"
        wants_plain = account.options.get("callback_mode", "") == "plain"
        keys = [access.secret("aes_key"), access.secret("aes_key_previous")]
        if keys[0] and not wants_plain:
            app_id = account.options.get("app_id", "") or access.secret("app_id")
            try:
                self._envelope = Envelope(app_id, [key for key in keys if key])
            except ValueError as error:
                self._fault = str(error)

    def verify_url(self, query: Mapping[str, str]) -> str:
        """The `echostr`, as it came, when the registration is signed with our token."""
        self._require_signed(query, "signature")
        return query.get("echostr", "")

    def decode(self, query: Mapping[str, str], body: bytes) -> Incoming:
        """One push; its `raw` is the decrypted text, readable after a change of keys."""
        if len(body) > MAX_BODY_BYTES:
            raise CallbackRefused("the body is too large", status=413)
        self._require_fresh(query)
        try:
            message, fields = self._verified(query, body)
            return incoming_of(self._account, fields, message.decode())
        except BadEnvelope as error:
            raise CallbackRefused(f"envelope: {error}", status=403) from error
        except (BadPush, UnicodeDecodeError) as error:
            raise CallbackRefused(f"body: {error}") from error

    def encode_answer(self, incoming: Incoming, text: str, *, at: datetime) -> tuple[bytes, str]:
        """`success` for an empty text; else a text message, encrypted where pushes are.

        A push in JSON is answered in JSON. A text over 2,048 bytes ends in “…”.
        """
        if not text:
            return _ACKNOWLEDGEMENT
        as_json = incoming.raw.lstrip().startswith("{")
        seconds = int(at.timestamp())
        message = _message(incoming, _fitting(text), seconds, as_json=as_json)
        if self._envelope is not None:
            message = self._sealed(self._envelope, message, seconds, as_json=as_json)
        return message.encode(), "application/json" if as_json else "application/xml"

    def _verified(self, query: Mapping[str, str], body: bytes) -> tuple[bytes, Fields]:
        if self._envelope is None:
            self._require_signed(query, "signature")
            return body, read_push(body)
        sealed = sealed_part(body)
        if not sealed:
            raise CallbackRefused("not encrypted, but the account has a key", status=403)
        self._require_signed(query, "msg_signature", sealed)
        message = self._envelope.open(sealed)
        return message, read_push(message)

    def _require_signed(self, query: Mapping[str, str], name: str, *more: str) -> None:
        if self._fault:
            raise CallbackRefused(self._fault, status=503)
        parts = (self._token, query.get("timestamp", ""), query.get("nonce", ""), *more)
        if not is_signed(query.get(name, ""), *parts):
            raise CallbackRefused("the signature is wrong", status=403)

    def _require_fresh(self, query: Mapping[str, str]) -> None:
        sent = query.get("timestamp", "")
        if not (sent.isdecimal() and len(sent) <= 11):
            raise CallbackRefused("no timestamp", status=403)
        if abs(self._clock.now().timestamp() - int(sent)) > FRESH_SECONDS:
            raise CallbackRefused("too old, or from the future", status=403)

    def _sealed(self, envelope: Envelope, message: str, seconds: int, *, as_json: bool) -> str:
        sealed = envelope.seal(message.encode())
        nonce = str(int.from_bytes(envelope.random()[:4], "big"))
        signature = signature_of(self._token, str(seconds), nonce, sealed)
        if as_json:
            parts = {"Encrypt": sealed, "MsgSignature": signature}
            return orjson.dumps({**parts, "TimeStamp": seconds, "Nonce": nonce}).decode()
        return (
            f"<xml><Encrypt>{cdata(sealed)}</Encrypt>"
            f"<MsgSignature>{cdata(signature)}</MsgSignature>"
            f"<TimeStamp>{seconds}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        )


def _message(incoming: Incoming, text: str, seconds: int, *, as_json: bool) -> str:
    if as_json:
        sides = {"ToUserName": incoming.sender, "FromUserName": incoming.recipient}
        said = {**sides, "CreateTime": seconds, "MsgType": "text", "Content": text}
        return orjson.dumps(said).decode()
    return (
        f"<xml><ToUserName>{cdata(incoming.sender)}</ToUserName>"
        f"<FromUserName>{cdata(incoming.recipient)}</FromUserName>"
        f"<CreateTime>{seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{cdata(text)}</Content></xml>"
    )


def _fitting(text: str) -> str:
    """XML has no place for some characters, the platform none for longer texts."""
    clean = _NOT_XML.sub("", text)
    if len(clean.encode()) <= MAX_ANSWER_BYTES:
        return clean
    return clean.encode()[: MAX_ANSWER_BYTES - len("…".encode())].decode("utf-8", "ignore") + "…"
