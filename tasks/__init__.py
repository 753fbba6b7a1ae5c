"""Celery's door: `celery -A tasks worker`; a task takes ids and calls one use case."""

from tasks.app import app

__all__ = ["app"]
