"""What one person is told of: what waits for them, and what became of what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.accounts.account import QuietHours
from bot.domain.accounts.budgets import BEIJING

KEPT = timedelta(days=90)
"""After it a notice is forgotten, read or not; what it told of has its own history."""


class PersonalKind(StrEnum):
    """What can concern one person. The part before the dot is what it is about."""

    REVIEW_WAITS = "review.waits"
    ANSWER_WAITS = "answer.waits"
    RELEASE_WAITS = "release.waits"
    POST_RETURNED = "post.returned"
    POST_COMMENTED = "post.commented"
    POST_APPROVED = "post.approved"
    POST_FAILED = "post.failed"
    CASE_GIVEN = "case.given"
    CASE_REMINDED = "case.reminded"
    CASE_NEAR = "case.near"
    CASE_SENT_BACK = "case.sent_back"
    HANDED_OVER = "user.handed_over"


@dataclass(frozen=True)
class PersonalManner:
    """How a kind is told: its title, and whether it goes out in somebody's quiet hours too."""

    title: str
    is_urgent: bool = False


_K = PersonalKind
PERSONAL_MANNERS: Mapping[PersonalKind, PersonalManner] = {
    _K.REVIEW_WAITS: PersonalManner("有稿件等您审核"),
    _K.ANSWER_WAITS: PersonalManner("有答复等您审核"),
    _K.RELEASE_WAITS: PersonalManner("有政策等您审批"),
    _K.POST_RETURNED: PersonalManner("您的稿件被退回修改"),
    _K.POST_COMMENTED: PersonalManner("有人对您的稿件提了意见"),
    _K.POST_APPROVED: PersonalManner("您的稿件通过了审核"),
    _K.POST_FAILED: PersonalManner("您的稿件没有发出", is_urgent=True),
    _K.CASE_GIVEN: PersonalManner("有办理件交给您"),
    _K.CASE_REMINDED: PersonalManner("您的办理件被催办", is_urgent=True),
    _K.CASE_NEAR: PersonalManner("您的办理件临近或超过期限", is_urgent=True),
    _K.CASE_SENT_BACK: PersonalManner("您起草的答复被退回或没有送达"),
    _K.HANDED_OVER: PersonalManner("同事的工作交接给您"),
}


@dataclass(frozen=True)
class PersonalNotice:
    """One notice to one person, by login. `key` is what it tells of: nobody is told it twice.
    `page` is the path of where it is handled."""

    id: str
    login: str
    key: str
    kind: PersonalKind
    text: str
    page: str
    at: datetime
    read_at: datetime | None = None

    @property
    def title(self) -> str:
        """What its kind is called."""
        return PERSONAL_MANNERS[self.kind].title


@dataclass(frozen=True)
class Wishes:
    """What a person also wants outside of the console: these kinds, through this channel (its id),
    to their `address` there – e-mail, or the id by which a group's robot mentions them."""

    login: str
    kinds: frozenset[PersonalKind] = frozenset()
    channel: str = ""
    address: str = ""
    quiet: QuietHours | None = None

    def goes_out_at(self, kind: PersonalKind, now: datetime) -> datetime | None:
        """When a notice of this kind leaves the console: at the end of the quiet hours, at once if
        it is urgent or they are none; None if it does not."""
        if kind not in self.kinds or not self.channel or not self.address:
            return None
        local = now.astimezone(BEIJING)
        if self.quiet is None or PERSONAL_MANNERS[kind].is_urgent:
            return now
        if not self.quiet.covers(local.time()):
            return now
        ends = datetime.combine(local.date(), self.quiet.end, BEIJING)
        return ends if ends > local else ends + timedelta(days=1)


@dataclass(frozen=True)
class Tidings:
    """What is to be told to `people` (logins)."""

    kind: PersonalKind
    people: frozenset[str]
    text: str
    page: str
