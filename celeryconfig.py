"""Celery's settings as data, each with its reason. TONGBU_REDIS_URL names the broker."""

from datetime import timedelta

from kombu.entity import Queue as KombuQueue

from bot.jobs.names import QUEUE_OF, Beat, Queue, Task

# Jobs carry ids only; JSON cannot smuggle objects in.
task_serializer = "json"
accept_content = ["json"]
result_backend = None
task_ignore_result = True

task_default_queue = Queue.PUBLISH.value
task_queues = [KombuQueue(queue.value) for queue in Queue]  # type: ignore[no-untyped-call]
task_routes = {task.value: {"queue": queue.value} for task, queue in QUEUE_OF.items()}
task_create_missing_queues = False

# A job is given back when its worker dies; running it twice is harmless, the lease sees to that.
task_acks_late = True
task_reject_on_worker_lost = True
task_acks_on_failure = True
task_acks_on_timeout = True

# One job a thread at a time: a slow account must not sit on jobs another thread could do.
worker_prefetch_multiplier = 1
worker_concurrency = 16
worker_pool = "threads"

# Due work is rows in the database: a lost job is rung again by the next tick, so unacked jobs may
# come back after minutes instead of the default hour. kombu sweeps for them only every tenth
# interval of 10 s unless the throttle says otherwise.
broker_transport_options = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0.1,
}
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
# A publisher must not hang a request or a tick on a dead broker.
task_publish_retry = False

# The log is the worker's own; Celery must not take over the root logger.
worker_hijack_root_logger = False
worker_send_task_events = False
task_send_sent_event = False
worker_enable_remote_control = False
worker_cancel_long_running_tasks_on_connection_loss = False

# Beat says that it lives each time it has been round, so that its death is seen.
beat_scheduler = "tasks.heartbeat:BeatingScheduler"

enable_utc = True
timezone = "UTC"
# Beat must notice a missed sub-second tick at once.
beat_max_loop_interval = 1

# `expires` keeps ticks from piling up while no worker is there: one tick does the work of many.
beat_schedule = {
    Beat.TICK.value: {
        "task": Task.TICK.value,
        "schedule": timedelta(seconds=0.2),
        "options": {"expires": 2},
    },
    Beat.PLAN_AWAITING.value: {
        "task": Task.PLAN_AWAITING.value,
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    Beat.COLLECT_ALL.value: {
        "task": Task.COLLECT_ALL.value,
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    Beat.FIND_STATISTICS.value: {
        "task": Task.FIND_STATISTICS.value,
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    Beat.RING_ANSWERS.value: {
        "task": Task.RING_ANSWERS.value,
        "schedule": timedelta(seconds=2),
        "options": {"expires": 2},
    },
    Beat.ERASE.value: {
        "task": Task.ERASE.value,
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    Beat.SWEEP_RETENTION.value: {
        "task": Task.SWEEP_RETENTION.value,
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    Beat.FILE_REPLIES.value: {
        "task": Task.FILE_REPLIES.value,
        "schedule": timedelta(seconds=2),
        "options": {"expires": 2},
    },
    Beat.LOOK_OUT.value: {
        "task": Task.LOOK_OUT.value,
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    Beat.TELL_PEOPLE.value: {
        "task": Task.TELL_PEOPLE.value,
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    Beat.SEND_NOTICES.value: {
        "task": Task.SEND_NOTICES.value,
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    Beat.NOTE_DEADLINES.value: {
        "task": Task.NOTE_DEADLINES.value,
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    Beat.OPEN_CASES.value: {
        "task": Task.OPEN_CASES.value,
        "schedule": timedelta(seconds=15),
        "options": {"expires": 15},
    },
    Beat.TELL_ANSWERS.value: {
        "task": Task.TELL_ANSWERS.value,
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    Beat.GROUP_QUESTIONS.value: {
        "task": Task.GROUP_QUESTIONS.value,
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    Beat.ANSWER_GROUPS.value: {
        "task": Task.ANSWER_GROUPS.value,
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    Beat.WATCH_TOPICS.value: {
        "task": Task.WATCH_TOPICS.value,
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    Beat.MAKE_BRIEF.value: {
        "task": Task.MAKE_BRIEF.value,
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    Beat.FIND_RECALLED.value: {
        "task": Task.FIND_RECALLED.value,
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    Beat.READ_SOURCES.value: {
        "task": Task.READ_SOURCES.value,
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    Beat.INSPECT.value: {
        "task": Task.INSPECT.value,
        "schedule": timedelta(seconds=2),
        "options": {"expires": 2},
    },
    Beat.SWEEP_MEDIA.value: {
        "task": Task.SWEEP_MEDIA.value,
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
}
