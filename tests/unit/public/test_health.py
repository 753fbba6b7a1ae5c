"""Signs of life tell the truth."""

from starlette.applications import Starlette

from bot.public.figures import CallbackCollector
from bot.public.health import health_routes
from tests.unit.console.browser import Browser


def _browser(**parts: str) -> Browser:
    counted = [CallbackCollector({"answered": 3})]
    return Browser(Starlette(routes=health_routes(lambda: parts, collectors=counted)))


def test_a_house_in_order_is_ready() -> None:
    """Every part is well."""
    response = _browser(database="ok", worker="ok").get("/readyz")

    assert response.status_code == 200
    parts = {"database": "ok", "worker": "ok"}
    assert response.json() == {"ready": True, "parts": parts, "faults": []}


def test_a_dead_worker_is_not_ready_and_named() -> None:
    """The alarm says what is wrong."""
    response = _browser(database="ok", worker="silent for 40 s").get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["worker"] == "silent for 40 s"
    assert response.json()["faults"] == ["silent for 40 s"]


def test_a_door_asks_for_what_it_needs_only() -> None:
    """A dead worker must not take the followers' door out of a balancer; no door, no answer."""
    doors = {"callbacks": lambda: {"database": "ok"}}
    browser = Browser(Starlette(routes=health_routes(lambda: {"worker": "dead"}, doors=doors)))

    assert browser.get("/readyz/callbacks").status_code == 200
    assert browser.get("/readyz").status_code == 503
    assert browser.get("/readyz/kitchen").status_code == 404


def test_this_process_answers_whatever_else_is_wrong() -> None:
    """Restarting it would not help."""
    assert _browser(worker="dead").get("/healthz").status_code == 200


def test_counters_are_shown() -> None:
    """Those of the process and ours, in the format monitoring reads."""
    text = _browser().get("/metrics").text

    assert 'tongbu_callbacks_total{outcome="answered"} 3.0' in text
    assert "python_info" in text
