"""审核记录: who took which step on which words, what was said, and the colophon of a post."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.posts.colophon import EDITORS, REVIEWERS, WRITERS, hands_in
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import ONE_STEP, STEP_NAMES, Signature
from bot.domain.posts.review_log import ReviewEntry, ReviewEvent

SHOWN_OF_A_HASH = 16
_NOBODY = {WRITERS: "系统按模板生成", EDITORS: "没有改动模板文字", REVIEWERS: "还没有"}
_Naming = Callable[[str | None], str]


@dataclass(frozen=True)
class StepLine:
    """One step the post needs: taken by `who`, open now, or not yet reached."""

    name: str
    is_open: bool
    who: str = ""
    at: datetime | None = None
    content_hash: str = ""


@dataclass(frozen=True)
class RecordLine:
    """One line of what was said and decided. `is_void`: a step that counts no more."""

    at: datetime
    who: str
    did: str
    text: str
    content_hash: str
    revision: int
    is_void: bool


@dataclass(frozen=True)
class Record:
    """Everything of a post's review that a page shows."""

    steps: Sequence[StepLine]
    lines: Sequence[RecordLine]
    colophon: Mapping[str, str]
    covered_by: str
    """Who approved the release, where that covers the unchanged post."""


def record_of(post: Post, log: Sequence[ReviewEntry], names: _Naming) -> Record:
    """The record; `names` says what to call whom."""
    needed = post.steps or (() if post.approved_hash else ONE_STEP)
    return Record(
        steps=[_step(post, step, names) for step in needed],
        lines=[_line(entry, post, names) for entry in log],
        colophon=_colophon(post, names),
        covered_by=names(post.approved_by) if post.is_approved_as_is and not needed else "",
    )


def _step(post: Post, step: str, names: _Naming) -> StepLine:
    taken = next((one for one in post.signatures if one.step == step), None)
    name = STEP_NAMES[step]  # type: ignore[index]
    if taken is not None:
        return StepLine(name, False, _signed(taken, names), taken.at, _short(taken.content_hash))
    return StepLine(name, post.state is PostState.IN_REVIEW and post.next_step == step)


def _line(entry: ReviewEntry, post: Post, names: _Naming) -> RecordLine:
    holds = any((one.by, one.at) == (entry.by, entry.at) for one in post.signatures)
    return RecordLine(
        at=entry.at,
        who=_named(entry.by, entry.on_behalf_of, names),
        did=_did(entry),
        text=entry.text,
        content_hash=_short(entry.content_hash),
        revision=entry.revision,
        is_void=entry.event is ReviewEvent.SIGNED and not holds,
    )


def _did(entry: ReviewEntry) -> str:
    step = STEP_NAMES[entry.step] if entry.step else ""
    match entry.event:
        case ReviewEvent.SUBMITTED:
            return "提交审核"
        case ReviewEvent.SIGNED:
            return f"{step}通过"
        case ReviewEvent.RETURNED:
            return f"{step}退回"
        case ReviewEvent.COMMENTED:
            return "提出意见"


def _colophon(post: Post, names: _Naming) -> Mapping[str, str]:
    logins = hands_in(post, names={}).items()
    told = {role: "、".join(map(names, people)) for role, people in logins}
    if post.signatures:
        told[REVIEWERS] = "、".join(_signed(one, names) for one in post.signatures)
    return {role: told[role] or nobody for role, nobody in _NOBODY.items()}


def _signed(signature: Signature, names: _Naming) -> str:
    return _named(signature.by, signature.on_behalf_of, names)


def _named(login: str, on_behalf_of: str, names: _Naming) -> str:
    return f"{names(login)}（代 {names(on_behalf_of)}）" if on_behalf_of else names(login)


def _short(content_hash: str) -> str:
    return content_hash[:SHOWN_OF_A_HASH]
