"""Read a watched folder or a feed and accept what is new in it."""

from dataclasses import dataclass, field, replace

import structlog

from bot.domain.errors import Refusal
from bot.domain.ids import SourceId
from bot.domain.permissions import SYSTEM
from bot.domain.releases.release import ReleaseReading, ReleaseState
from bot.domain.releases.source import Source, SourceKind
from bot.ports.clock import Ids
from bot.ports.doorbell import Doorbell
from bot.ports.reading import ReleaseReader
from bot.ports.storage import Storage
from bot.usecases.releases.accept_release import Arrival, accept_release

log = structlog.get_logger()


@dataclass(frozen=True)
class IntakeTools:
    """What taking releases in needs from the world, handed over as one value."""

    storage: Storage
    reader: ReleaseReader
    ids: Ids
    doorbell: Doorbell


@dataclass
class Harvest:
    """What one visit to a source brought."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)


def read_source(source_id: SourceId, tools: IntakeTools) -> Harvest:
    """Visit a folder or a feed; what was seen before does nothing.

    Raises:
        FetchError: the feed could not be fetched; the next visit tries again.
        InvalidInput: what came is not a feed, or the folder is not there.
    """
    with tools.storage.begin() as uow:
        source = uow.sources.get(source_id)
    if source.kind is SourceKind.FOLDER:
        found = tools.reader.read_folder(source)
    else:
        found = tools.reader.read_feed(source)
    harvest = Harvest(refused=list(found.refusals))
    if found.not_modified:
        return harvest
    for reading in found.readings:
        _take(reading, source, harvest, tools)
    for refusal in harvest.refused:
        log.warning("release refused", source=source.id, reason=refusal)
    with tools.storage.begin() as uow:
        current = uow.sources.get(source_id)
        uow.sources.save(replace(current, etag=found.etag, last_modified=found.last_modified))
        uow.commit()
    return harvest


def _take(reading: ReleaseReading, source: Source, harvest: Harvest, tools: IntakeTools) -> None:
    """Accept one reading; a refusal is counted, the others go on."""
    try:
        accepted = accept_release(
            reading, source_id=source.id, actor=SYSTEM, storage=tools.storage, ids=tools.ids
        )
    except Refusal as refusal:
        harvest.refused.append(f"{reading.source_id}：{refusal}")
        return
    match accepted.arrival:
        case Arrival.UNCHANGED:
            harvest.unchanged += 1
            return
        case Arrival.CREATED:
            harvest.created += 1
        case Arrival.NEW_VERSION | Arrival.APPROVED:
            harvest.changed += 1
    if accepted.release.state is ReleaseState.APPROVED:
        tools.doorbell.release_is_approved(accepted.release.id)
