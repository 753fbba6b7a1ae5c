"""The shapes of the API's answers, made from the read models."""

from datetime import date, datetime
from typing import Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.posts.post import Post
from bot.domain.releases.release import Finding, Interpretation, Release
from bot.ports.overview import CoverageRow, PostRow, ReleaseRow, ReplyRow
from bot.ports.statistics import ArticleLine
from bot.usecases.releases.accept_release import Accepted, Arrival

Item = TypeVar("Item", bound=BaseModel)


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Page(_Answer, Generic[Item]):
    """Some items, and the offset of the next ones; null when these are the last."""

    items: list[Item]
    next_offset: int | None


class FindingAnswer(_Answer):
    """Something the reader noticed: a default taken, text cleaned, a date missing."""

    code: str
    message: str
    place: str = ""


class AcceptedAnswer(_Answer):
    """What became of a release that was handed in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "rel_0k5t0q6r8zz4v7h2c",
                    "version": 1,
                    "arrival": "created",
                    "state": "approved",
                    "findings": [],
                    "url": "https://tongbu.yunling.example/api/releases/rel_0k5t0q6r8zz4v7h2c",
                }
            ]
        }
    )

    id: str
    version: int
    arrival: Arrival
    state: str
    findings: list[FindingAnswer]
    url: str

    @classmethod
    def of(cls, accepted: Accepted, url: str) -> Self:
        release = accepted.release
        return cls(
            id=release.id,
            version=release.version,
            arrival=accepted.arrival,
            state=release.state.value,
            findings=findings_of(release.findings),
            url=url,
        )


class ReleaseLine(_Answer):
    """A release in a list, with how many of its posts are live or held."""

    id: str
    version: int
    title: str
    document_number: str | None
    issuing_bodies: list[str]
    issued_on: date | None
    published_on: date | None
    state: str
    received_at: datetime
    interpretations: int
    posts: int
    live: int
    held: int

    @classmethod
    def of(cls, row: ReleaseRow) -> Self:
        return cls.model_validate(row)


class PostLine(_Answer):
    """A post in a list; `lateness_seconds` is due → accepted by the platform."""

    id: str
    revision: int
    release_id: str
    release_title: str
    rollout_id: str
    account_id: str
    account_name: str
    platform: str
    mode: str
    kind: str
    title: str
    state: str
    delivery_id: str | None
    delivery_state: str | None
    due_at: datetime | None
    accepted_at: datetime | None
    published_at: datetime | None
    seen_at: datetime | None
    urls: list[str]
    hold_reason: str
    approved_by: str | None
    review_step: str | None
    lateness_seconds: float | None

    @classmethod
    def of(cls, row: PostRow) -> Self:
        return cls.model_validate(row)


class ViolationAnswer(_Answer):
    """A limit or content rule the draft breaks; `blocking` ones stop the post unless justified.

    `quote` is the words it speaks of, `repair` what may stand in their place.
    """

    rule: str
    version: int
    message: str
    place: str
    severity: str
    quote: str
    repair: str
    justified: str
    justified_by: str


class SignatureAnswer(_Answer):
    """A step of the review that was taken, on the content with this hash; `on_behalf_of` is whom
    a deputy stood in for."""

    step: str
    by: str
    at: datetime
    content_hash: str
    comment: str
    on_behalf_of: str


class PostAnswer(PostLine):
    """One post with what the platform's limits say about its draft, and its review: a post that
    `needs` no step is covered by the approval of its release."""

    needs: list[str]
    signatures: list[SignatureAnswer]

    content_hash: str
    form: str
    violations: list[ViolationAnswer]
    notes: list[str]

    @classmethod
    def of_post(cls, row: PostRow, post: Post) -> Self:
        return cls(
            **PostLine.of(row).model_dump(),
            needs=[step.value for step in post.steps],
            signatures=[SignatureAnswer.model_validate(one) for one in post.signatures],
            content_hash=post.content_hash,
            form=post.draft.form,
            violations=[ViolationAnswer.model_validate(v) for v in post.draft.violations],
            notes=list(post.draft.notes),
        )


class InterpretationLine(_Answer):
    """政策解读 of a release."""

    title: str
    kind: str
    url: str | None
    published_on: date | None
    speaker: str | None
    ai_generated: bool

    @classmethod
    def of(cls, interpretation: Interpretation) -> Self:
        return cls.model_validate(interpretation)


class ApprovalAnswer(_Answer):
    """Who approved, on what evidence, when."""

    by: str
    evidence: str
    at: datetime | None


class ReleaseAnswer(_Answer):
    """One release: its newest version, its findings and its posts."""

    id: str
    source: str
    source_key: str
    version: int
    content_hash: str
    state: str
    title: str
    document_number: str | None
    index_number: str | None
    issuing_bodies: list[str]
    issued_on: date | None
    published_on: date | None
    topic: str | None
    source_url: str | None
    received_at: datetime
    release_at: datetime | None
    released_at: datetime | None
    approval: ApprovalAnswer | None
    interpretations: list[InterpretationLine]
    findings: list[FindingAnswer]
    posts: list[PostLine]

    @classmethod
    def of(cls, release: Release, posts: list[PostLine]) -> Self:
        content, approval = release.content, release.approval
        return cls(
            id=release.id,
            source=release.source,
            source_key=release.source_key,
            version=release.version,
            content_hash=release.content_hash,
            state=release.state.value,
            title=content.title,
            document_number=content.document_number,
            index_number=content.index_number,
            issuing_bodies=list(content.issuing_bodies),
            issued_on=content.issued_on,
            published_on=content.published_on,
            topic=content.topic,
            source_url=content.source_url,
            received_at=release.received_at,
            release_at=release.release_at,
            released_at=release.released_at,
            approval=ApprovalAnswer.model_validate(approval) if approval else None,
            interpretations=[InterpretationLine.of(i) for i in content.interpretations],
            findings=findings_of(release.findings),
            posts=posts,
        )


class SetAsideAnswer(_Answer):
    """Who said when that a reply needs no answer, and perhaps why."""

    by: str
    at: datetime
    reason: str


class ReplyLine(_Answer):
    """A reply in a list, with the answer a rule gave at once. `sender` is the platform's id of the
    follower: personal data, to be kept no longer than needed. Of an `erased` one neither sender
    nor words are left: erase your copy too. Of one that `waits` nobody has taken care yet."""

    id: str
    account_id: str
    account_name: str
    platform: str
    channel: str
    kind: str
    type_name: str
    sender: str
    sender_name: str
    text: str
    said_at: datetime
    received_at: datetime
    answered_by_rule: str | None
    answer_text: str
    post_id: str | None
    post_title: str | None
    times_received: int
    is_known_type: bool
    answered_by_staff: bool
    erased: bool
    waits: bool
    case_number: str | None
    case_state: str | None
    set_aside: SetAsideAnswer | None

    @classmethod
    def of(cls, row: ReplyRow) -> Self:
        return cls.model_validate(row)


class FiguresAnswer(_Answer):
    """What the platform counts, in people where the name says nothing else; null is unknown."""

    readers: int | None
    reads: int | None
    shares: int | None
    likes: int | None
    recommends: int | None
    comments: int | None
    collections: int | None
    new_followers: int | None
    delivery_rate: float | None
    finish_rate: float | None
    average_seconds: float | None
    sources: dict[str, int]


class ArticleFigures(_Answer):
    """An article on its platform with its figures from publication to the end of `through`.

    `post_id` is null for one that was published by hand. Figures that are not final, and final
    ones too, may change: `read_at` says when they were read, `revised_at` when a number fell.
    """

    account_id: str
    account_name: str
    platform: str
    message: str
    position: int
    title: str
    url: str
    published_on: date | None
    was_pushed: bool | None
    post_id: str | None
    release_id: str | None
    figures: FiguresAnswer
    through: date | None
    is_final: bool
    read_at: datetime | None
    revised_at: datetime | None

    @classmethod
    def of(cls, line: ArticleLine) -> Self:
        return cls.model_validate(line)


class CoverageLine(_Answer):
    """One release against every channel: account id → the state of its post, or `missing`."""

    release_id: str
    title: str
    issued_on: date | None
    published_on: date | None
    received_at: datetime
    interpretations: int
    cells: dict[str, str] = Field(examples=[{"acc_1": "delivered", "acc_2": "missing"}])
    first_live_at: datetime | None

    @classmethod
    def of(cls, row: CoverageRow) -> Self:
        return cls.model_validate(row)


def findings_of(findings: tuple[Finding, ...]) -> list[FindingAnswer]:
    """The findings of a release."""
    return [FindingAnswer.model_validate(finding) for finding in findings]
