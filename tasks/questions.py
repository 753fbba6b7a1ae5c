"""Jobs that propose groups of the same question, and write a group's answer to its members."""

import structlog

from bot.jobs.names import Task
from bot.usecases.questions.answer_members import answer_members
from bot.usecases.questions.propose_groups import propose_groups
from tasks.app import app
from tasks.base import PeriodicTask, house

log = structlog.get_logger()


@app.task(name=Task.GROUP_QUESTIONS.value, base=PeriodicTask)
def group_questions() -> None:
    """Look at what was filed since last time."""
    if proposed := propose_groups(house().grouping):
        log.info("replies proposed for groups", replies=proposed)


@app.task(name=Task.ANSWER_GROUPS.value, base=PeriodicTask)
def answer_groups() -> None:
    """Answer who still waits in a group that is being answered."""
    if answered := answer_members(house().cases):
        log.info("members of groups answered", answers=answered)
