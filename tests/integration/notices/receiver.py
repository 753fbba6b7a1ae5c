"""Loopback receivers that behave as the robots and a mail server do."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "SEC-invented"


@dataclass
class Robots:
    """What arrived, by robot; `refusal` is what the next requests are answered with."""

    url: str = ""
    heard: list[tuple[str, str]] = field(default_factory=list)
    refusal: dict[str, Any] | None = None
    status: int = 200

    def texts(self, robot: str) -> list[str]:
        """The words that one robot took."""
        return [text for kind, text in self.heard if kind == robot]

    def answer(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """As the robot's documentation says."""
        if self.refusal is not None:
            return self.refusal
        place, query = urlsplit(path).path, parse_qs(urlsplit(path).query)
        if place == "/cgi-bin/webhook/send":
            text = body["text"]["content"]
            too_long = len(text.encode()) > 2048
            if query.get("key") != ["invented"] or body["msgtype"] != "text" or too_long:
                return {"errcode": 93000, "errmsg": "invalid webhook url"}
            self.heard.append(("wecom", text))
            return {"errcode": 0, "errmsg": "ok"}
        if place == "/robot/send":
            if not _is_of_dingtalk(query):
                return {"errcode": 310000, "errmsg": "sign not match"}
            self.heard.append(("dingtalk", body["text"]["content"]))
            return {"errcode": 0, "errmsg": "ok"}
        if not _is_of_feishu(body):
            return {"code": 19021, "msg": "sign match fail"}
        self.heard.append(("feishu", body["content"]["text"]))
        return {"code": 0, "msg": "success", "data": {}}


def _is_of_dingtalk(query: dict[str, list[str]]) -> bool:
    moment = query.get("timestamp", ["0"])[0]
    words = f"{moment}\n{SECRET}".encode()
    wanted = base64.b64encode(hmac.new(SECRET.encode(), words, hashlib.sha256).digest())
    fresh = abs(time.time() * 1000 - int(moment)) < 3_600_000
    return fresh and query.get("sign") == [wanted.decode()]


def _is_of_feishu(body: dict[str, Any]) -> bool:
    key = f"{body.get('timestamp')}\n{SECRET}".encode()
    wanted = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(body.get("timestamp", 0))) < 3600
    return fresh and body.get("sign") == wanted and body["msg_type"] == "text"


@contextmanager
def robots() -> Iterator[Robots]:
    """All three on one address."""
    made = Robots()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = json.dumps(made.answer(self.path, body)).encode()
            self.send_response(made.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Mailbox:
    """A mail server's one mailbox."""

    port: int = 0
    messages: list[str] = field(default_factory=list)


@contextmanager
def mail_server(*, refuses: bool = False) -> Iterator[Mailbox]:
    """As much of SMTP as one message needs."""
    listener = socket.create_server(("127.0.0.1", 0))
    box = Mailbox(listener.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as file:
                _one_session(file, box, refuses)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield box
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _one_session(file: Any, box: Mailbox, refuses: bool) -> None:
    def say(line: str) -> None:
        file.write(f"{line}\r\n".encode())
        file.flush()

    say("220 loopback")
    while line := file.readline().decode().strip():
        word = line.split()[0].upper()
        if word == "DATA":
            say("354 go on")
            lines = []
            while (said := file.readline().decode().rstrip("\r\n")) != ".":
                lines.append(said)
            box.messages.append("\n".join(lines))
            say("250 taken")
        elif word == "RCPT" and refuses:
            say("550 no such mailbox")
        elif word == "QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")
