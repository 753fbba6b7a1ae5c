"""Draw an invented policy with a template, as an account would send it: nothing is stored of it."""

from bot.domain.accounts.account import Account
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AccountId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.post import PostKind
from bot.domain.posts.sample import KINDS, sample_release
from bot.usecases.posts.tools import PostTools


def show_sample(
    account_id: AccountId, kind: PostKind, template: str, *, actor: Actor, tools: PostTools
) -> tuple[Account, DraftContent]:
    """The account and the sample.

    Raises:
        NotAllowed: the actor may not read.
        NotFound: there is no such account.
        InvalidInput: the account's platform has no such template for this kind.
    """
    actor.require(Permission.READ)
    with tools.storage.look() as uow:
        account, now = uow.accounts.get(account_id), uow.now()
    if kind not in KINDS or template not in tools.renderer.templates(account.platform, kind):
        raise InvalidInput([Problem("template", "这个平台的这种稿件没有这个模板")])
    rendered = tools.renderer.render(
        sample_release(now),
        account,
        kind=kind,
        template=template,
        limits=tools.adapters[account.platform].limits(account),
        may_cut_titles=True,
    )
    return account, rendered.content
