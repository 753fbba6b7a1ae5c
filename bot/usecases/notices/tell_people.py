"""Tell single people what concerns them: in the console, and outside of it as they wish."""

from bot.domain.errors import NotFound
from bot.domain.ids import PostId
from bot.domain.notices.channel import Notice
from bot.domain.notices.condition import ConditionKind
from bot.domain.notices.personal import KEPT, PersonalKind, PersonalNotice, Tidings, Wishes
from bot.domain.notices.watching import Alert
from bot.ports.storage import UnitOfWork
from bot.usecases.notices.concerned import Staff, keepers_of, tidings_of
from bot.usecases.notices.tools import NoticeTools

CHUNK = 200
_FAILURES = frozenset({ConditionKind.POST_HELD, ConditionKind.POST_UNKNOWN})


def tell_people(tools: NoticeTools) -> int:
    """Read the audit on from where it was told last, and tell; returns how many notices are new.

    What is told and how far are one commit: nothing is told twice, and nothing is left out. What
    is older than 90 days is forgotten with it.
    """
    with tools.storage.begin() as uow:
        records = uow.audit.records(after=uow.personal.claim_told(), limit=CHUNK)
        told = 0
        if records:
            staff = Staff(uow.people.users())
            for record in records:
                for number, tidings in enumerate(tidings_of(uow, record, staff)):
                    told += tell(uow, tidings, key=f"{record.sequence}:{number}", tools=tools)
            uow.personal.note_told(records[-1].sequence)
            uow.personal.forget(before=uow.now() - KEPT)
            uow.notices.forget(before=uow.now() - KEPT)
        uow.commit()
    return told


def tell_of_failures(uow: UnitOfWork, began: list[Alert], tools: NoticeTools) -> None:
    """Whose post is held by the system, or perhaps out, hears of it as it begins."""
    failed = [alert for alert in began if alert.condition.kind in _FAILURES]
    staff = Staff(uow.people.users() if failed else ())
    for alert in failed:
        try:
            post = uow.posts.get(PostId(alert.condition.subject))
        except NotFound:
            continue
        unknown = alert.condition.kind is ConditionKind.POST_UNKNOWN
        text = f"{alert.condition.words}{'：不能确定是否已发出' if unknown else ''}"
        page = f"/doubts/{post.id}" if unknown else f"/posts/{post.id}"
        people = staff.able(keepers_of(post))
        tidings = Tidings(PersonalKind.POST_FAILED, people, text, page)
        key = f"{alert.condition.kind}:{post.id}:{alert.since:%Y%m%d%H%M%S}"
        tell(uow, tidings, key=key, tools=tools)


def tell(uow: UnitOfWork, tidings: Tidings, *, key: str, tools: NoticeTools) -> int:
    """Put it before everybody it is for, and into the outbox for those who wish it outside;
    returns how many have not heard it before."""
    people = sorted(tidings.people)
    wishes = uow.personal.wishes(people)
    new = 0
    for login in people:
        notice = PersonalNotice(
            id=tools.ids.new("pnt"),
            login=login,
            key=key,
            kind=tidings.kind,
            text=tidings.text,
            page=tidings.page,
            at=uow.now(),
        )
        if uow.personal.put(notice):
            new += 1
            _send_on(uow, notice, wishes.get(login, Wishes(login)), tools)
    return new


def _send_on(uow: UnitOfWork, notice: PersonalNotice, wishes: Wishes, tools: NoticeTools) -> None:
    at = wishes.goes_out_at(notice.kind, notice.at)
    if at is None:
        return
    uow.notices.put(
        Notice(
            id=tools.ids.new("ntc"),
            channel=wishes.channel,
            key=f"{notice.login}:{notice.key}",
            kind=notice.kind,
            title=notice.title,
            text=notice.text,
            page=f"{tools.public_url}{notice.page}",
            created_at=notice.at,
            next_at=at,
            to=(wishes.address,),
        )
    )
