"""Looking into attachments, and the database as that work sees it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.ids import ReleaseId
from bot.domain.releases.inspection import Inspection


class AttachmentInspector(Protocol):
    """Reads files that others made, within bounds of memory and time."""

    def inspect(self, content: bytes) -> Inspection:
        """What is found in the file. Never raises for what a file is: what cannot be read is
        said in `unread`."""
        ...


class Inspections(Protocol):
    """One inspection a content, and who waits for it."""

    def of(self, files: Collection[str]) -> Mapping[str, Inspection]:
        """Those of `files`, by SHA-256, that were looked into."""
        ...

    def want(self, release: ReleaseId, files: Collection[str]) -> None:
        """Let the release wait for these files; those that were looked into are passed over."""
        ...

    def take_next(self, *, seconds: float) -> str | None:
        """The file that waits longest and that nobody else has taken: for so long it is ours."""
        ...

    def keep(self, sha256: str, inspection: Inspection) -> Sequence[ReleaseId]:
        """Keep what was found; returns the releases that waited for this file and now wait for
        none."""
        ...
