"""Read a watched folder or a feed and accept what is new in it."""

from dataclasses import dataclass, field, replace

import structlog

from bot.domain.errors import Refusal
from bot.domain.ids import SourceId
from bot.domain.permissions import SYSTEM, Actor
from bot.domain.releases.release import ReleaseReading, ReleaseState
from bot.domain.releases.source import Source
from bot.ports.clock import Ids
from bot.ports.doorbell import Doorbell
from bot.ports.reading import ReleaseReader
from bot.ports.storage import Storage
from bot.usecases.releases.accept_release import Arrival, accept_release

log = structlog.get_logger()


@dataclass
class Harvest:
    """What one visit to a source brought."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)


def read_feed_source(
    source_id: SourceId,
    *,
    reader: ReleaseReader,
    storage: Storage,
    ids: Ids,
    doorbell: Doorbell,
) -> Harvest:
    """Visit a feed with a conditional request; a seen entry does nothing.

    Raises:
        FetchError: the feed could not be fetched; the next visit tries again.
        InvalidInput: what came is not a feed.
    """
    with storage.begin() as uow:
        source = uow.sources.get(source_id)
    feed = reader.read_feed(source)
    harvest = Harvest(refused=list(feed.refusals))
    if feed.not_modified:
        return harvest
    for reading in feed.readings:
        take(reading, source, harvest, actor=SYSTEM, storage=storage, ids=ids, doorbell=doorbell)
    with storage.begin() as uow:
        current = uow.sources.get(source_id)
        uow.sources.save(replace(current, etag=feed.etag, last_modified=feed.last_modified))
        uow.commit()
    return harvest


def take(
    reading: ReleaseReading,
    source: Source,
    harvest: Harvest,
    *,
    actor: Actor,
    storage: Storage,
    ids: Ids,
    doorbell: Doorbell,
) -> None:
    """Accept one reading; a refusal is counted and logged, the others go on."""
    try:
        accepted = accept_release(
            reading, source_id=source.id, actor=actor, storage=storage, ids=ids
        )
    except Refusal as refusal:
        harvest.refused.append(f"{reading.source_id}：{refusal}")
        log.warning("release refused", source=source.id, key=reading.source_id)
        return
    match accepted.arrival:
        case Arrival.UNCHANGED:
            harvest.unchanged += 1
            return
        case Arrival.CREATED:
            harvest.created += 1
        case Arrival.NEW_VERSION:
            harvest.changed += 1
    if accepted.release.state is ReleaseState.APPROVED:
        doorbell.release_is_approved(accepted.release.id)
