"""Jobs that read what platforms tell of articles and accounts."""

import structlog

from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId
from bot.jobs.names import Task
from bot.usecases.statistics.find_due import find_due, put_off_figures
from bot.usecases.statistics.read_figures import read_figures
from tasks.app import app
from tasks.base import BackgroundTask, PeriodicTask, house

log = structlog.get_logger()


@app.task(name=Task.FIND_STATISTICS.value, base=PeriodicTask)
def find_statistics() -> None:
    """Ring for every account that has figures to ask for."""
    find_due(house().statistics, doorbell=house().doorbell)


class FiguresTask(BackgroundTask):
    """Figures for which no place is found are due again at once."""

    abstract = True

    def put_off(self, account: AccountId) -> None:
        """The next round rings for the account again."""
        put_off_figures(account, house().statistics)


@app.task(name=Task.READ_STATISTICS.value, base=FiguresTask)
def read_statistics(account: AccountId) -> None:
    """Ask for what is due; a platform's refusal is logged, and asked again at its time."""
    try:
        read_figures(account, house().statistics)
    except PlatformError as error:
        log.warning("figures not read", account=account, code=error.code, error=str(error))
