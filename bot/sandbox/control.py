"""The HTTP door for tests and demos: faults, acts, time, and everything that happened."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox.faults import Fault
from bot.sandbox.platform import Platform, Stage
from bot.sandbox.tables import ScenarioError, read_table

Handler = Callable[[Request], Awaitable[JSONResponse]]


class Control:
    """Handlers under ``/_sandbox/``; a request that is not understood gets 400 and a sentence."""

    def __init__(self, platform: Platform, stage: Stage) -> None:
        self._platform = platform
        self._stage = stage

    def routes(self) -> list[Route]:
        """Return the routes to mount."""
        doors: list[tuple[str, Handler, list[str]]] = [
            ("state", self.state, ["GET"]),
            ("calls", self.calls, ["GET"]),
            ("callbacks", self.callbacks, ["GET"]),
            ("faults", self.list_faults, ["GET"]),
            ("faults", self.add_fault, ["POST"]),
            ("faults", self.clear_faults, ["DELETE"]),
            ("acts", self.act, ["POST"]),
            ("clock", self.clock, ["GET", "POST"]),
        ]
        return [
            Route(f"/_sandbox/{name}", _explaining(handler), methods=methods)
            for name, handler, methods in doors
        ]

    async def state(self, _: Request) -> JSONResponse:
        """Return the platform's whole state."""
        self._stage.agenda.run_due()
        return JSONResponse(self._platform.state())

    async def calls(self, request: Request) -> JSONResponse:
        """Return the recorded calls; query ``path`` (glob) and ``account`` narrow them."""
        query = request.query_params
        found = self._stage.journal.calls(query.get("path", "*"), query.get("account", ""))
        return JSONResponse({"calls": [dataclasses.asdict(one) for one in found]})

    async def callbacks(self, request: Request) -> JSONResponse:
        """Return every try of every push; query ``account`` and ``name`` narrow them."""
        query = request.query_params
        found = self._stage.pusher.attempts(query.get("account", ""), query.get("name", ""))
        return JSONResponse({"callbacks": [dataclasses.asdict(one) for one in found]})

    async def list_faults(self, _: Request) -> JSONResponse:
        """Return the faults that can still strike."""
        pending = [dataclasses.asdict(one) for one in self._stage.faults.pending()]
        return JSONResponse({"faults": pending})

    async def add_fault(self, request: Request) -> JSONResponse:
        """Arm the fault in the body, shaped as in a scenario."""
        self._stage.faults.add(read_table(Fault, await _body(request), "fault"))
        return JSONResponse({"done": True})

    async def clear_faults(self, _: Request) -> JSONResponse:
        """Forget every fault."""
        self._stage.faults.clear()
        return JSONResponse({"done": True})

    async def act(self, request: Request) -> JSONResponse:
        """Do ``{"act": name, …arguments}`` and return what came of it."""
        arguments = dict(await _body(request))
        self._stage.agenda.run_due()
        name = str(arguments.pop("act", ""))
        return JSONResponse({"result": self._platform.act(name, arguments)})

    async def clock(self, request: Request) -> JSONResponse:
        """Return the time; move it first by ``shift_seconds`` or to ``set`` (ISO 8601)."""
        if request.method == "POST":
            self._move_clock(await _body(request))
        now = self._stage.clock
        return JSONResponse({"now": now.now(), "beijing": now.beijing().isoformat()})

    def _move_clock(self, body: dict[str, Any]) -> None:
        try:
            if "set" in body:
                self._stage.clock.set(datetime.fromisoformat(body["set"]).timestamp())
            else:
                self._stage.clock.shift(float(body["shift_seconds"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ScenarioError("clock: send shift_seconds or set (ISO 8601)") from error
        self._stage.agenda.run_due()


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body())
    except ValueError as error:
        raise ScenarioError("the body must be a JSON object") from error
    if not isinstance(body, dict):
        raise ScenarioError("the body must be a JSON object")
    return body


def _explaining(handler: Handler) -> Handler:
    async def explained(request: Request) -> JSONResponse:
        try:
            return await handler(request)
        except ScenarioError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return explained
