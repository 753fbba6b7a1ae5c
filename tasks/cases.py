"""Jobs that watch the clocks of cases, and open cases by the office's rules."""

import structlog

from bot.jobs.names import Task
from bot.usecases.cases.count_again import count_again
from bot.usecases.cases.note_deadlines import note_deadlines as note
from bot.usecases.cases.note_deadlines import note_refused_answers
from bot.usecases.cases.open_by_rules import open_by_rules
from bot.usecases.cases.tell_answers import tell_answers as tell
from tasks.app import app
from tasks.base import PeriodicTask, house

log = structlog.get_logger()


@app.task(name=Task.NOTE_DEADLINES.value, base=PeriodicTask)
def note_deadlines() -> None:
    """Note what has come due, whose answer did not arrive, and what a new calendar moves."""
    counted = count_again(house().cases)
    noted = note(house().storage)
    refused = note_refused_answers(house().storage)
    if noted or refused or counted:
        log.info("deadlines noted", marks=noted, refused_answers=refused, counted_again=counted)


@app.task(name=Task.OPEN_CASES.value, base=PeriodicTask)
def open_cases() -> None:
    """Open cases where a rule of the office says so."""
    opened = open_by_rules(house().cases)
    if opened:
        log.info("cases opened by rules", cases=opened)


@app.task(name=Task.TELL_ANSWERS.value, base=PeriodicTask)
def tell_answers() -> None:
    """Send what was answered for looking up to askers who have written again."""
    if told := tell(house().cases):
        log.info("answers told", answers=told)
