"""Whom a record of the audit concerns, and what it tells them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.domain.accounts.budgets import BEIJING
from bot.domain.audit import AuditRecord
from bot.domain.cases.case import Case
from bot.domain.cases.names import CLASS_NAMES
from bot.domain.errors import NotFound
from bot.domain.ids import CaseId, PostId, ReleaseId
from bot.domain.notices.personal import PersonalKind, Tidings
from bot.domain.people import User
from bot.domain.permissions import STEP_PERMISSIONS, Permission, name_of_no_person
from bot.domain.posts.draft import title_of
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import STEP_NAMES
from bot.domain.releases.release import ReleaseState
from bot.ports.storage import UnitOfWork
from bot.usecases.people.sign_in import actor_of

_K, _P = PersonalKind, Permission


class Staff:
    """Who can sign in, by login, and what they are called."""

    def __init__(self, users: Sequence[User]) -> None:
        self._names = {one.login: one.name for one in users}
        self._able = {one.login: one for one in users if one.enabled}

    def called(self, login: str) -> str:
        """Their name, or what stands in the place of nobody's."""
        return self._names.get(login) or name_of_no_person(login) or login

    def able(self, logins: Iterable[str]) -> frozenset[str]:
        """Those of them who can sign in."""
        return frozenset(logins) & self._able.keys()

    def holding(self, permission: Permission) -> frozenset[str]:
        """Everybody who may do it."""
        held = (one.login for one in self._able.values() if actor_of(one).may(permission))
        return frozenset(held)

    def contacts_of(self, case: Case) -> frozenset[str]:
        """Who has the case: its handler; without one its department, without that the desk."""
        if case.handler in self._able:
            return frozenset({case.handler})
        if case.department is None:
            return self.holding(_P.HANDLE_CASES)
        own = self.holding(_P.HANDLE_OWN_CASES)
        return frozenset(
            one.login
            for one in self._able.values()
            if one.department == case.department and one.login in own
        )


def tidings_of(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterable[Tidings]:
    """What the record tells, and whom; never the one who did it. What has changed again since,
    or is gone, is no news."""
    say = _SAYS.get(record.action)
    if say is None:
        return
    try:
        for told in say(uow, record, staff):
            others = staff.able(told.people) - {record.actor}
            if others:
                yield Tidings(told.kind, others, told.text, told.page)
    except NotFound:
        return


def words_for_post(uow: UnitOfWork, post: Post) -> str:
    """Account and title, as every notice about a post begins."""
    return f"{uow.accounts.get(post.account).name}《{title_of(post.draft.content)}》"


def keepers_of(post: Post) -> frozenset[str]:
    """Whose post it is."""
    return frozenset({post.keeper, post.submitted_by or ""} - {""})


def _post_submitted(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    yield from _waits(uow, uow.posts.get(PostId(record.object_id)), staff)


def _post_approved(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    post = uow.posts.get(PostId(record.object_id))
    if post.state is PostState.APPROVED:
        text = f"{words_for_post(uow, post)}，{staff.called(record.actor)}通过，可以定时发布"
        yield Tidings(_K.POST_APPROVED, keepers_of(post), text, f"/posts/{post.id}")
    yield from _waits(uow, post, staff)


def _waits(uow: UnitOfWork, post: Post, staff: Staff) -> Iterator[Tidings]:
    step = post.next_step
    if post.state is not PostState.IN_REVIEW or step is None:
        return
    readers = staff.holding(STEP_PERMISSIONS[step]) - post.involved
    text = f"{words_for_post(uow, post)}，待{STEP_NAMES[step]}"
    yield Tidings(_K.REVIEW_WAITS, readers, text, f"/review/{post.id}")


def _post_returned(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    post = uow.posts.get(PostId(record.object_id))
    why = f"：{post.hold_reason}" if post.hold_reason else ""
    text = f"{words_for_post(uow, post)}，{staff.called(record.actor)}退回{why}"
    yield Tidings(_K.POST_RETURNED, keepers_of(post), text, f"/posts/{post.id}")


def _post_commented(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    post = uow.posts.get(PostId(record.object_id))
    text = f"{words_for_post(uow, post)}，{staff.called(record.actor)}提出意见"
    yield Tidings(_K.POST_COMMENTED, keepers_of(post), text, f"/review/{post.id}")


def _release_waits(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    """One that its source had approved waits for nobody while its attachments are looked into."""
    release = uow.releases.get(ReleaseId(record.object_id))
    is_looked_into = record.action == "release.accepted" and release.claimed_approval is not None
    if release.state is ReleaseState.RECEIVED and not is_looked_into:
        text, page = f"《{release.content.title}》", f"/releases/{release.id}"
        yield Tidings(_K.RELEASE_WAITS, staff.holding(_P.APPROVE_RELEASE), text, page)


def _case_given(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    case = uow.cases.get(CaseId(record.object_id))
    if case.is_running:
        yield _case(case, _K.CASE_GIVEN, staff.contacts_of(case))


def _case_returned(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    case = uow.cases.get(CaseId(record.object_id))
    yield _case(case, _K.CASE_GIVEN, staff.holding(_P.HANDLE_CASES), "，承办部门退回，请另行转办")


def _case_reminded(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    case = uow.cases.get(CaseId(record.object_id))
    who = f"，{staff.called(record.actor)}催办"
    yield _case(case, _K.CASE_REMINDED, staff.contacts_of(case), who)


def _case_near(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    case = uow.cases.get(CaseId(record.object_id))
    if case.is_running:
        over = "，已超过期限" if record.action == "case.overdue" else ""
        yield _case(case, _K.CASE_NEAR, staff.contacts_of(case), over)


def _answer_submitted(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    case = uow.cases.get(CaseId(record.object_id))
    if case.draft is not None:
        readers = staff.holding(_P.APPROVE_ANSWER) - {case.draft.by}
        yield _case(case, _K.ANSWER_WAITS, readers)


def _answer_back(uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    case = uow.cases.get(CaseId(record.object_id))
    writer = record.details.get("written_by", "")
    people = frozenset({writer}) if writer else staff.contacts_of(case)
    yield _case(case, _K.CASE_SENT_BACK, people)


def _handed_over(_uow: UnitOfWork, record: AuditRecord, staff: Staff) -> Iterator[Tidings]:
    taker = record.details.get("to", "")
    cases, posts = record.details.get("cases", "0"), record.details.get("posts", "0")
    text = f"办理件 {cases} 件，稿件 {posts} 篇，由{staff.called(record.actor)}交接，说明见交接记录"
    yield Tidings(_K.HANDED_OVER, frozenset({taker}), text, f"/people/{taker}/handover")


def _case(case: Case, kind: PersonalKind, people: frozenset[str], more: str = "") -> Tidings:
    """Number, class and deadline; nothing of what was written."""
    ends = case.deadline.due_at.astimezone(BEIJING)
    until = f"期限 {ends.month}月{ends.day}日 {ends:%H:%M}"
    text = f"{case.number}（{CLASS_NAMES[case.case_class]}）：{until}{more}"
    return Tidings(kind, people, text, f"/cases/{case.id}")


_Say = Callable[[UnitOfWork, AuditRecord, Staff], Iterator[Tidings]]
_SAYS: Mapping[str, _Say] = {
    "post.submitted": _post_submitted,
    "post.approved": _post_approved,
    "post.returned": _post_returned,
    "post.commented": _post_commented,
    "release.accepted": _release_waits,
    "release.left_to_people": _release_waits,
    "case.assigned": _case_given,
    "case.transferred": _case_given,
    "case.handed_over": _case_given,
    "case.reopened": _case_given,
    "case.returned": _case_returned,
    "case.reminded": _case_reminded,
    "case.supervised": _case_reminded,
    "case.warned": _case_near,
    "case.milestone": _case_near,
    "case.overdue": _case_near,
    "case.submitted": _answer_submitted,
    "case.sent_back": _answer_back,
    "case.not_delivered": _answer_back,
    "user.handed_over": _handed_over,
}
