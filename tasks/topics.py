"""Jobs that watch what followers speak of."""

import structlog

from bot.jobs.names import Task
from bot.usecases.topics.count_terms import count_terms
from bot.usecases.topics.judge_growth import judge_growth
from bot.usecases.topics.prepare_statements import prepare_statements
from tasks.app import app
from tasks.base import TongbuTask, house

log = structlog.get_logger()


@app.task(name=Task.WATCH_TOPICS.value, base=TongbuTask)
def watch_topics() -> None:
    """Count what was filed since last time, and look whether anything grows."""
    watching = house().watching
    counted = count_terms(watching)
    raised = judge_growth(watching)
    prepared = prepare_statements(watching)
    if raised:
        log.info("topic alerts raised", counted=counted, alerts=len(raised), drafts=prepared)
