"""稿件: one post as its readers will see it, its findings, and what can be done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.responses import HTMLResponse, Response

from bot.console.answering import back_to, page
from bot.console.composing.wording import marks_of
from bot.console.corrections import Replaced, replaced_posts
from bot.console.deeds import DEEDS, Deed, Standing, offered
from bot.console.doing import Refused, carry_out
from bot.console.figures import figures_of
from bot.console.findings import findings_of
from bot.console.going import going_of
from bot.console.pages.revisions import number_of
from bot.console.refusals import Fault, faults_of, status_of
from bot.console.review.record import record_of
from bot.console.security import PREVIEW_POLICY
from bot.console.story import Event, of_delivery
from bot.console.titles import TitleForm, title_field, title_forms
from bot.console.trouble import trouble_of
from bot.console.visit import Visit
from bot.console.words.states import standing
from bot.console.words.times import from_input
from bot.domain.accounts.account import Account
from bot.domain.ids import PostId
from bot.domain.posts.differences import Difference, differences
from bot.domain.posts.draft import title_of
from bot.domain.posts.post import Post
from bot.domain.posts.review_log import ReviewEntry
from bot.domain.posts.revision import Revision
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.doubt import is_doubtful
from bot.domain.publishing.route import Route
from bot.domain.releases.release import Release
from bot.ports.rendering import Sight
from bot.usecases.posts.hold_post import cancel_post, hold_post, resume_post
from bot.usecases.posts.justify_finding import justify_finding
from bot.usecases.posts.retitle_post import retitle_post
from bot.usecases.posts.review_post import approve_post, return_post, submit_post
from bot.usecases.posts.schedule_post import schedule_post
from bot.usecases.posts.take_back import can_be_taken_back
from bot.usecases.publishing.resolve_delivery import adopt_delivery, retry_delivery

_SAID = {
    "justify": "说明已记下，审核人会在检查结果里看到",
    "undo": "已撤销，什么都没有发出；稿件回到“已通过”",
    "undo-some": "已撤销还没开始发送的稿件；其余的已经在发，请看各账号的最新情况",
    "restore": "已恢复为以前的一稿，成为新一稿草稿；请核对预览后提交审核",
}

MOST_OF_A_RELEASE = 200


@dataclass(frozen=True)
class _Found:
    post: Post
    account: Account
    release: Release
    deliveries: Sequence[Delivery]
    approved: Revision | None
    revisions: Sequence[Revision]
    log: Sequence[ReviewEntry]

    @property
    def delivery(self) -> Delivery | None:
        """Of the present revision; those of former ones are only history."""
        return next((d for d in self.deliveries if d.revision == self.post.revision), None)


def show_post(visit: Visit) -> Response:
    """The preview first, then findings, actions, and who approved which content."""
    return _shown(visit)


def show_preview(visit: Visit) -> Response:
    """The draft as a page of its own, for the sandboxed frame; its headers forbid everything."""
    found = _find(visit)
    draft = found.post.draft
    if former := visit.asked("revision"):
        with visit.tools.storage.look() as uow:
            draft = uow.revisions.get(found.post.id, number_of(former)).draft
    sight = Sight(
        shown=visit.asked("shown") or "all",
        shade=visit.asked("shade"),
        marked=marks_of(draft) if visit.asked("marked") else (),
        account=found.account.name,
    )
    platform = found.account.platform
    drawn = visit.tools.preview_post(found.post, draft.content, platform, sight)
    return HTMLResponse(drawn, headers={"content-security-policy": PREVIEW_POLICY})


def do_deed(visit: Visit) -> Response:
    """Carry out one deed; a refusal shows the page again with what was written."""
    post = PostId(visit.named("post"))
    return carry_out(
        visit, post, _DOING, again=_shown, then=lambda done, _: back_to(f"/posts/{post}", done=done)
    )


def _shown(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    found = _find(visit)
    post, delivery = found.post, found.delivery
    done = visit.asked("done")
    titles = _titles(visit, found, tried)
    leads = {v.message: title_field(v, titles) for v in post.draft.violations}
    deeds, going = offered(_standing(visit, found), visit.actor), going_of(visit, post.id)
    return page(
        visit,
        "post.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=_faults(visit, refusal, leads),
        tried=tried,
        said=DEEDS[done].done if done in DEEDS else _SAID.get(done, ""),
        post=post,
        account=found.account,
        record=record_of(post, found.log, visit.names),
        release=found.release,
        delivery=delivery,
        title=title_of(post.draft.content),
        word=standing(post.state, delivery.state if delivery else None),
        going=going,
        may_publish_now=_has_a_time_to_give(deeds) and not (going and going.may_undo),
        may_compose=any(deed.name == "compose" for deed in deeds),
        approved=found.approved,
        changes=_changes(found),
        revisions=[each for each in found.revisions if each.number < post.revision],
        deeds=[deed for deed in deeds if deed.name not in {"retitle", "compose"}],
        findings=findings_of(post, visit.actor),
        retitle=next((deed for deed in deeds if deed.name == "retitle"), None),
        titles=titles,
        leads=leads,
        events=_events(visit, found),
        replaced=_replaced(visit, found),
        comments=visit.tools.overview.comments_of(post.id),
        doubtful=delivery is not None and is_doubtful(delivery, _route(visit, found)),
        figures=figures_of(post.id, visit.tools.overview),
        trouble=trouble_of(
            delivery, (delivery.hold_reason if delivery else "") or post.hold_reason
        ),
    )


def _has_a_time_to_give(deeds: Sequence[Deed]) -> bool:
    """Whoever may give the post a time now may also let it go out at once."""
    return any(deed.name == "schedule" for deed in deeds)


def _changes(found: _Found) -> Sequence[Difference]:
    """What is different from the words that were approved last, while these are not."""
    if found.approved is None or found.post.is_approved_as_is:
        return ()
    return differences(found.approved.draft.content, found.post.draft.content)


def _find(visit: Visit) -> _Found:
    with visit.tools.storage.look() as uow:
        post = uow.posts.get(PostId(visit.named("post")))
        deliveries = uow.deliveries.of_post(post.id)
        return _Found(
            post=post,
            account=uow.accounts.get(post.account),
            release=uow.releases.get(post.release),
            deliveries=sorted(deliveries, key=lambda d: d.revision),
            approved=uow.revisions.last_approved(post.id),
            revisions=uow.revisions.of_post(post.id),
            log=uow.reviews.of_post(post.id),
        )


def _standing(visit: Visit, found: _Found) -> Standing:
    can_return = can_be_taken_back(found.deliveries, _route(visit, found))
    return Standing(found.post, found.delivery, can_return)


def _route(visit: Visit, found: _Found) -> Route:
    return visit.tools.publishing.adapter(found.account).route(found.account)


def _titles(visit: Visit, found: _Found, tried: str) -> Sequence[TitleForm]:
    adapter = visit.tools.publishing.adapter(found.account)
    return title_forms(
        found.post.draft.content,
        most=adapter.limits(found.account).title,
        tried=visit.fields.get("article", "") if tried == "retitle" else "",
        written=visit.fields.get("title", ""),
    )


def _faults(visit: Visit, refusal: Refused | None, leads: Mapping[str, str]) -> Sequence[Fault]:
    """What was refused; a line about a title leads to the title it speaks of."""
    if refusal is None:
        return ()
    leads = {**leads}
    if visit.fields.get("article"):
        leads["title"] = f"title-{visit.fields['article']}"
    if visit.fields.get("finding"):
        leads["reason"] = f"finding-{visit.fields['finding']}"
    return [
        replace(fault, field=leads.get(fault.message) or leads.get(fault.field) or fault.field)
        for fault in faults_of(refusal)
    ]


def _events(visit: Visit, found: _Found) -> Sequence[Event]:
    route = _route(visit, found)
    told = (of_delivery(each, route, found.account.name) for each in found.deliveries)
    return [event for events in told for event in events]


def _replaced(visit: Visit, found: _Found) -> Replaced | None:
    """The correction that took its place."""
    with visit.tools.storage.look() as uow:
        newest = uow.releases.get(found.post.release)
    if newest.version == 1:
        return None
    rows = visit.tools.overview.posts(release=newest.id, limit=MOST_OF_A_RELEASE)
    return replaced_posts(visit, newest, rows).get(found.post.id)


def _reason(visit: Visit) -> str:
    return visit.fields.get("reason", "").strip()


def _approve(visit: Visit, post: PostId) -> None:
    shown = visit.fields.get("content_hash", "")
    approve_post(post, content_hash=shown, actor=visit.actor, storage=visit.tools.storage)


def _schedule(visit: Visit, post: PostId) -> None:
    schedule_post(
        post,
        at=from_input(visit.fields.get("at", "")),
        actor=visit.actor,
        storage=visit.tools.storage,
        ids=visit.tools.ids,
    )


def _submit(visit: Visit, post: PostId) -> None:
    submit_post(post, actor=visit.actor, storage=visit.tools.storage)


def _return(visit: Visit, post: PostId) -> None:
    return_post(post, reason=_reason(visit), actor=visit.actor, tools=visit.tools.posts)


def _retitle(visit: Visit, post: PostId) -> None:
    retitle_post(
        post,
        "".join(visit.fields.get("title", "").splitlines()),
        article=_number(visit, "article"),
        actor=visit.actor,
        tools=visit.tools.posts,
    )


def _justify(visit: Visit, post: PostId) -> None:
    justify_finding(
        post,
        _number(visit, "finding"),
        reason=_reason(visit),
        content_hash=visit.fields.get("content_hash", ""),
        actor=visit.actor,
        storage=visit.tools.storage,
    )


def _number(visit: Visit, field: str) -> int:
    """The number a form names; -1 for what is none."""
    given = visit.fields.get(field, "")
    return int(given) if given.isascii() and given.isdigit() else -1


def _hold(visit: Visit, post: PostId) -> None:
    hold_post(post, reason=_reason(visit), actor=visit.actor, storage=visit.tools.storage)


def _resume(visit: Visit, post: PostId) -> None:
    resume_post(post, actor=visit.actor, storage=visit.tools.storage)


def _cancel(visit: Visit, post: PostId) -> None:
    cancel_post(post, reason=_reason(visit), actor=visit.actor, storage=visit.tools.storage)


def _retry(visit: Visit, post: PostId) -> None:
    retry_delivery(post, actor=visit.actor, tools=visit.tools.publishing)


def _adopt(visit: Visit, post: PostId) -> None:
    url = visit.fields.get("url", "").strip()
    adopt_delivery(post, url, actor=visit.actor, tools=visit.tools.publishing)


_DOING: Mapping[str, Callable[[Visit, PostId], None]] = {
    "submit": _submit,
    "approve": _approve,
    "return": _return,
    "retitle": _retitle,
    "justify": _justify,
    "schedule": _schedule,
    "hold": _hold,
    "resume": _resume,
    "cancel": _cancel,
    "retry": _retry,
    "adopt": _adopt,
}
