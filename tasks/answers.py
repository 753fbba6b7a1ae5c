"""Jobs that bring answers to followers, and that erase who has left."""

import structlog

from bot.domain.ids import AccountId, AnswerId
from bot.jobs.names import Task
from bot.usecases.cases.sweep_retention import sweep_retention as sweep
from bot.usecases.replies.erase_due import erase_due
from bot.usecases.replies.notice_leavings import notice_leavings
from bot.usecases.replies.ring_answers import ring_answers as ring
from bot.usecases.replies.send_answer import send_answer
from tasks.app import app
from tasks.base import PeriodicTask, TongbuTask, house

log = structlog.get_logger()


@app.task(name=Task.RING_ANSWERS.value, base=PeriodicTask)
def ring_answers() -> None:
    """Ring for every answer that is due."""
    ring(storage=house().storage, doorbell=house().doorbell)


@app.task(name=Task.SEND_ANSWERS.value, base=TongbuTask)
def send_answers(account: AccountId, ids: list[AnswerId]) -> None:
    """Send a chunk of one account's answers; each commits alone."""
    for answer_id in ids:
        _send(account, answer_id)


def _send(account: AccountId, answer_id: AnswerId) -> None:
    with structlog.contextvars.bound_contextvars(account=account, answer=answer_id):
        try:
            send_answer(answer_id, house().correspondence)
        except Exception:
            log.exception("answer not sent")


@app.task(name=Task.ERASE.value, base=PeriodicTask)
def erase_followers() -> None:
    """Notice who left, and erase what is due."""
    notice_leavings(house().correspondence)
    erased = erase_due(house().storage)
    if erased:
        log.info("replies erased", replies=erased)


@app.task(name=Task.SWEEP_RETENTION.value, base=PeriodicTask)
def sweep_retention() -> None:
    """Erase what has been kept as long as the rules say."""
    erased = sweep(house().storage)
    if erased.cases or erased.replies:
        log.info("retention over", cases=erased.cases, replies=erased.replies)
