"""Encrypted, signed pushes as whole HTTP requests, made before anybody looks at the clock."""

import hashlib
import time
from urllib.parse import urlencode

from wechatpy.crypto import WeChatCrypto

from benchmarks.callbacks.cast import AES_KEY, ANSWER, APP_ID, QUESTION, TOKEN

_TEXT = (
    "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName>"
    "<FromUserName><![CDATA[o_follower_{follower}]]></FromUserName>"
    "<CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[{text}]]></Content><MsgId>{number}</MsgId></xml>"
)


def crypto() -> WeChatCrypto:
    """The platform's side of the encryption; not our code."""
    return WeChatCrypto(TOKEN, AES_KEY, APP_ID)


def requests(path: str, *, first: int, count: int) -> list[bytes]:
    """`count` different messages, numbered from `first`, as HTTP/1.1 requests to `path`."""
    sealing = crypto()
    return [_request(sealing, path, first + index) for index in range(count)]


def _request(sealing: WeChatCrypto, path: str, number: int) -> bytes:
    now, nonce = str(int(time.time())), str(number)
    message = _TEXT.format(follower=number % 977, now=now, text=QUESTION, number=number)
    body: bytes = sealing.encrypt_message(message, nonce, now).encode()
    query = urlencode(
        {
            "signature": hashlib.sha1("".join(sorted((TOKEN, now, nonce))).encode()).hexdigest(),
            "timestamp": now,
            "nonce": nonce,
            "encrypt_type": "aes",
            "msg_signature": _signature_in(body),
        }
    )
    head = (
        f"POST {path}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _signature_in(body: bytes) -> str:
    return body.split(b"<MsgSignature><![CDATA[")[1].split(b"]]")[0].decode()


def is_right(answer: bytes) -> bool:
    """Whether an answer decrypts to the text that was to be said."""
    part = {
        name: answer.split(f"<{name}>".encode())[1].split(f"</{name}>".encode())[0].decode()
        for name in ("MsgSignature", "TimeStamp", "Nonce")
    }
    plain = {
        name: value.removeprefix("<![CDATA[").removesuffix("]]>") for name, value in part.items()
    }
    opened = crypto().decrypt_message(
        answer, plain["MsgSignature"], plain["TimeStamp"], plain["Nonce"]
    )
    return ANSWER in opened
