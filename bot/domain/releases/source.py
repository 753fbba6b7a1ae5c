"""Sources: where releases come from, and what their claim of approval is worth."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import SourceId


class SourceKind(StrEnum):
    """How releases arrive."""

    API = "api"
    FOLDER = "folder"
    FEED = "feed"
    MANUAL = "manual"


class Trust(StrEnum):
    """`approved`: the source's own approval is evidence enough; else a person approves here."""

    APPROVED = "approved"
    NEEDS_APPROVAL = "needs_approval"


@dataclass(frozen=True)
class Source:
    """One origin of releases. `address` is a folder path or a feed URL, empty for the API."""

    id: SourceId
    name: str
    kind: SourceKind
    trust: Trust = Trust.NEEDS_APPROVAL
    address: str = ""
    default_issuing_body: str = ""
    etag: str = ""
    last_modified: str = ""
    enabled: bool = True
