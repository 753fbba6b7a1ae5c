"""Jobs that take releases in, look into them, plan them, and take recalled ones down."""

import structlog

from bot.domain.ids import PostId, RecallId, ReleaseId, SourceId
from bot.jobs.names import Task
from bot.usecases.posts.plan_release import plan_release as plan
from bot.usecases.releases.find_work import awaiting_plan, sources_to_read
from bot.usecases.releases.inspect_attachments import inspect_attachments as inspect
from bot.usecases.releases.read_sources import read_source as read
from bot.usecases.releases.sweep_media import sweep_media as sweep
from bot.usecases.releases.take_recalled_down import ring_recalled
from bot.usecases.releases.take_recalled_down import take_recalled_down as take_down
from tasks.app import app
from tasks.base import PeriodicTask, TongbuTask, house

log = structlog.get_logger()


@app.task(name=Task.PLAN.value, base=TongbuTask)
def plan_release(release: ReleaseId) -> None:
    """Plan and render one approved release."""
    plan(release, house().posts)


@app.task(name=Task.PLAN_AWAITING.value, base=PeriodicTask)
def plan_awaiting_releases() -> None:
    """Ring for approved releases that nobody has planned yet."""
    for release in awaiting_plan(house().storage):
        house().doorbell.release_is_approved(release)


@app.task(name=Task.READ_SOURCES.value, base=PeriodicTask)
def read_sources() -> None:
    """Ring for every folder and feed that is read by us."""
    for source in sources_to_read(house().storage):
        house().doorbell.source_may_have_news(source)


@app.task(name=Task.READ_SOURCE.value, base=TongbuTask)
def read_source(source: SourceId) -> None:
    """Read one folder or feed and accept what is new."""
    read(source, house().intake)


@app.task(name=Task.FIND_RECALLED.value, base=PeriodicTask)
def find_recalled() -> None:
    """Ring for recalled posts that are still to be taken down."""
    ring_recalled(storage=house().storage, doorbell=house().doorbell)


@app.task(name=Task.TAKE_DOWN.value, base=TongbuTask)
def take_recalled_down(recall: RecallId, post: PostId) -> None:
    """Take one recalled post off its platform."""
    take_down(recall, post, house().aftercare)


@app.task(name=Task.INSPECT.value, base=PeriodicTask)
def inspect_attachments() -> None:
    """Look into attachments that nobody has looked into yet."""
    inspected = inspect(house().inspecting)
    if inspected:
        log.info("attachments inspected", files=inspected)


@app.task(name=Task.SWEEP_MEDIA.value, base=PeriodicTask)
def sweep_media() -> None:
    """Delete uploads that nobody refers to after their grace time."""
    swept = sweep(house().sweeping)
    if swept.deleted:
        log.info("uploads swept", judged=swept.judged, deleted=swept.deleted)
