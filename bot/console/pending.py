"""What waits for a person, by what this person may do; most urgent first."""

from collections.abc import Sequence
from datetime import datetime

from bot.console.errands import Errand
from bot.console.pending_cases import pending_cases
from bot.console.review.waiting import review_errands
from bot.console.visit import Visit
from bot.console.words.states import ANSWER_WORDS, RELEASE_WORDS, Tone, Word, standing
from bot.domain.accounts.authorisation import asks_for_consent, life_in_words
from bot.domain.durations import span
from bot.domain.permissions import Permission
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.fast_lane import clocks_of
from bot.domain.releases.release import Release, ReleaseState
from bot.domain.replies.answer import AnswerState
from bot.ports.overview import AccountRow, PostRow, ReleaseRow, ReplyFilter, ReplyRow

MOST = 100
_OPEN_RELEASES = (ReleaseState.RECEIVED, ReleaseState.APPROVED)
STUCK = (DeliveryState.HELD, DeliveryState.AWAITING_PERSON)


def pending_work(visit: Visit) -> Sequence[Errand]:
    """Everything this person should look at, sorted by deadline, trouble before the rest;
    without a deadline comes last."""
    errands: dict[str, Errand] = {}
    for row in _releases(visit):
        errands[row.id] = _release_errand(row)
    for post in _posts(visit):
        errands[post.id] = _post_errand(post)
    errands |= dict(review_errands(visit))
    errands |= {
        errand.address: errand
        for errand in (*_emergencies(visit), *_recalls(visit), *_outages(visit))
    }
    errands |= {row.id: _account_errand(row, visit) for row in _accounts(visit)}
    errands |= {row.id: _reply_errand(row) for row in _replies(visit)}
    errands |= dict(pending_cases(visit))
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
            (PostState.APPROVED, Permission.SCHEDULE),
            (PostState.HELD, Permission.SCHEDULE),
        )
        if visit.may(permission)
    ]
    if states:
        rows = overview.posts(states=states, limit=MOST)
        found += [row for row in rows if _is_for(visit, row)]
    if visit.may(Permission.RESOLVE_DELIVERY):
        stuck = overview.posts(delivery_states=STUCK, limit=MOST)
        found += [row for row in stuck if row.state == PostState.SCHEDULED]
    return found


def _is_for(visit: Visit, row: PostRow) -> bool:
    """A draft that somebody keeps is their own errand."""
    return row.state != PostState.DRAFT or row.keeper in ("", visit.user.login)


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


def _emergencies(visit: Visit) -> Sequence[Errand]:
    """Emergencies that wait for somebody, by the hour of their next stage."""
    if not (visit.may(Permission.APPROVE_RELEASE) or visit.may(Permission.APPROVE_POST)):
        return ()
    with visit.tools.storage.look() as uow:
        lanes = [(one, uow.posts.of_release(one.id)) for one in uow.releases.emergencies()]
    found = []
    for release, posts in lanes:
        open_ = [clock for clock in clocks_of(release, posts) if not clock.is_done]
        if release.released_at is None and release.state in _OPEN_RELEASES and open_:
            found.append(_emergency_errand(release, open_[0].due_at, visit))
    return found


def _emergency_errand(release: Release, due_at: datetime, visit: Visit) -> Errand:
    is_overdue = due_at < visit.tools.clock.now()
    return Errand(
        title=release.content.title,
        address=f"/emergency/{release.id}",
        word=Word("应急超时" if is_overdue else "应急", Tone.DANGER),
        place="、".join(release.content.issuing_bodies),
        reason="两个人看过立即发布，时限按小时计算",
        deadline=due_at,
    )


def _recalls(visit: Visit) -> Sequence[Errand]:
    """Withdrawals of which something may still be read."""
    if not visit.may(Permission.WITHDRAW):
        return ()
    with visit.tools.storage.look() as uow:
        found = [(each, uow.releases.get(each.release)) for each in uow.recalls.open_ones()]
    return [
        Errand(
            title=release.content.title,
            address=f"/recalls/{recall.id}",
            word=Word("撤回中", Tone.ATTENTION),
            place=f"{recall.left} 个账号",
            reason="还有稿件没有从平台上删除，请处理完",
            deadline=recall.opened_at,
        )
        for recall, release in found
    ]


def _outages(visit: Visit) -> Sequence[Errand]:
    """Outages that touched posts and that nobody has looked through."""
    if not visit.may(Permission.RESOLVE_DELIVERY):
        return ()
    return [
        Errand(
            title=f"系统停了 {span(row.outage.seconds)}，影响 {len(row.posts)} 篇稿件",
            address=f"/outages#{row.outage.id}",
            word=Word("中断", Tone.ATTENTION),
            place="全部账号",
            reason="请看哪些稿件晚发、没有发出，处理完点“都看过了”",
            deadline=row.outage.until,
        )
        for row in visit.tools.overview.outages(limit=3)
        if row.posts and row.outage.settled_by is None
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
