"""The doorbell: jobs by name through Celery's producer; a lost ring costs time, never work."""

from collections.abc import Sequence

import structlog
from celery import Celery
from kombu.exceptions import OperationalError

from bot.domain.ids import (
    AccountId,
    AnswerId,
    DeliveryId,
    PostId,
    RecallId,
    ReleaseId,
    SourceId,
)
from bot.jobs.names import QUEUE_OF, Task

log = structlog.get_logger()


class CeleryDoorbell:
    """Implements `bot.ports.doorbell.Doorbell`."""

    def __init__(self, app: Celery) -> None:
        self._app = app

    def deliveries_are_due(self, account: AccountId, ids: Sequence[DeliveryId]) -> None:
        """Ring for a chunk of one account."""
        self._ring(Task.ADVANCE, [account, list(ids)])

    def release_is_approved(self, release: ReleaseId) -> None:
        """Ring for one release to be planned."""
        self._ring(Task.PLAN, [release])

    def account_may_have_replies(self, account: AccountId) -> None:
        """Ring for one account's streams to be read."""
        self._ring(Task.COLLECT, [account])

    def account_may_have_figures(self, account: AccountId) -> None:
        """Ring for one account's statistics to be read."""
        self._ring(Task.READ_STATISTICS, [account])

    def answers_are_due(self, account: AccountId, ids: Sequence[AnswerId]) -> None:
        """Ring for a chunk of one account."""
        self._ring(Task.SEND_ANSWERS, [account, list(ids)])

    def post_is_recalled(self, recall: RecallId, post: PostId) -> None:
        """Ring for one post to be taken down."""
        self._ring(Task.TAKE_DOWN, [recall, post])

    def source_may_have_news(self, source: SourceId) -> None:
        """Ring for one folder or feed to be read."""
        self._ring(Task.READ_SOURCE, [source])

    def _ring(self, task: Task, arguments: list[object]) -> None:
        try:
            self._app.send_task(
                task.value, args=arguments, queue=QUEUE_OF[task].value, ignore_result=True
            )
        except OperationalError as error:
            log.warning("doorbell not heard", task=task.value, error=type(error).__name__)


def open_doorbell(redis_url: str) -> CeleryDoorbell:
    """A doorbell on this broker; it connects when it first rings."""
    producer = Celery("tongbu", broker=broker_url(redis_url))
    producer.config_from_object("celeryconfig")
    return CeleryDoorbell(producer)


def broker_url(redis_url: str) -> str:
    """The settings' Redis address as Celery spells it (unix sockets have a scheme of their own)."""
    if redis_url.startswith("unix://"):
        return "redis+socket://" + redis_url.removeprefix("unix://")
    return redis_url
