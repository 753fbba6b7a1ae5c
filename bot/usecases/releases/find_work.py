"""What waits to be planned or read: ids only, for ringing workers."""

from collections.abc import Sequence

from bot.domain.ids import ReleaseId, SourceId
from bot.domain.releases.source import SourceKind
from bot.ports.storage import Storage

READ_BY_US = frozenset({SourceKind.FOLDER, SourceKind.FEED})


def awaiting_plan(storage: Storage) -> Sequence[ReleaseId]:
    """Approved releases without a rollout."""
    with storage.begin() as uow:
        return uow.releases.awaiting_plan()


def sources_to_read(storage: Storage) -> Sequence[SourceId]:
    """Enabled folders and feeds."""
    with storage.begin() as uow:
        return [s.id for s in uow.sources.all() if s.enabled and s.kind in READ_BY_US]
