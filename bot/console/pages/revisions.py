"""以前的稿: what a post said before, what changed since, and taking it back."""

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.deeds import Standing, offered
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.errors import NotAllowed, NotFound, Refusal
from bot.domain.ids import PostId
from bot.domain.posts.differences import differences
from bot.usecases.posts.restore_revision import restore_revision
from bot.usecases.posts.take_back import can_be_taken_back


def show_revision(visit: Visit) -> Response:
    """One former draft beside the present one."""
    return _shown(visit)


def restore(visit: Visit) -> Response:
    """Make it the present one again."""
    try:
        post = restore_revision(
            PostId(visit.named("post")),
            number_of(visit.named("number")),
            content_hash=visit.fields.get("content_hash", ""),
            actor=visit.actor,
            tools=visit.tools.posts,
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to(f"/posts/{post.id}", done="restore")


def number_of(given: str) -> int:
    """The number of a revision in an address.

    Raises:
        NotFound: it is no number.
    """
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        raise NotFound("稿件的历次稿", given)
    return int(given)


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    with visit.tools.storage.look() as uow:
        post = uow.posts.get(PostId(visit.named("post")))
        account = uow.accounts.get(post.account)
        release = uow.releases.get(post.release)
        former = uow.revisions.get(post.id, number_of(visit.named("number")))
        deliveries = uow.deliveries.of_post(post.id)
    route = visit.tools.publishing.adapter(account).route(account)
    delivery = next((d for d in deliveries if d.revision == post.revision), None)
    standing = Standing(post, delivery, can_be_taken_back(deliveries, route))
    return page(
        visit,
        "revision.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        post=post,
        account=account,
        release_title=release.content.title,
        former=former,
        changes=differences(former.draft.content, post.draft.content),
        may_restore=any(deed.name == "compose" for deed in offered(standing, visit.actor)),
    )
