"""立即发布: asked on a page of its own, with the account's badge; and the seconds of regret."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import back_to, page, part
from bot.console.going import going_of
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.account import Mode
from bot.domain.accounts.budgets import budget_day
from bot.domain.errors import InvalidInput
from bot.domain.ids import PostId
from bot.domain.permissions import Permission
from bot.ports.statistics import AccountLine
from bot.usecases.posts.publish_now import NowCandidate, foresee_now, publish_now
from bot.usecases.posts.undo_now import undo_now

SHOWN_FIELD = "shown-"
_REACHES = {
    Mode.DRAFT: "存入平台草稿箱，由人在平台后台点“发布”后才公开",
    Mode.PUBLISH: "公开在账号主页，不推送",
    Mode.MASS: "会推送给全部关注者，发出后收不回",
}


@dataclass(frozen=True)
class _Line:
    """A candidate as the page shows it. `reach` says whom it gets to, in a sentence."""

    candidate: NowCandidate
    reach: str
    is_asked: bool
    is_chosen: bool


def ask_to_publish(visit: Visit) -> Response:
    """The page between the button and the deed: which account, how many followers."""
    return _asked(visit)


def publish(visit: Visit) -> Response:
    """Publish what was chosen; a refusal shows the page again."""
    chosen = {
        PostId(name.removeprefix(SHOWN_FIELD)): value
        for name, value in visit.fields.items()
        if name.startswith(SHOWN_FIELD)
    }
    try:
        publish_now(chosen, actor=visit.actor, tools=visit.tools.publishing, ids=visit.tools.ids)
    except InvalidInput as refusal:
        return _asked(visit, refusal, chosen)
    return back_to(f"/posts/{visit.named('post')}", done="now")


def undo(visit: Visit) -> Response:
    """Take it back; what had begun by then is told."""
    post = PostId(visit.named("post"))
    undone = undo_now(post, actor=visit.actor, tools=visit.tools.publishing)
    return back_to(f"/posts/{post}", done="undo-some" if undone.going else "undo")


def show_going(visit: Visit) -> Response:
    """The countdown alone, for the page that waits; once it is over the whole page is drawn anew,
    so that it says what became of the post."""
    post = PostId(visit.named("post"))
    going = going_of(visit, post)
    if not visit.is_partial:
        return back_to(f"/posts/{post}")
    answer = part(visit, "parts/going.html.j2", going=going)
    if going is None:
        answer.headers["hx-refresh"] = "true"
    return answer


def _asked(
    visit: Visit, refusal: InvalidInput | None = None, chosen: Mapping[PostId, str] | None = None
) -> Response:
    asked = PostId(visit.named("post"))
    foreseen = foresee_now(asked, actor=visit.actor, tools=visit.tools.publishing)
    lines = _lines(visit, foreseen.candidates, chosen, in_step=foreseen.in_step)
    return page(
        visit,
        "now.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        foreseen=foreseen,
        first=lines[0].candidate,
        lines=lines,
        is_possible=all(not one.candidate.refusal for one in lines if one.is_chosen),
        may_stop=visit.may(Permission.STOP),
    )


def _lines(
    visit: Visit,
    candidates: Sequence[NowCandidate],
    chosen: Mapping[PostId, str] | None,
    *,
    in_step: bool,
) -> Sequence[_Line]:
    since = budget_day(visit.tools.clock.now())
    figures = {one.account_id: one for one in visit.tools.overview.account_lines(since=since)}
    return [
        _Line(
            one,
            _reach(one, figures.get(one.account.id)),
            is_asked=number == 0,
            is_chosen=in_step or number == 0 or one.post.id in (chosen or {}),
        )
        for number, one in enumerate(candidates)
    ]


def _reach(candidate: NowCandidate, figures: AccountLine | None) -> str:
    """Whom it gets to: “会推送给全部关注者，发出后收不回；关注者 182,022 人（11月22日）”."""
    way = _REACHES.get(candidate.account.mode, "公开在账号主页，粉丝会在首页看到")
    if figures is None or figures.followers is None:
        return f"{way}；关注者人数还没有数据"
    through = f"（{figures.through.month}月{figures.through.day}日）" if figures.through else ""
    return f"{way}；关注者 {figures.followers:,} 人{through}"
