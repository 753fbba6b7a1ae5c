"""A Release: an approved policy document with its interpretations, its versions and its states."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.canonical import digest
from bot.domain.ids import ReleaseId, SourceId
from bot.domain.releases.document import Attachment, Document, Image


class ReleaseState(StrEnum):
    """received → approved → released → withdrawn; received → refused; approved → withdrawn."""

    RECEIVED = "received"
    APPROVED = "approved"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


RELEASE_MOVES = {
    ReleaseState.RECEIVED: frozenset({ReleaseState.APPROVED, ReleaseState.REFUSED}),
    ReleaseState.APPROVED: frozenset({ReleaseState.RELEASED, ReleaseState.WITHDRAWN}),
    ReleaseState.RELEASED: frozenset({ReleaseState.WITHDRAWN}),
}


class DisclosureAttribute(StrEnum):
    """公开属性, fixed while the document is drafted."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


class FiveOpens(StrEnum):
    """五公开: the stage of government work a document makes public."""

    DECISION = "decision"
    EXECUTION = "execution"
    MANAGEMENT = "management"
    SERVICE = "service"
    RESULT = "result"


class InterpretationKind(StrEnum):
    """Forms of 政策解读 in use."""

    TEXT = "text"
    INFOGRAPHIC = "infographic"
    VIDEO = "video"
    AUDIO = "audio"
    ANIMATION = "animation"
    QA = "qa"
    EXPERT = "expert"
    OFFICIAL = "official"
    MEDIA = "media"
    PRESS_CONFERENCE = "press_conference"
    INTERVIEW = "interview"
    BRIEFING = "briefing"


@dataclass(frozen=True)
class Interpretation:
    """政策解读 of a release, in one form.

    `speaker` is who explains, with the office held. `ai_generated` says that the text was made
    with artificial intelligence; pictures say so themselves.
    """

    title: str
    kind: InterpretationKind
    body: Document
    url: str | None = None
    published_on: date | None = None
    speaker: str | None = None
    ai_generated: bool = False


@dataclass(frozen=True)
class Approval:
    """Who approved, on what evidence, when."""

    by: str
    evidence: str
    at: datetime | None = None


@dataclass(frozen=True)
class ReleaseContent:
    """What an office approved: everything that its content hash covers. `correction` says what
    this version corrects, in words that its posts show (更正说明)."""

    title: str
    issuing_bodies: tuple[str, ...]
    body: Document
    document_number: str | None = None
    index_number: str | None = None
    issued_on: date | None = None
    published_on: date | None = None
    topic: str | None = None
    five_opens: tuple[FiveOpens, ...] = ()
    disclosure: DisclosureAttribute = DisclosureAttribute.PROACTIVE
    language: str = "zh-CN"
    attachments: tuple[Attachment, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    source_url: str | None = None
    contact: str | None = None
    correction: str | None = None

    @property
    def images(self) -> tuple[Image, ...]:
        """Every picture of the document and its interpretations."""
        bodies = (self.body, *(each.body for each in self.interpretations))
        return tuple(image for body in bodies for image in body.images)

    @property
    def hash(self) -> str:
        """The content hash: two equal releases have the same one."""
        return digest(self)


@dataclass(frozen=True)
class Finding:
    """Something a reader noticed: a default taken, text cleaned, a picture missing."""

    code: str
    message: str
    place: str = ""


LOOK_FIRST = frozenset({"site_chrome", "damaged"})
"""Findings that say the text may hold what does not belong there, or is broken: a person looks
at each post before it goes out, whatever the rule says."""


@dataclass(frozen=True)
class ReleaseReading:
    """What a reader made of an input: the content, and what staff should know about it."""

    source_id: str
    content: ReleaseContent
    findings: tuple[Finding, ...] = ()
    approval: Approval | None = None
    release_at: datetime | None = None
    emergency: bool = False


@dataclass(frozen=True)
class Release:
    """An accepted release. Identity is (source, source_key); another hash makes a new version.
    One that is an emergency since `emergency_since` takes the fast lane. `handed_in_by` is the
    member of staff who entered this version by hand; somebody else approves it.
    `claimed_approval` is that of a trusted source; it counts once nothing grave was found in the
    attachments."""

    id: ReleaseId
    source: SourceId
    source_key: str
    version: int
    content: ReleaseContent
    content_hash: str
    state: ReleaseState
    received_at: datetime
    findings: tuple[Finding, ...] = ()
    approval: Approval | None = None
    claimed_approval: Approval | None = None
    release_at: datetime | None = None
    released_at: datetime | None = None
    same_document_as: ReleaseId | None = None
    emergency_since: datetime | None = None
    handed_in_by: str | None = None

    @property
    def is_emergency(self) -> bool:
        """Whether it takes the fast lane."""
        return self.emergency_since is not None

    @property
    def needs_a_look(self) -> bool:
        """Whether a finding forbids publishing without a person's look at the post."""
        return any(finding.code in LOOK_FIRST for finding in self.findings)
