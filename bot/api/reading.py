"""GET: what became of releases, posts and replies."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from bot.api.answers import (
    ArticleFigures,
    CoverageLine,
    Page,
    PostAnswer,
    PostLine,
    ReleaseAnswer,
    ReleaseLine,
    ReplyLine,
)
from bot.api.failures import documented
from bot.api.parameters import (
    After,
    IdFilter,
    Limit,
    Moment,
    ObjectId,
    Offset,
    Words,
    page,
    refuse_unknown_parameters,
)
from bot.api.tokens import Token, Tools
from bot.domain.errors import NotFound
from bot.domain.ids import PostId, ReleaseId
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.handling import Handling
from bot.domain.replies.reply import Channel, ReplyKind
from bot.ports.overview import ReplyFilter

MOST_POSTS = 1000
"""More posts than any one release has."""

router = APIRouter(prefix="/api", dependencies=[Depends(refuse_unknown_parameters)])


@router.get("/releases", responses=documented(401, 422), tags=["releases"])
def list_releases(
    _token: Token,
    tools: Tools,
    *,
    search: Words = "",
    state: ReleaseState | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[ReleaseLine]:
    """Releases, newest first."""
    rows = tools.overview.releases(search=search, state=state or "", limit=limit + 1, offset=offset)
    return page(rows, ReleaseLine.of, limit=limit, offset=offset)


@router.get("/releases/{release_id}", responses=documented(401, 404, 422), tags=["releases"])
def show_release(release_id: ObjectId, _token: Token, tools: Tools) -> ReleaseAnswer:
    """The newest version of one release, with its posts."""
    with tools.storage.look() as uow:
        release = uow.releases.get(ReleaseId(release_id))
    posts = tools.overview.posts(release=release_id, limit=MOST_POSTS)
    return ReleaseAnswer.of(release, [PostLine.of(row) for row in posts])


@router.get("/posts", responses=documented(401, 422), tags=["posts"])
def list_posts(
    _token: Token,
    tools: Tools,
    *,
    state: Annotated[list[PostState], Query(default_factory=list)],
    delivery_state: Annotated[list[DeliveryState], Query(default_factory=list)],
    release: IdFilter = "",
    account: IdFilter = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Page[PostLine]:
    """Posts, newest first; a filter given several times means any of its values."""
    rows = tools.overview.posts(
        release=release,
        account=account,
        states=state,
        delivery_states=delivery_state,
        limit=limit + 1,
        offset=offset,
    )
    return page(rows, PostLine.of, limit=limit, offset=offset)


@router.get("/posts/{post_id}", responses=documented(401, 404, 422), tags=["posts"])
def show_post(post_id: ObjectId, _token: Token, tools: Tools) -> PostAnswer:
    """One post, with every limit its draft breaks."""
    with tools.storage.look() as uow:
        post = uow.posts.get(PostId(post_id))
    rows = tools.overview.posts(release=post.release, account=post.account, limit=MOST_POSTS)
    row = next((row for row in rows if row.id == post_id), None)
    if row is None:
        raise NotFound("稿件", post_id)
    return PostAnswer.of_post(row, post)


@router.get("/replies", responses=documented(401, 422), tags=["replies"])
def list_replies(
    _token: Token,
    tools: Tools,
    *,
    account: IdFilter = "",
    channel: Channel | None = None,
    handling: Handling | None = None,
    unanswered: bool = False,
    kind: ReplyKind | None = None,
    post: IdFilter = "",
    search: Words = "",
    since: Moment = None,
    until: Moment = None,
    after: After = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[ReplyLine]:
    """What followers sent, newest first. It names people: keep it no longer than needed.

    `search` finds the exact words in what was said and in the sender's name, blind to width, case
    and spaces. `handling` says what became of them: `waiting` was neither answered nor taken up
    nor set aside, of `taken_up` the case runs, `unanswered` are both, and `set_aside` needs no
    answer; `unanswered=true` is the same as `handling=unanswered`. Long lists are paged by
    `after`, the id of the last reply of the page before.
    """
    wanted = ReplyFilter(
        account=account or None,
        channel=channel,
        handling=handling or (Handling.UNANSWERED if unanswered else None),
        search=search,
        kind=kind,
        post=post or None,
        since=since,
        until=until,
        after=after,
    )
    rows = tools.overview.replies(wanted, limit=limit + 1, offset=offset)
    return page(rows, ReplyLine.of, limit=limit, offset=offset)


@router.get("/statistics", responses=documented(401, 422), tags=["posts"])
def list_statistics(
    _token: Token,
    tools: Tools,
    *,
    account: IdFilter = "",
    post: IdFilter = "",
    since: Annotated[date | None, Query(description="Published on or after this day.")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Page[ArticleFigures]:
    """What platforms tell of articles, the newest first; also of those published by hand."""
    rows = tools.overview.articles(
        account=account, post=post, since=since, limit=limit + 1, offset=offset
    )
    return page(rows, ArticleFigures.of, limit=limit, offset=offset)


@router.get("/coverage", responses=documented(401, 422), tags=["releases"])
def show_coverage(_token: Token, tools: Tools, limit: Limit = 50) -> list[CoverageLine]:
    """The newest releases against every account: what is live, what is missing."""
    return [CoverageLine.of(row) for row in tools.overview.coverage(limit=limit)]
