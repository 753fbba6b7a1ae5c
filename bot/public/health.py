"""Signs of life for operators: is this process up, does the whole work, what do counters say."""

from collections.abc import Callable, Mapping, Sequence

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

Readiness = Callable[[], Mapping[str, str]]
"""Each part → "ok", or what is wrong with it."""

WELL = "ok"


def health_routes(
    readiness: Readiness,
    *,
    collectors: Sequence[Collector] = (),
    doors: Mapping[str, Readiness] | None = None,
) -> list[Route]:
    """`/healthz` (this process answers), `/readyz` (200, or 503 when a part is not well, with a
    sentence for each fault), `/readyz/<door>` (the same for what one of `doors` needs) and
    `/metrics` (figures of the process, then those of `collectors`)."""
    own = CollectorRegistry()
    for collector in collectors:
        own.register(collector)

    def healthz(_request: Request) -> Response:
        return PlainTextResponse(WELL)

    def readyz(_request: Request) -> Response:
        return _told(readiness())

    def one_door(request: Request) -> Response:
        asked = (doors or {}).get(request.path_params["door"])
        if asked is None:
            return PlainTextResponse("no such door", status_code=404)
        return _told(asked())

    def metrics(_request: Request) -> Response:
        figures = generate_latest(REGISTRY) + generate_latest(own)
        return Response(figures, media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/readyz/{door}", one_door, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]


def _told(parts: Mapping[str, str]) -> Response:
    faults = list(dict.fromkeys(answer for answer in parts.values() if answer != WELL))
    told = {"ready": not faults, "parts": dict(parts), "faults": faults}
    return JSONResponse(told, status_code=503 if faults else 200)
