"""The Celery application; settings are read when it is first used, not when it is imported."""

from celery import Celery

from bot.config import load_settings
from bot.jobs.bell import broker_url


def _from_the_environment() -> dict[str, str]:
    return {"broker_url": broker_url(load_settings().redis_url)}


def make_app(*include: str) -> Celery:
    """An application that knows the settings, and the jobs of the modules it includes."""
    made = Celery("tongbu", include=include)
    made.config_from_object("celeryconfig")
    made.add_defaults(_from_the_environment)
    return made


app = make_app(
    "tasks.answers",
    "tasks.cases",
    "tasks.heartbeat",
    "tasks.logs",
    "tasks.notices",
    "tasks.publishing",
    "tasks.questions",
    "tasks.releases",
    "tasks.replies",
    "tasks.statistics",
    "tasks.topics",
    "tasks.urgent",
)
