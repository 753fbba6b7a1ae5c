"""模板样张: every template of an account with a live sample, in its own sandboxed frame."""

from starlette.responses import HTMLResponse, Response

from bot.console.answering import page
from bot.console.security import PREVIEW_POLICY
from bot.console.visit import Visit
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId
from bot.domain.posts.post import PostKind
from bot.domain.posts.rules import DEFAULT_TEMPLATE
from bot.domain.posts.sample import KINDS
from bot.usecases.posts.show_sample import show_sample


def show_gallery(visit: Visit) -> Response:
    """The kinds and templates of the account's platform; one of them is shown."""
    with visit.tools.storage.look() as uow:
        account = uow.accounts.get(AccountId(visit.named("account")))
    renderer = visit.tools.posts.renderer
    kinds = {kind: renderer.templates(account.platform, kind) for kind in KINDS}
    kind = _kind(visit.asked("kind"))
    asked = visit.asked("template")
    return page(
        visit,
        "gallery.html.j2",
        account=account,
        kinds=kinds,
        kind=kind,
        chosen=asked if asked in kinds[kind] else DEFAULT_TEMPLATE,
    )


def show_sample_frame(visit: Visit) -> Response:
    """The sample as a page of its own; its headers forbid everything."""
    account, content = show_sample(
        AccountId(visit.named("account")),
        _kind_named(visit.named("kind")),
        visit.named("template"),
        actor=visit.actor,
        tools=visit.tools.posts,
    )
    drawn = visit.tools.preview(content, account.platform)
    return HTMLResponse(drawn, headers={"content-security-policy": PREVIEW_POLICY})


def _kind(given: str) -> PostKind:
    return PostKind(given) if given in KINDS else PostKind.BUNDLE


def _kind_named(given: str) -> PostKind:
    if given not in list(PostKind):
        raise NotFound("稿件种类", given)
    return PostKind(given)
