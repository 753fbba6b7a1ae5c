"""Jobs that watch what followers speak of."""

import structlog

from bot.jobs.names import Task
from bot.usecases.topics.count_terms import count_terms
from bot.usecases.topics.judge_growth import judge_growth
from bot.usecases.topics.make_brief import make_brief_if_due
from bot.usecases.topics.prepare_statements import prepare_statements
from tasks.app import app
from tasks.base import PeriodicTask, house

log = structlog.get_logger()


@app.task(name=Task.WATCH_TOPICS.value, base=PeriodicTask)
def watch_topics() -> None:
    """Count what was filed since last time, and look whether anything grows."""
    watching = house().watching
    counted = count_terms(watching)
    raised = judge_growth(watching)
    prepared = prepare_statements(watching)
    if raised:
        log.info("topic alerts raised", counted=counted, alerts=len(raised), drafts=prepared)


@app.task(name=Task.MAKE_BRIEF.value, base=PeriodicTask)
def make_brief() -> None:
    """From Monday morning on, unless it is there."""
    if brief := make_brief_if_due(house().briefing):
        log.info("weekly brief made", week=str(brief.monday))
