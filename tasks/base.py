"""The base task: the house is built once a process, and every job logs what it was about."""

from functools import cache
from typing import Any

import structlog
from celery import Task

from bot.bootstrap import House, build_house
from bot.config import load_settings

log = structlog.get_logger()


@cache
def house() -> House:
    """This process's house, built when the first job needs it."""
    return build_house(load_settings())


class TongbuTask(Task):
    """Logs a job that failed with its arguments, which are ids only."""

    abstract = True

    def on_failure(
        self,
        exc: BaseException,
        task_id: str,  # noqa: ARG002 - Celery names the arguments
        args: Any,
        kwargs: Any,  # noqa: ARG002
        einfo: Any,
    ) -> None:
        log.error("job failed", task=self.name, ids=args, error=repr(exc), trace=str(einfo))
