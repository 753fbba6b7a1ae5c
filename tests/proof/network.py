"""The network of a proof: between us and the platforms, in both directions."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

import httpx

from bot.platforms.transport import TooLateToSend
from tests.proof.faults import INTERRUPTIONS, Fault, Kind
from tests.proof.guide import current
from tests.proof.platforms import Broken

if TYPE_CHECKING:
    from tests.proof.day import Day

PAGE = "<html><body><center><h1>502 Bad Gateway</h1></center></body></html>"
SLOW_SHARE = 0.7

_NO_EFFECT: Mapping[Fault, type[httpx.TransportError]] = {
    Fault.NOT_SENT: httpx.ConnectError,
    Fault.TIMEOUT_BEFORE: httpx.ReadTimeout,
    Fault.RESET_BEFORE: httpx.ReadError,
}
_AFTER_EFFECT: Mapping[Fault, type[httpx.TransportError]] = {
    Fault.TIMEOUT_AFTER: httpx.ReadTimeout,
    Fault.RESET_AFTER: httpx.ReadError,
}
_PAGES = {Fault.HTTP_5XX: 502, Fault.HTML: 200}
_PAGES_AFTER = {Fault.HTTP_5XX_AFTER: 502, Fault.HTML_AFTER: 200}
_API = ("/cgi-bin/", "/datacube/", "/2/", "/proxy/", "/oauth2/")


class Network(httpx.BaseTransport):
    """Our requests to the platforms; each is a boundary. `day` is the day under way."""

    day: "Day"

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Bring one request to its platform and the answer back, as far as the fault allows."""
        day, me = self.day, current()
        me.require_life()
        where = _name_of(request)
        fault = day.guide.reach(Kind.CALL, where)
        self._before(request, fault)
        if fault in _PAGES:
            return httpx.Response(_PAGES[fault], html=PAGE, request=request)
        answer = day.ask(request)
        if fault is Fault.KILLED_AFTER:
            me.die(f"after {where}")
        return self._after(request, answer, fault)

    def _before(self, request: httpx.Request, fault: Fault | None) -> None:
        day = self.day
        if fault is Fault.KILLED_BEFORE:
            current().die(f"before {request.url.path}")
        if fault in _NO_EFFECT:
            self._fail(request, _NO_EFFECT[fault])
        if fault is Fault.STOPPED_BEFORE:
            asleep_from, seconds_left = day.ground.time.at, _seconds_left(request)
            day.meanwhile()
            if (day.ground.time.at - asleep_from).total_seconds() > seconds_left:
                # What `send` promises: a request does not begin to leave after its deadline.
                raise TooLateToSend("the deadline passed before the request left")
        if fault is Fault.SLOW:
            day.pass_seconds(_seconds_left(request) * SLOW_SHARE)
        if fault is not None and fault in INTERRUPTIONS - {Fault.STOPPED_AFTER}:
            day.interrupt(fault)
        party = day.party()
        if fault is not None:
            day.affliction.strike(fault, party.platform, party.name)
        day.affliction.meet(request.url.path, party.platform, party.name)

    def _after(
        self, request: httpx.Request, answer: httpx.Response, fault: Fault | None
    ) -> httpx.Response:
        if fault in _AFTER_EFFECT:
            self._fail(request, _AFTER_EFFECT[fault])
        if fault in _PAGES_AFTER:
            return httpx.Response(_PAGES_AFTER[fault], html=PAGE, request=request)
        if fault is Fault.HALF_ANSWER:
            return httpx.Response(200, stream=Broken(answer.content), request=request)
        if fault is Fault.STOPPED_AFTER:
            self.day.meanwhile()
        if fault is Fault.EVENT_BEFORE_ANSWER:
            party = self.day.party()
            party.platform.hurry(party.name)
        return answer

    def _fail(self, request: httpx.Request, error: type[httpx.TransportError]) -> NoReturn:
        if issubclass(error, httpx.TimeoutException):
            self.day.pass_seconds(_seconds_left(request))
        raise error("as planned")


class CallbackLine(httpx.AsyncBaseTransport):
    """The platforms' pushes to our callback door; each is a boundary."""

    day: "Day"

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Bring one push to our door and the answer back, as far as the fault allows."""
        day = self.day
        if not day.is_at_home(request.url.path):
            raise httpx.ConnectError("nobody is there any more")
        fault = day.guide.reach(Kind.PUSH, "push")
        if fault is Fault.PUSH_UNREACHED:
            raise httpx.ConnectError("as planned")
        answer = await day.open_door(request)
        if fault is Fault.PUSH_UNANSWERED:
            raise httpx.ReadError("as planned")
        return answer


def _name_of(request: httpx.Request) -> str:
    path = request.url.path
    return path if path.startswith(_API) else "a reader's page"


def _seconds_left(request: httpx.Request) -> float:
    timeouts = request.extensions.get("timeout", {})
    return float(timeouts.get("read", 5.0))
