"""Every name of a queue, a task and a beat entry is used, and no other name is."""

from collections.abc import Mapping
from typing import Any

import celeryconfig
from bot.jobs.names import QUEUE_OF, Beat, Queue, Task
from tasks import app

OWN = "tongbu."


def registered() -> set[str]:
    """The names under which tasks answer jobs; Celery's own apart."""
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_every_task_name_is_answered_by_a_registered_task() -> None:
    """A ring for a task nobody registered would be lost; a task without a name cannot be rung."""
    assert registered() == {task.value for task in Task}
    assert all(name.startswith(OWN) for name in registered())


def test_every_task_is_routed_to_a_queue_that_is_consumed() -> None:
    """The routes name each task once; workers consume every queue, and no queue stays empty."""
    consumed = {queue.name for queue in celeryconfig.task_queues}
    routed = {name: route["queue"] for name, route in celeryconfig.task_routes.items()}

    assert routed.keys() == registered()
    assert set(routed.values()) == consumed == {queue.value for queue in Queue}
    assert QUEUE_OF.keys() == set(Task)


def test_every_beat_entry_is_scheduled_for_a_task_that_exists() -> None:
    """Nothing is scheduled under another name, and each entry has its own task."""
    schedule = celeryconfig.beat_schedule
    scheduled = [entry["task"] for entry in schedule.values()]

    assert schedule.keys() == {beat.value for beat in Beat}
    assert set(scheduled) <= registered()
    assert len(set(scheduled)) == len(scheduled)


def test_a_tick_that_nobody_took_does_not_wait_for_the_next() -> None:
    """Entries expire, or a worker that comes back would find hours of ticks."""
    schedule: Mapping[str, Mapping[str, Any]] = celeryconfig.beat_schedule

    assert all(entry["options"]["expires"] for entry in schedule.values())


def test_no_queue_is_made_by_a_spelling_mistake() -> None:
    """Celery must refuse a queue that is not declared."""
    assert celeryconfig.task_create_missing_queues is False
