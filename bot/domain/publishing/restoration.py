"""A restored backup knows nothing of what happened after it was taken: what follows, as values."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.accounts.budgets import BEIJING, budget_day
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome, finished_well
from bot.domain.publishing.route import Route, Step, StepKind
from bot.domain.releases.release import Release

CODE = "restored"
KEY_VALID = timedelta(hours=23)
"""How long a platform that knows our key is trusted to remember it."""

ARRIVES_AGAIN = timedelta(days=7)
"""So long after a restore a document that was public before it may arrive as if it were new: from
a feed or folder that is read again, or from a site that sends it once more."""


@dataclass(frozen=True)
class Restoration:
    """What happened between these two moments (UTC) is known to nobody here.

    `last_delivery` is the newest one the backup held: of one that was made since, no platform can
    know the key, though it brings out the same post.
    """

    backup_taken_at: datetime
    restored_at: datetime
    last_delivery: str = ""

    @property
    def cause(self) -> str:
        """Why something is in doubt, as staff read it."""
        taken = self.backup_taken_at.astimezone(BEIJING)
        return f"数据恢复自 {taken:%Y-%m-%d %H:%M} 的备份，备份之后的发送记录已经丢失"

    @property
    def failure(self) -> Failure:
        """The doubt, as journals and answers keep it."""
        return Failure(error="Restored", code=CODE, message=self.cause, cause=self.cause)

    def after(self, earlier: "Restoration | None") -> "Restoration":
        """This one, its gap reaching back over an earlier one whose documents may still come."""
        if earlier is None or self.restored_at - earlier.restored_at > ARRIVES_AGAIN:
            return self
        began = min(earlier.backup_taken_at, self.backup_taken_at)
        return replace(self, backup_taken_at=began)


def is_of_a_restore(entry: Entry) -> bool:
    """Whether this entry stands for calls that a lost journal may have held."""
    return entry.failure is not None and entry.failure.code == CODE


def with_doubt(
    delivery: Delivery, route: Route, release: Release, restoration: Restoration, *, key: str
) -> Entry | None:
    """The entry that says: a call may have been made of which the journal knows nothing. None
    where nothing is in doubt, or the journal says so already.

    From there on it is a call like any other whose outcome is unknown: it is looked for, and runs
    again only if its absence is proven, if the platform knows our `key`, or if a person says so.
    """
    step, journal = route.public, delivery.journal
    if step is None:
        return None
    entries = journal.of(step.name)
    marked = any(is_of_a_restore(e) and e.deadline_at == restoration.restored_at for e in entries)
    if marked or finished_well(entries) or not _may_have_gone_out(release, restoration):
        return None
    prepared = all(finished_well(journal.of(early.name)) for early in route.before(step))
    if step is not route.accepting and prepared:
        return None  # a draft that a person is to publish is known, and watched
    taken = restoration.backup_taken_at
    keyed = step.kind is StepKind.KEYED and delivery.id <= restoration.last_delivery
    first = next((e.key_valid_until for e in entries if e.key_valid_until), taken + KEY_VALID)
    return Entry(
        seq=journal.next_seq,
        step=step.name,
        act=Act.CALL,
        started_at=taken,
        deadline_at=restoration.restored_at,
        outcome=Outcome.UNKNOWN,
        finished_at=restoration.restored_at,
        key=key if keyed else "",
        key_valid_until=first if keyed else None,
        failure=restoration.failure,
    )


def _may_have_gone_out(release: Release, restoration: Restoration) -> bool:
    """A release of the backup may; one that came since may be an old one that came again."""
    if release.received_at <= restoration.restored_at:
        return True
    if release.received_at > restoration.restored_at + ARRIVES_AGAIN:
        return False
    public = release.content.published_on or release.content.issued_on
    return public is None or public <= budget_day(restoration.restored_at)


def step_in_doubt(route: Route, journal: Journal) -> Step | None:
    """The step that makes the post public, while its last call is one a restore took from us and
    no person has spoken since. It comes before everything that would prepare it again."""
    if route.public is None:
        return None
    entries = journal.of(route.public.name)
    word = max((e.seq for e in entries if e.act is Act.PERSON), default=0)
    calls = [e for e in entries if e.act is Act.CALL and e.seq > word]
    if not calls or finished_well(entries) or not is_of_a_restore(calls[-1]):
        return None
    return route.public
