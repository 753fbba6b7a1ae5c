"""The Celery application; settings are read when it is first used, not when it is imported."""

from celery import Celery

from bot.config import load_settings
from bot.jobs.bell import broker_url


def _from_the_environment() -> dict[str, str]:
    return {"broker_url": broker_url(load_settings().redis_url)}


app = Celery(
    "tongbu",
    include=[
        "tasks.heartbeat",
        "tasks.logs",
        "tasks.publishing",
        "tasks.releases",
        "tasks.replies",
    ],
)
app.config_from_object("celeryconfig")
app.add_defaults(_from_the_environment)
