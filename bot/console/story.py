"""经过: what happened to a release and its posts, oldest first, from what is stored of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console.corrections import REPLACED, replaced_posts
from bot.console.visit import Visit
from bot.console.words.names import name_of
from bot.console.words.people import PeopleNames
from bot.console.words.states import OUTCOME_WORDS, RELEASE_WORDS, Tone, Word
from bot.domain.ids import DeliveryId
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.doubt import DESK_LOOK
from bot.domain.publishing.journal import Act, Entry, Outcome
from bot.domain.publishing.route import Route, StepRole
from bot.domain.releases.release import Release
from bot.ports.overview import PostRow


@dataclass(frozen=True)
class Event:
    """One line of the story. `place` names the account, or nothing for the release itself."""

    at: datetime
    place: str
    text: str
    word: Word
    detail: str = ""


def story_of(visit: Visit, release: Release, posts: Sequence[PostRow]) -> Sequence[Event]:
    """The release's own events and those of each of its deliveries."""
    events = list(_of_release(release, visit.names))
    with visit.tools.storage.look() as uow:
        for post in posts:
            if post.delivery_id is None:
                continue
            delivery = uow.deliveries.get(DeliveryId(post.delivery_id))
            account = uow.accounts.get(delivery.account)
            route = visit.tools.publishing.adapter(account).route(account)
            events += of_delivery(delivery, route, post.account_name)
    events += _of_corrections(visit, release, posts)
    return sorted(events, key=lambda event: event.at)


def _of_corrections(visit: Visit, release: Release, posts: Sequence[PostRow]) -> Iterator[Event]:
    for one in replaced_posts(visit, release, posts).values():
        if one.by.accepted_at is not None:
            text = "更正稿已发布，原来的稿件标为已更正"
            yield Event(one.by.accepted_at, one.post.account_name, text, REPLACED, one.by.title)


def _of_release(release: Release, names: PeopleNames) -> Iterator[Event]:
    received = Word("收到", Tone.DONE)
    yield Event(release.received_at, "", f"收到政策（第 {release.version} 版）", received)
    if release.approval is not None and release.approval.at is not None:
        by = f"{names(release.approval.by)}：{release.approval.evidence}"
        yield Event(release.approval.at, "", "审批通过", RELEASE_WORDS["approved"], by)
    if release.released_at is not None:
        yield Event(release.released_at, "", "首个账号已发布", RELEASE_WORDS["released"])


def of_delivery(delivery: Delivery, route: Route, place: str) -> Iterator[Event]:
    """What the journal tells; polls that only said “not yet” are left out."""
    roles = {step.name: step.role for step in route.steps}
    for entry in delivery.journal.entries:
        if entry.outcome is not None and entry.outcome is not Outcome.PENDING:
            yield _of_entry(entry, roles.get(entry.step), place)


def _of_entry(entry: Entry, role: StepRole | None, place: str) -> Event:
    step = name_of(StepRole, role.value) if role else entry.step
    text = step if entry.act is Act.CALL else f"{step}（{name_of(Act, entry.act)}）"
    if entry.step == DESK_LOOK:
        text = "由人到平台查看"
    outcome = entry.outcome or Outcome.UNCLEAR
    detail = entry.failure.cause if entry.failure else ""
    at = entry.finished_at or entry.started_at
    return Event(at, place, text, OUTCOME_WORDS[outcome], detail)
