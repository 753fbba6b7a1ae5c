"""What the articles of a post are about: the policy itself, and each interpretation of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Attachment, Document, Heading
from bot.domain.releases.related import NOTHING_BESIDE, Beside, Relation
from bot.domain.releases.release import Interpretation, InterpretationKind, ReleaseContent
from bot.domain.text import in_book_marks

INFOGRAPHIC = "图解政策"

_LABELS = {
    InterpretationKind.TEXT: "政策解读",
    InterpretationKind.INFOGRAPHIC: INFOGRAPHIC,
    InterpretationKind.VIDEO: "视频解读",
    InterpretationKind.AUDIO: "音频解读",
    InterpretationKind.ANIMATION: "动漫解读",
    InterpretationKind.QA: "政策问答",
    InterpretationKind.EXPERT: "专家解读",
    InterpretationKind.OFFICIAL: "负责人解读",
    InterpretationKind.MEDIA: "媒体解读",
    InterpretationKind.PRESS_CONFERENCE: "新闻发布会",
    InterpretationKind.INTERVIEW: "在线访谈",
    InterpretationKind.BRIEFING: "政策吹风会",
}

_RELATIONS = {
    Relation.AMENDED_BY: "修改或废止本文件",
    Relation.AMENDS: "本文件修改或废止的文件",
    Relation.CITED: "本文件提到的文件",
    Relation.CITES: "提到本文件",
    Relation.SAME_TOPIC: "同一主题",
}

_SPEAKER = "解读人"
_BY_OTHERS = frozenset({InterpretationKind.EXPERT.value, InterpretationKind.MEDIA.value})

_IN_FORCE = re.compile(r"自(\d{4}年\d{1,2}月\d{1,2}日)起(?:正式)?(施行|实施|执行)")


@dataclass(frozen=True)
class Fact:
    """One line of an article's header: what, and how it reads."""

    label: str
    value: str


@dataclass(frozen=True)
class Mention:
    """Another text a reader may want: what it is to this one, its title, where it is.

    `live` is its article on the platform, `url` its own page; either may be empty.
    """

    what: str
    title: str
    url: str = ""
    live: str = ""


@dataclass(frozen=True)
class Subject:
    """One thing to write about; `kind` and `form` name the template folders that draw it.

    `counterparts` are the document of an interpretation or the interpretations of a document;
    `related` are texts beside it. `approved` is the body as it was approved, where people edited
    its blocks.
    """

    kind: PostKind
    label: str
    title: str
    body: Document
    url: str
    facts: tuple[Fact, ...]
    form: str = ""
    attachments: tuple[Attachment, ...] = ()
    counterparts: tuple[Mention, ...] = ()
    related: tuple[Mention, ...] = ()
    ai_generated: bool = False
    approved: Document | None = None

    @property
    def approved_body(self) -> Document:
        """What was approved, whatever the body says now."""
        return self.approved or self.body


def subjects_of(
    content: ReleaseContent,
    kind: PostKind,
    beside: Beside = NOTHING_BESIDE,
    approved: ReleaseContent | None = None,
) -> tuple[Subject, ...]:
    """The subjects of a post of `kind`, policy first; empty when there is nothing to tell.
    `approved` is the content before people edited it."""
    told = _subjects(content, kind, beside)
    if approved is None or approved == content:
        return told
    before = _subjects(approved, kind, beside)
    return tuple(
        each if each.body == one.body else replace(each, approved=one.body)
        for each, one in zip(told, before, strict=True)
    )


def _subjects(content: ReleaseContent, kind: PostKind, beside: Beside) -> tuple[Subject, ...]:
    match kind:
        case PostKind.BUNDLE | PostKind.PICTURES:
            return (_policy(content, PostKind.POLICY, beside), *_interpretations(content, beside))
        case PostKind.INTERPRETATION:
            return _interpretations(content, beside)
        case PostKind.POLICY | PostKind.NOTICE:
            return (_policy(content, kind, beside),)


def joined(subjects: Iterable[Subject]) -> Subject:
    """All subjects as one: the first, with the others below their titles."""
    first, *others = subjects
    blocks, approved = first.body.blocks, first.approved_body.blocks
    for other in others:
        blocks = (*blocks, Heading(other.title, 1), *other.body.blocks)
        approved = (*approved, Heading(other.title, 1), *other.approved_body.blocks)
    # What follows inside the same article is not also mentioned below it.
    return replace(
        first,
        body=Document(blocks),
        approved=Document(approved) if approved != blocks else None,
        counterparts=(),
        ai_generated=any(each.ai_generated for each in (first, *others)),
    )


def bodies(content: ReleaseContent) -> str:
    """The issuing bodies as one reads them."""
    return "、".join(content.issuing_bodies)


def signed_by(content: ReleaseContent, subject: Subject) -> str:
    """Who stands below a title: the issuing bodies, who also explain what they issue; for experts
    and media they do not speak, so of these only whoever is named."""
    if subject.form not in _BY_OTHERS:
        return bodies(content)
    return next((fact.value for fact in subject.facts if fact.label == _SPEAKER), "")


def in_chinese(day: date | None) -> str:
    """2026年5月1日, months and days without leading zeros as 公文 wants them."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def in_force_since(body: Document) -> str:
    """“自…起施行” as the text itself says it; empty when it says so never or in two ways."""
    said = {match.group() for match in _IN_FORCE.finditer(body.text)}
    return said.pop() if len(said) == 1 else ""


def _policy(content: ReleaseContent, kind: PostKind, beside: Beside) -> Subject:
    return Subject(
        kind=kind,
        label="通知公告" if kind is PostKind.NOTICE else "政策文件",
        title=content.title,
        body=content.body,
        url=content.source_url or "",
        facts=_facts(
            ("更正说明", content.correction),
            ("发文机关", bodies(content)),
            ("发文字号", content.document_number),
            ("成文日期", in_chinese(content.issued_on)),
            ("发布日期", in_chinese(content.published_on)),
            ("主题分类", content.topic),
            ("索引号", content.index_number),
        ),
        attachments=content.attachments,
        counterparts=tuple(_reading(each, beside) for each in content.interpretations),
        related=tuple(
            Mention(_RELATIONS[each.relation], each.title, each.url) for each in beside.related
        ),
    )


def _interpretations(content: ReleaseContent, beside: Beside) -> tuple[Subject, ...]:
    return tuple(_interpretation(content, each, beside) for each in content.interpretations)


def _interpretation(
    content: ReleaseContent, interpretation: Interpretation, beside: Beside
) -> Subject:
    others = [each for each in content.interpretations if each is not interpretation]
    return Subject(
        kind=PostKind.INTERPRETATION,
        form=interpretation.kind.value,
        label=_LABELS[interpretation.kind],
        title=interpretation.title,
        body=interpretation.body,
        url=interpretation.url or content.source_url or "",
        facts=_facts(
            ("解读文件", in_book_marks(content.title)),
            ("发文机关", bodies(content)),
            ("发文字号", content.document_number),
            (_SPEAKER, interpretation.speaker),
            ("发布日期", in_chinese(interpretation.published_on or content.published_on)),
        ),
        counterparts=(
            Mention(
                content.document_number or "",
                content.title,
                content.source_url or "",
                beside.document_url,
            ),
        ),
        related=tuple(_reading(each, beside) for each in others),
        ai_generated=interpretation.ai_generated,
    )


def _reading(interpretation: Interpretation, beside: Beside) -> Mention:
    return Mention(
        _LABELS[interpretation.kind],
        interpretation.title,
        interpretation.url or "",
        beside.url_of(interpretation),
    )


def _facts(*pairs: tuple[str, str | None]) -> tuple[Fact, ...]:
    return tuple(Fact(label, value) for label, value in pairs if value)
