"""What waits for a person, by what this person may do; most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console.visit import Visit
from bot.console.words.states import ANSWER_WORDS, RELEASE_WORDS, Tone, Word, standing
from bot.domain.accounts.authorisation import asks_for_consent, life_in_words
from bot.domain.permissions import Permission
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.answer import AnswerState
from bot.ports.overview import AccountRow, PostRow, ReleaseRow, ReplyFilter, ReplyRow

MOST = 100
STUCK = (DeliveryState.HELD, DeliveryState.AWAITING_PERSON)


@dataclass(frozen=True)
class Errand:
    """One thing to do: where, why, by when. `place` says the account or office."""

    title: str
    address: str
    word: Word
    place: str
    reason: str
    deadline: datetime | None


def pending_work(visit: Visit) -> Sequence[Errand]:
    """Everything this person should look at, sorted by deadline, trouble before the rest;
    without a deadline comes last."""
    errands: dict[str, Errand] = {}
    for row in _releases(visit):
        errands[row.id] = _release_errand(row)
    for post in _posts(visit):
        errands[post.id] = _post_errand(post)
    errands |= {row.id: _account_errand(row, visit) for row in _accounts(visit)}
    errands |= {row.id: _reply_errand(row) for row in _replies(visit)}
    return sorted(errands.values(), key=_by_deadline)


def _releases(visit: Visit) -> Sequence[ReleaseRow]:
    if not visit.may(Permission.APPROVE_RELEASE):
        return ()
    return visit.tools.overview.releases(state=ReleaseState.RECEIVED, limit=MOST)


def _posts(visit: Visit) -> Sequence[PostRow]:
    overview, found = visit.tools.overview, list[PostRow]()
    states = [
        state
        for state, permission in (
            (PostState.DRAFT, Permission.WRITE_POST),
            (PostState.IN_REVIEW, Permission.APPROVE_POST),
            (PostState.APPROVED, Permission.SCHEDULE),
            (PostState.HELD, Permission.SCHEDULE),
        )
        if visit.may(permission)
    ]
    if states:
        found += overview.posts(states=states, limit=MOST)
    if visit.may(Permission.RESOLVE_DELIVERY):
        stuck = overview.posts(delivery_states=STUCK, limit=MOST)
        found += [row for row in stuck if row.state == PostState.SCHEDULED]
    return found


def _replies(visit: Visit) -> Sequence[ReplyRow]:
    if not visit.may(Permission.ANSWER):
        return ()
    return visit.tools.overview.replies(ReplyFilter(unsure=True), limit=MOST)


def _reply_errand(row: ReplyRow) -> Errand:
    return Errand(
        title=row.text,
        address=f"/replies/{row.id}",
        word=ANSWER_WORDS[AnswerState.UNKNOWN],
        place=row.account_name,
        reason="答复发出后没有收到平台的答复，请核对对方是否收到",
        deadline=None,
    )


def _release_errand(row: ReleaseRow) -> Errand:
    office = "、".join(row.issuing_bodies)
    return Errand(
        title=row.title,
        address=f"/releases/{row.id}",
        word=RELEASE_WORDS[row.state],
        place=office,
        reason="通过后按分发规则生成各账号的稿件",
        deadline=None,
    )


_REASONS = {
    PostState.DRAFT: "改好后提交复审",
    PostState.IN_REVIEW: "请查看预览，通过或者退回",
    PostState.APPROVED: "请确定发布时间",
    PostState.HELD: "到时间不会发出，可以恢复",
}


def _post_errand(row: PostRow) -> Errand:
    reason = row.hold_reason or _REASONS.get(PostState(row.state), "")
    if row.delivery_state == DeliveryState.AWAITING_PERSON:
        reason = "草稿已存入平台，请到平台后台点“发布”"
    return Errand(
        title=row.title,
        address=f"/posts/{row.id}",
        word=standing(row.state, row.delivery_state),
        place=row.account_name,
        reason=reason,
        deadline=row.due_at,
    )


def _accounts(visit: Visit) -> Sequence[AccountRow]:
    """Accounts whose posts wait, or whose authorisation ends."""
    if not visit.may(Permission.MANAGE_ACCOUNTS):
        return ()
    now = visit.tools.clock.now()
    return [
        row
        for row in visit.tools.overview.accounts()
        if row.enabled
        if row.trouble or asks_for_consent(row.platform, row.token_expires_at, now)
    ]


def _account_errand(row: AccountRow, visit: Visit) -> Errand:
    ends = row.token_expires_at
    told = life_in_words(ends, visit.tools.clock.now()) if ends else ""
    word = Word("在等待", Tone.DANGER) if row.trouble else Word("授权", Tone.ATTENTION)
    return Errand(
        title=row.name,
        address=f"/accounts/{row.id}",
        word=word,
        place="账号",
        reason=row.trouble or f"{told}，请重新授权",
        deadline=None if row.trouble else ends,
    )


def _by_deadline(errand: Errand) -> tuple[bool, float, bool]:
    at = errand.deadline
    return (at is None, at.timestamp() if at else 0.0, errand.word.tone is not Tone.DANGER)
