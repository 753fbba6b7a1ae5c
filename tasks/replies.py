"""Jobs that bring in what followers wrote where no platform pushes it."""

import structlog

from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId
from bot.jobs.names import Task
from bot.usecases.replies.collect_due import collect_due, put_off_visit
from bot.usecases.replies.collect_replies import collect_replies as collect
from bot.usecases.replies.file_replies import file_replies as file_waiting
from tasks.app import app
from tasks.base import BackgroundTask, PeriodicTask, house

log = structlog.get_logger()


@app.task(name=Task.COLLECT_ALL.value, base=PeriodicTask)
def collect_all() -> None:
    """Ring for every account whose streams are due."""
    collect_due(storage=house().storage, doorbell=house().doorbell)


class VisitTask(BackgroundTask):
    """A visit that finds no place is due again at once."""

    abstract = True

    def put_off(self, account: AccountId) -> None:
        """The next round rings for the account again."""
        put_off_visit(account, storage=house().storage)


@app.task(name=Task.COLLECT.value, base=VisitTask)
def collect_replies(account: AccountId) -> None:
    """Read one account's streams; a platform's refusal is logged, the next visit tries again."""
    try:
        collect(account, house().collecting)
    except PlatformError as error:
        log.warning("replies not collected", account=account, code=error.code, error=str(error))


@app.task(name=Task.FILE_REPLIES.value, base=PeriodicTask)
def file_replies() -> None:
    """Put what came in into the search index."""
    if filed := file_waiting(house().storage):
        log.debug("replies filed", replies=filed)
