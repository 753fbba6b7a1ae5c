"""结果未知: what we tried beside what the platform shows, and a person's word about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.doing import Refused, carry_out
from bot.console.refusals import faults_of, status_of
from bot.console.story import Event, of_delivery
from bot.console.visit import Visit
from bot.domain.accounts.account import Account
from bot.domain.errors import IllegalMove
from bot.domain.ids import DeliveryId, PostId
from bot.domain.permissions import Permission
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.post import Post
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.doubt import DOUBTFUL, is_doubtful, last_look
from bot.domain.publishing.journal import Entry
from bot.domain.publishing.release_check import too_late
from bot.domain.publishing.route import Route
from bot.ports.overview import PostRow
from bot.ports.storage import UnitOfWork
from bot.usecases.publishing.decide_doubt import confirm_by_hand, confirm_shown, publish_again
from bot.usecases.publishing.look_again import look_again
from bot.usecases.publishing.resolve_delivery import newest_delivery

MOST = 100
DONE = {
    "found": "已登记：这篇稿件已经发出，系统不会再发送",
    "adopt": "已登记为人工发布，系统不会再发送",
    "retry": "已安排重新发布，结果会显示在稿件页",
}


@dataclass(frozen=True)
class _Case:
    post: Post
    delivery: Delivery
    account: Account
    route: Route
    late: str | None

    @property
    def tried(self) -> Sequence[Entry]:
        """The calls whose effect is in doubt, and the searches for it."""
        accepting = self.route.accepting
        return self.delivery.journal.of(accepting.name) if accepting else ()

    @property
    def events(self) -> Sequence[Event]:
        return list(of_delivery(self.delivery, self.route, self.account.name))


def list_doubts(visit: Visit) -> Response:
    """Every post that may be out and nobody knows."""
    said = DONE.get(visit.asked("done"), "")
    return page(visit, "doubts.html.j2", posts=doubtful_posts(visit), said=said)


def doubtful_posts(visit: Visit) -> Sequence[PostRow]:
    """Their rows, the oldest first."""
    rows = visit.tools.overview.posts(delivery_states=sorted(DOUBTFUL), limit=MOST)
    with visit.tools.storage.look() as uow:
        return [row for row in reversed(rows) if _is_doubtful(visit, uow, row)]


def show_doubt(visit: Visit) -> Response:
    """One of them, side by side."""
    return _shown(visit)


def do_deed(visit: Visit) -> Response:
    """A look, or a word; a refusal shows the page again with what was written."""
    post = PostId(visit.named("post"))
    return carry_out(
        visit,
        post,
        _DOING,
        again=_shown,
        then=lambda done, _: back_to(f"/doubts/{post}" if done == "look" else "/doubts", done=done),
        beyond=(IllegalMove,),
    )


def _is_doubtful(visit: Visit, uow: UnitOfWork, row: PostRow) -> bool:
    if row.delivery_id is None:
        return False
    delivery = uow.deliveries.get(DeliveryId(row.delivery_id))
    account = uow.accounts.get(delivery.account)
    return is_doubtful(delivery, visit.tools.publishing.adapter(account).route(account))


def _shown(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    case = _case(visit)
    return page(
        visit,
        "doubt.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        tried=tried,
        said="已到平台查看，结果在下面" if visit.asked("done") == "look" and not refusal else "",
        case=case,
        text=_text_of(case.post.draft.content),
        look=last_look(case.delivery.journal),
        seen=case.delivery.journal.next_seq - 1,
        decides=visit.may(Permission.RESOLVE_DELIVERY),
        is_open=is_doubtful(case.delivery, case.route),
    )


def _case(visit: Visit) -> _Case:
    with visit.tools.storage.look() as uow:
        post = uow.posts.get(PostId(visit.named("post")))
        delivery = newest_delivery(uow, post.id)
        account = uow.accounts.get(post.account)
        late = too_late(uow.deliveries.circumstances(delivery.id))
    route = visit.tools.publishing.adapter(account).route(account)
    return _Case(post, delivery, account, route, late if delivery.accepted_at is None else None)


def _text_of(content: DraftContent) -> str:
    """What readers would see first, as it was sent."""
    if content.articles:
        return "\n".join(article.title for article in content.articles)
    return content.text


def _reason(visit: Visit) -> str:
    return visit.fields.get("reason", "")


def _seen(visit: Visit) -> int:
    """Where the journal stood on the page; something unreadable is never where it stands."""
    given = visit.fields.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() else -1


def _look(visit: Visit, post: PostId) -> None:
    look_again(post, actor=visit.actor, tools=visit.tools.doubts)


def _found(visit: Visit, post: PostId) -> None:
    confirm_shown(
        post,
        visit.fields.get("shown", ""),
        reason=_reason(visit),
        seen=_seen(visit),
        actor=visit.actor,
        tools=visit.tools.publishing,
    )


def _adopt(visit: Visit, post: PostId) -> None:
    confirm_by_hand(
        post,
        visit.fields.get("url", "").strip(),
        reason=_reason(visit),
        seen=_seen(visit),
        actor=visit.actor,
        tools=visit.tools.publishing,
    )


def _retry(visit: Visit, post: PostId) -> None:
    publish_again(
        post,
        reason=_reason(visit),
        seen=_seen(visit),
        late_is_fine=visit.fields.get("late") == "1",
        actor=visit.actor,
        tools=visit.tools.publishing,
    )


_DOING: Mapping[str, Callable[[Visit, PostId], None]] = {
    "look": _look,
    "found": _found,
    "adopt": _adopt,
    "retry": _retry,
}
