"""The HTTP side of the simulated WeChat: routes, tokens, quotas, and answers in its manner."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.faults import Fault
from bot.sandbox.platform import Feed, Incoming, Stage, note
from bot.sandbox.tables import Table
from bot.sandbox.wechat import access, acts, quotas, rids
from bot.sandbox.wechat.calls import ApiCall, Binary, Part, read_json
from bot.sandbox.wechat.endpoints import (
    DATACUBE_CALLS,
    EMPTY_BODY,
    GET_CALLS,
    POST_CALLS,
    UPLOADS,
    Answer,
    Handler,
)
from bot.sandbox.wechat.errors import Refusal, error_body
from bot.sandbox.wechat.reader import Reader
from bot.sandbox.wechat.report import report
from bot.sandbox.wechat.state import Account, World
from bot.sandbox.wechat.tokens import unknown_token

JSON_TYPE = "application/json; encoding=utf-8"


@dataclass(frozen=True)
class _Payload:
    """A request's body, parsed as its endpoint expects."""

    raw: bytes = b""
    parts: Mapping[str, Part] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


class WechatPlatform:
    """api.weixin.qq.com, mp.weixin.qq.com and mmbiz.qpic.cn on one server."""

    def __init__(self, stage: Stage) -> None:
        self.world = World(stage)
        self._reader = Reader(self.world)

    def routes(self) -> list[BaseRoute]:
        """Return the API's and the readers' routes."""
        routes: list[BaseRoute] = [
            Route("/cgi-bin/token", self._token, methods=["GET", "POST"]),
            Route("/cgi-bin/stable_token", self._stable_token, methods=["GET", "POST"]),
            Route("/cgi-bin/clear_quota/v2", self._clear_quota, methods=["GET", "POST"]),
        ]
        for prefix, table, method in (
            ("/cgi-bin", GET_CALLS, "GET"),
            ("/cgi-bin", POST_CALLS, "POST"),
            ("/cgi-bin", UPLOADS, "POST"),
            ("/datacube", DATACUBE_CALLS, "POST"),
        ):
            for name, handler in table.items():
                endpoint = self._endpoint(name, handler, method)
                routes.append(Route(f"{prefix}/{name}", endpoint, methods=["GET", "POST"]))
        return [*routes, *self._reader.routes()]

    def account_of(self, incoming: Incoming) -> str:
        """Tell the account by its token, also a dead one, or by the appid of a token call."""
        owner = self.world.token_owners.get(incoming.query.get("access_token", ""))
        app_id = incoming.query.get("appid", "")
        if owner is None and not app_id and incoming.path.endswith("/stable_token"):
            app_id = _app_id_in(incoming.body)
        owner = owner or self.world.by_app_id(app_id)
        return owner.spec.name if owner else ""

    def error_answer(self, incoming: Incoming, fault: Fault) -> Response:
        """Return a scripted errcode, HTTP 200 as always."""
        answer = error_body(fault.code, fault.message)
        rids.keep(self.world, answer, incoming.query, incoming.body)
        return _json(answer)

    def outcome_of(self, status: int, body: bytes) -> str:
        """Read the errcode of an answer."""
        if status != 200:
            return f"error HTTP {status}"
        try:
            answer = json.loads(body) if body[:1] == b"{" else {}
        except ValueError:
            return "ok"
        return f"error {answer['errcode']}" if answer.get("errcode") else "ok"

    def act(self, name: str, arguments: Table) -> Any:
        """Do what a follower, editor or administrator does."""
        return acts.perform(self.world, name, arguments)

    def state(self) -> Any:
        """Return everything as JSON."""
        return report(self.world)

    def feeds(self) -> list[Feed]:
        """Return the readers' view."""
        return self._reader.feeds()

    async def _token(self, request: Request) -> Response:
        return self._answer(
            lambda: access.token(self.world, request.query_params, _address(request))
        )

    async def _stable_token(self, request: Request) -> Response:
        raw = await request.body()

        def fetch() -> Answer:
            if request.method != "POST":
                raise Refusal(43002)
            asked = read_json(raw, escapes_refused=False)
            return access.stable_token(self.world, asked, _address(request))

        return self._answer(fetch)

    async def _clear_quota(self, request: Request) -> Response:
        def clear() -> Answer:
            if request.method != "POST":
                raise Refusal(43002)
            return access.clear_quota_by_secret(self.world, request.query_params)

        return self._answer(clear)

    def _endpoint(self, name: str, handler: Handler, method: str) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            payload = await _read_payload(request, is_upload=name in UPLOADS)
            # From here on nothing awaits: check and effect are one step of the event loop.
            return self._answer(
                lambda: self._run(name, handler, method, request, payload),
                lambda said: rids.keep(self.world, said, request.query_params, payload.raw),
            )

        return answer

    def _run(
        self, name: str, handler: Handler, method: str, request: Request, payload: _Payload
    ) -> Answer:
        if request.method != method:
            raise Refusal(43001 if method == "GET" else 43002)
        account = self._authorise(request.query_params.get("access_token", ""))
        quotas.count_call(self.world, account, request.url.path)
        body: dict[str, Any] = {}
        has_json = name in POST_CALLS or name in DATACUBE_CALLS
        if has_json and (payload.raw.strip() or name not in EMPTY_BODY):
            body = read_json(payload.raw, escapes_refused=self.world.switches.escapes_refused)
        call = ApiCall(
            account=account,
            path=request.url.path,
            query=request.query_params,
            body=body,
            parts=payload.parts,
            form=payload.form,
            note=lambda key, value: note(request, key, value),
        )
        return handler(self.world, call)

    def _authorise(self, token: str) -> Account:
        account = self.world.token_owners.get(token)
        if account is None:
            raise unknown_token(token)
        account.tokens.check(token, self.world.now())
        if account.spec.frozen:
            raise Refusal(50007)
        return account

    @staticmethod
    def _answer(
        work: Callable[[], Answer],
        refused: Callable[[Mapping[str, Any]], None] = lambda _: None,
    ) -> Response:
        try:
            answer = work()
        except Refusal as refusal:
            said = error_body(refusal.code, refusal.words, **refusal.extra)
            refused(said)
            return _json(said)
        if isinstance(answer, Binary):
            disposition = f"attachment; filename*=UTF-8''{quote(answer.filename)}"
            headers = {"Content-Disposition": disposition}
            return Response(answer.data, media_type=answer.content_type, headers=headers)
        return _json(answer)


def make_platform(stage: Stage) -> WechatPlatform:
    """Return the simulated platform on `stage`.

    Raises:
        ScenarioError: when an account or switch of the scenario is not understood.
    """
    return WechatPlatform(stage)


def _json(body: Mapping[str, Any]) -> Response:
    # Answers of the platform escape slashes, as PHP does.
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    return Response(text.encode(), headers={"Content-Type": JSON_TYPE})


async def _read_payload(request: Request, *, is_upload: bool) -> _Payload:
    if not is_upload:
        return _Payload(raw=await request.body())
    parts: dict[str, Part] = {}
    form: dict[str, str] = {}
    try:
        async with request.form() as items:
            for name, value in items.items():
                if isinstance(value, UploadFile):
                    parts[name] = Part(value.filename or "", await value.read())
                else:
                    form[name] = value
    except HTTPException:
        # Not multipart as it should be: the handler misses its part and says so.
        return _Payload()
    return _Payload(parts=parts, form=form)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _app_id_in(body: bytes) -> str:
    try:
        asked = json.loads(body)
    except ValueError:
        return ""
    return str(asked.get("appid", "")) if isinstance(asked, dict) else ""
