"""A person has the platform asked again what became of a doubtful post. Looking never sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.account import AccountAccess
from bot.domain.errors import IllegalMove, PlatformError
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.doubt import DeskLook, Seen, is_doubtful, look_entry
from bot.domain.publishing.journal import Act, Outcome, finished_well
from bot.domain.publishing.route import Step
from bot.ports.newsstand import ShownPost
from bot.ports.platform import StepOrder
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.sign_off import sign_off
from bot.usecases.publishing.resolve_delivery import newest_delivery
from bot.usecases.publishing.tools import DoubtTools


@dataclass(frozen=True)
class _Question:
    delivery: Delivery
    step: Step | None
    order: StepOrder
    access: AccountAccess
    now: datetime


def look_again(post_id: PostId, *, actor: Actor, tools: DoubtTools) -> DeskLook:
    """Search for the post and read the account's newest ones; both are written into its journal.
    What cannot be read is said in the look, which spends calls of the day's budget.

    Raises:
        NotAllowed, NotFound.
        IllegalMove: there is no doubt about it.
    """
    actor.require(Permission.RESOLVE_DELIVERY)
    with tools.publishing.storage.begin() as uow:
        asked = _question(uow, post_id, tools)
        uow.audit.write(
            actor=actor.name,
            action="delivery.looked_for",
            object_kind="delivery",
            object_id=asked.delivery.id,
        )
        uow.commit()
    look = _looked(asked, tools)
    with tools.publishing.storage.begin() as uow:
        uow.deliveries.append_evidence(asked.delivery.id, look_entry(look))
        uow.commit()
    return look


def _question(uow: UnitOfWork, post_id: PostId, tools: DoubtTools) -> _Question:
    delivery, post = newest_delivery(uow, post_id), uow.posts.get(post_id)
    account = uow.accounts.get(delivery.account)
    route = tools.publishing.adapter(account).route(account)
    if not is_doubtful(delivery, route):
        raise IllegalMove("投递", now=delivery.state.value, wanted="到平台查看")
    access = tools.publishing.access(uow, account)
    step = route.accepting
    calls = [e for e in delivery.journal.of(step.name) if e.act is Act.CALL] if step else []
    order = StepOrder(
        access=access,
        delivery_id=delivery.id,
        content=sign_off(uow, post, post.draft.content),
        evidence=delivery.journal.evidence,
        started_at=calls[-1].started_at if calls else delivery.due_at,
        unsure=True,
    )
    is_open = step and calls and finished_well(delivery.journal.of(step.name)) is None
    return _Question(delivery, step if is_open else None, order, access, uow.now())


def _looked(asked: _Question, tools: DoubtTools) -> DeskLook:
    outcome, found, said = Outcome.UNCLEAR, None, []
    account = asked.access.account
    try:
        if asked.step is not None:
            result = tools.publishing.adapter(account).look_for(asked.step, asked.order)
            outcome = result.outcome
            found = _ours(result.evidence) if outcome is Outcome.FOUND else None
    except PlatformError as error:
        said.append(f"没有查成：{error.explanation.cause}。{error.explanation.next_step}")
    newest: tuple[Seen, ...] = ()
    try:
        newest = tuple(map(_seen, tools.newsstands[account.platform].newest(asked.access)))
    except PlatformError as error:
        said.append(f"读不到账号最近的发布：{error.explanation.cause}")
    return DeskLook(asked.now, outcome, found, newest, "；".join(said))


def _ours(evidence: Mapping[str, str]) -> Seen:
    urls = [url for url in evidence.get("urls", "").split("\n") if url]
    return Seen("", urls[-1] if urls else "", None, evidence)


def _seen(shown: ShownPost) -> Seen:
    return Seen(shown.text, shown.url, shown.published_at, shown.evidence)
