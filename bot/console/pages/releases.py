"""发布: the list of releases, and one release with its five tabs."""

from collections.abc import Sequence

from starlette.responses import Response

from bot.console.answering import back_to, page, part
from bot.console.checking import (
    BLOCKING,
    FAILED,
    PASSED,
    checklist_of,
    file_words,
    personal_lines,
)
from bot.console.corrections import REPLACED, replaced_posts
from bot.console.paging import page_number, take_page
from bot.console.refusals import faults_of, status_of
from bot.console.story import story_of
from bot.console.stuck import stuck_posts
from bot.console.versions import versions_of
from bot.console.visit import Visit
from bot.console.words.states import ASKING, RELEASE_WORDS, standing
from bot.domain.errors import InvalidInput, NotFound, Problem, Refusal
from bot.domain.ids import ReleaseId
from bot.domain.posts.post import POST_MOVES
from bot.domain.releases.attachment_checks import kept_hashes
from bot.domain.releases.attachments import KINDS
from bot.domain.releases.checklist import Checked, in_the_way
from bot.domain.releases.inspection import Inspections
from bot.domain.releases.release import Release, ReleaseState
from bot.ports.overview import PostRow, ReplyFilter
from bot.usecases.cases.see_cases import confined_to
from bot.usecases.releases.approve_release import approve_release
from bot.usecases.releases.attach_file import MEGABYTE
from bot.usecases.releases.declare_emergency import declare_emergency
from bot.usecases.releases.withdraw_release import withdraw_release

PAGE_SIZE = 30
MOST_POSTS = 200
MOST_REPLIES = 50
TABS = {
    "text": "正文",
    "interpretations": "解读",
    "posts": "同步发布",
    "replies": "回复",
    "checklist": "检查",
    "versions": "版本",
    "history": "经过",
}
DONE = {
    "approve": "已通过审批，各账号的稿件正在生成，几秒后列在下面",
    "refuse": "已标为不予发布，不会生成稿件",
    "emergency": "已转入应急通道，请尽快审批，时限从现在算起",
}
SAID = DONE | {
    "handed_in": "已提交，等待另一位同事审批；审批通过以前不会生成稿件",
    "attached": "附件已加上，成为新版本，等待另一位同事审批",
    "detached": "附件已去掉，成为新版本，等待另一位同事审批",
    "unchanged": "内容与已经保存的完全相同，没有重复保存",
}


def list_releases(visit: Visit) -> Response:
    """Releases, the last received first; searched by title, number and office."""
    search, state = visit.asked("q"), visit.asked("state")
    state = state if state in RELEASE_WORDS else ""
    found = take_page(
        lambda limit, offset: visit.tools.overview.releases(
            search=search, state=state, limit=limit, offset=offset
        ),
        number=page_number(visit.asked("page")),
        size=PAGE_SIZE,
        address="/releases",
        query={"q": search, "state": state},
    )
    if visit.is_partial:
        return part(visit, "parts/release_list.html.j2", found=found, search=search, state=state)
    return page(
        visit,
        "releases.html.j2",
        found=found,
        search=search,
        state=state,
        states=RELEASE_WORDS,
    )


def show_release(visit: Visit) -> Response:
    """One release; the tab is part of the address, so that it can be sent to a colleague."""
    return shown_release(visit, visit.request.path_params.get("tab", ""))


def decide_release(visit: Visit) -> Response:
    """通过 or 不予发布; a refusal shows the page again with what was written."""
    release_id, verb = ReleaseId(visit.named("release")), visit.named("verb")
    if verb not in DONE:
        raise NotFound("操作", verb)
    try:
        _decide(visit, release_id, verb)
    except NotFound:
        raise
    except Refusal as refusal:
        return shown_release(visit, "", refusal=refusal)
    tab = "/posts" if verb == "approve" else ""
    return back_to(f"/releases/{release_id}{tab}", done=verb)


def _decide(visit: Visit, release_id: ReleaseId, verb: str) -> None:
    tools, reason = visit.tools, visit.fields.get("reason", "").strip()
    _require_version_seen(visit, release_id)
    if verb == "approve":
        approve_release(
            release_id,
            actor=visit.actor,
            storage=tools.storage,
            doorbell=tools.doorbell,
            note=reason,
            override=visit.fields.get("override", ""),
        )
        return
    if verb == "emergency":
        declare_emergency(release_id, reason=reason, actor=visit.actor, storage=tools.storage)
        return
    if not reason:
        raise InvalidInput([Problem("reason", "请写明原因，便于以后查考")])
    withdraw_release(release_id, actor=visit.actor, storage=tools.storage, reason=reason)


def _require_version_seen(visit: Visit, release_id: ReleaseId) -> None:
    with visit.tools.storage.look() as uow:
        release = uow.releases.get(release_id)
    if visit.fields.get("version") != str(release.version):
        raise InvalidInput([Problem("version", "政策在您查看之后有了新版本，请重新查看再决定")])


def shown_release(visit: Visit, tab: str, *, refusal: Refusal | None = None) -> Response:
    """The page of the release that the address names, after a refusal too."""
    with visit.tools.storage.look() as uow:
        release = uow.releases.get(ReleaseId(visit.named("release")))
        source = uow.sources.get(release.source)
        inspections = uow.inspections.of(kept_hashes(release.content))
    posts = visit.tools.overview.posts(release=release.id, limit=MOST_POSTS)
    if tab not in TABS:
        tab = "posts" if posts and refusal is None else "text"
    context = {
        "release": release,
        "source": source,
        "posts": sorted(posts, key=_worst_first),
        "tab": tab,
        "tabs": TABS,
        "largest_mb": visit.tools.largest_attachment // MEGABYTE,
        "endings": "、".join(KINDS),
        "is_received": release.state is ReleaseState.RECEIVED,
        "in_the_way": _in_the_way(release, inspections),
    }
    context |= _of_tab(visit, tab, release, posts, inspections)
    if visit.is_partial and tab == "posts":
        return part(visit, "parts/post_table.html.j2", **context)
    return page(
        visit,
        "release.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said=SAID.get(visit.asked("done"), ""),
        **context,
    )


def _in_the_way(release: Release, inspections: Inspections) -> tuple[Checked, ...]:
    is_received = release.state is ReleaseState.RECEIVED
    return in_the_way(release, inspections) if is_received else ()


def _of_tab(
    visit: Visit,
    tab: str,
    release: Release,
    posts: Sequence[PostRow],
    inspections: Inspections,
) -> dict[str, object]:
    if tab == "text":
        return {"file_words": file_words(release, inspections)}
    if tab == "posts":
        stuck = {one.row.id: one for one in stuck_posts(visit, posts)}
        return {
            "stuck": stuck,
            "together": _to_move_together(posts),
            "replaced": replaced_posts(visit, release, posts),
            "replaced_word": REPLACED,
        }
    if tab == "replies":
        return _replies(visit, release)
    if tab == "checklist":
        return {
            "checklist": checklist_of(visit, release, posts, inspections),
            "personal": personal_lines(release, inspections),
            "passed_word": PASSED,
            "failed_word": FAILED,
            "blocking_word": BLOCKING,
        }
    if tab == "versions":
        return versions_of(visit, release)
    if tab == "history":
        with visit.tools.storage.look() as uow:
            recalls = uow.recalls.of_release(release.id)
        return {"events": story_of(visit, release, posts), "recalls": recalls}
    return {}


def _to_move_together(posts: Sequence[PostRow]) -> str:
    """A post of the newest rollout of which more than one may still be moved; else nothing."""
    ahead = [post for post in posts if post.state in POST_MOVES and post.accepted_at is None]
    newest = max((post.rollout_id for post in ahead), default="")
    mine = [post.id for post in ahead if post.rollout_id == newest]
    return mine[0] if len(mine) > 1 else ""


def _replies(visit: Visit, release: Release) -> dict[str, object]:
    """All that came under any of its posts, the newest first, a page at a time."""
    with visit.tools.storage.look() as uow:
        own = confined_to(uow, visit.actor)
    wanted = ReplyFilter(release=release.id, department=own, after=visit.asked("after"))
    found = visit.tools.overview.replies(wanted, limit=MOST_REPLIES + 1)
    shown = found[:MOST_REPLIES]
    is_more = len(found) > MOST_REPLIES
    earlier = f"/releases/{release.id}/replies?after={shown[-1].id}" if is_more else ""
    return {"replies": shown, "earlier": earlier}


def _worst_first(post: PostRow) -> tuple[int, str, str]:
    """What needs somebody stands above what goes by itself; then by account."""
    tone = standing(post.state, post.delivery_state).tone
    return (ASKING.index(tone) if tone in ASKING else len(ASKING), post.account_name, post.id)
