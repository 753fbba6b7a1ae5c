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


def health_routes(readiness: Readiness, *, collectors: Sequence[Collector] = ()) -> list[Route]:
    """`/healthz` (this process answers), `/readyz` (200, or 503 when a part is not well) and
    `/metrics` (figures of the process, then those of `collectors`)."""
    own = CollectorRegistry()
    for collector in collectors:
        own.register(collector)

    def healthz(_request: Request) -> Response:
        return PlainTextResponse(WELL)

    def readyz(_request: Request) -> Response:
        parts = dict(readiness())
        ready = all(answer == WELL for answer in parts.values())
        return JSONResponse({"ready": ready, "parts": parts}, status_code=200 if ready else 503)

    def metrics(_request: Request) -> Response:
        figures = generate_latest(REGISTRY) + generate_latest(own)
        return Response(figures, media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]
