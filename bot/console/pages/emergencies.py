"""应急通道: its clocks, and the one review that brings every post of an emergency out."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.states import Word, standing
from bot.domain.errors import NotFound, Refusal
from bot.domain.ids import PostId, ReleaseId
from bot.domain.permissions import Permission
from bot.domain.posts.post import Post, PostState
from bot.domain.publishing.delivery import Delivery
from bot.domain.releases.fast_lane import LEGAL_BASIS, StageClock, clocks_of, next_overdue
from bot.domain.releases.release import Release
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.publish_emergency import publish_emergency

SHOWN_FIELD = "shown-"
DONE = {"publish": "已批准，正在发布；每个账号的结果显示在下面"}


@dataclass(frozen=True)
class _Post:
    post: Post
    account: str
    platform: str
    delivery: Delivery | None

    @property
    def word(self) -> Word:
        """Where it stands."""
        return standing(self.post.state, self.delivery.state if self.delivery else None)


@dataclass(frozen=True)
class _Lane:
    release: Release
    clocks: Sequence[StageClock]
    posts: Sequence[_Post]
    overdue: StageClock | None

    @property
    def waiting(self) -> Sequence[_Post]:
        """What the one review is about."""
        return [one for one in self.posts if one.post.state is PostState.IN_REVIEW]


def list_emergencies(visit: Visit) -> Response:
    """Every emergency, the newest first, with its clocks."""
    with visit.tools.storage.look() as uow:
        releases = uow.releases.emergencies()
    return page(visit, "emergencies.html.j2", lanes=[_lane(visit, one) for one in releases])


def show_emergency(visit: Visit) -> Response:
    """One of them: clocks, previews, the review."""
    return _shown(visit)


def publish(visit: Visit) -> Response:
    """Approve all and publish; a refusal shows the page again."""
    release = ReleaseId(visit.named("release"))
    marked = {name.removeprefix(SHOWN_FIELD): value for name, value in visit.fields.items()}
    try:
        publish_emergency(
            release,
            shown={PostId(post): value for post, value in marked.items()},
            actor=visit.actor,
            storage=visit.tools.storage,
            ids=visit.tools.ids,
            doorbell=visit.tools.doorbell,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to(f"/emergency/{release}", done="publish")


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    with visit.tools.storage.look() as uow:
        release = uow.releases.get(ReleaseId(visit.named("release")))
    if not release.is_emergency:
        raise NotFound("应急发布", release.content.title)
    return page(
        visit,
        "emergency.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else DONE.get(visit.asked("done"), ""),
        lane=_lane(visit, release),
        basis=LEGAL_BASIS,
        may_publish=visit.may(Permission.APPROVE_POST) and visit.may(Permission.SCHEDULE),
    )


def _lane(visit: Visit, release: Release) -> _Lane:
    with visit.tools.storage.look() as uow:
        posts = uow.posts.of_release(release.id)
        shown = [_post(uow, p) for p in posts if p.release_version == release.version]
    clocks = clocks_of(release, [one.post for one in shown])
    return _Lane(release, clocks, shown, next_overdue(clocks, visit.tools.clock.now()))


def _post(uow: UnitOfWork, post: Post) -> _Post:
    account = uow.accounts.get(post.account)
    mine = [d for d in uow.deliveries.of_post(post.id) if d.revision == post.revision]
    return _Post(post, account.name, account.platform, mine[0] if mine else None)
