"""Logs as events with fields, one JSON object a line; people at a terminal get them coloured."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict
from typing import Any

import structlog

from bot.ports.step_log import DeliveryRests, StepTaken

MASK = "***"
_log = structlog.get_logger()

_GUARDED_NAMES = re.compile(
    r"token|secret|password|passwd|aes_?key|api_?key|cookie|authorization|signature|^sign$"
    r"|openid|unionid|sender|follower|nickname|phone|mobile|email|id_card|^text$|^content$|^words$",
    re.IGNORECASE,
)
"""Fields that hold a secret, or what a follower is or wrote, whatever stands in them."""

_GUARDED_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), put)
    for pattern, put in (
        # In an address, a body or an error's words: name=value, "name": "value".
        (
            r"""((?:access_|refresh_)?token|app_?secret|secret|password|sign(?:ature)?|key|code"""
            r"""|openid)(["']?\s*[=:]\s*["']?)[^\s"'&,;}\])]+""",
            rf"\1\2{MASK}",
        ),
        (r"(://[^/\s:@]*):[^/\s@]+@", rf"\1:{MASK}@"),
        (r"(?<![\w-])o[\w-]{27}(?![\w-])", MASK),  # WeChat's openid: 28 characters, first an o
        (r"(?<!\d)\d{17}[\dXx](?!\w)", MASK),  # a citizen's number
        (r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)", MASK),  # a mobile number
        (r"[\w.+-]+@[\w-]+\.[\w.-]+", MASK),
    )
)


def masked(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor: no secret and nothing personal leaves this process in its log."""
    for name, value in event.items():
        event[name] = MASK if _GUARDED_NAMES.search(name) and value else _without_words(value)
    return event


def _without_words(value: Any) -> Any:
    match value:
        case str():
            for pattern, put in _GUARDED_WORDS:
                value = pattern.sub(put, value)
            return value
        case Mapping():
            return masked(None, "", dict(value))
        case list() | tuple():
            return [_without_words(each) for each in value]
        case _:
            return value


def configure_logging(*, json: bool | None = None, level: int = logging.INFO) -> None:
    """Set up structlog once a process. JSON unless stderr is a terminal, or as told."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    as_json = not sys.stderr.isatty() if json is None else json
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            masked,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


class LoggedSteps:
    """Implements `bot.ports.step_log.StepLog`: one event a step, one where a delivery rests."""

    def step_taken(self, step: StepTaken) -> None:
        """A warning where it failed."""
        told = {name: value for name, value in asdict(step).items() if value != ""}
        if step.error:
            _log.warning("step taken", **told)
        else:
            _log.info("step taken", **told)

    def delivery_rests(self, rest: DeliveryRests) -> None:
        """With the state it rests in."""
        _log.info("delivery rests", **asdict(rest))
