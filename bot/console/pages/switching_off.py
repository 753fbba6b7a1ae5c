"""停用账号: what it would mean for posts and followers, told before it is done."""

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.errors import Refusal
from bot.domain.ids import AccountId
from bot.domain.permissions import Permission
from bot.domain.posts.post import PostState
from bot.usecases.accounts.switch_off import switch_off
from bot.usecases.posts.hold_posts import STOPPABLE

MOST = 200


def ask_to_switch_off(visit: Visit) -> Response:
    """Which posts would be held, and what else ends."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    return _asked(visit)


def switch(visit: Visit) -> Response:
    """Switch it off; a refusal keeps the reason."""
    with visit.tools.storage.look() as uow:
        account = uow.accounts.get(AccountId(visit.named("account")))
    reason = visit.fields.get("reason", "")
    try:
        switch_off(account.name, reason=reason, actor=visit.actor, storage=visit.tools.storage)
    except Refusal as refusal:
        visit.actor.require(Permission.MANAGE_ACCOUNTS)
        return _asked(visit, refusal)
    return back_to(f"/accounts/{account.id}", done="off")


def _asked(visit: Visit, refusal: Refusal | None = None) -> Response:
    with visit.tools.storage.look() as uow:
        account = uow.accounts.get(AccountId(visit.named("account")))
    posts = visit.tools.overview.posts(
        account=account.id,
        states=(PostState.SCHEDULED,),
        delivery_states=sorted(STOPPABLE),
        limit=MOST,
    )
    return page(
        visit,
        "switch_off.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        account=account,
        posts=posts,
        most=MOST,
    )
