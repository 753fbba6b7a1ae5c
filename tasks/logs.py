"""The worker and beat log as every other process of ours does."""

from typing import Any

from celery.signals import setup_logging

from bot.observability import configure_logging


@setup_logging.connect
def set_up(**_: Any) -> None:
    """Being connected keeps Celery from setting up logging of its own."""
    configure_logging()
