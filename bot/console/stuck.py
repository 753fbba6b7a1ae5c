"""Posts that wait for somebody: cause, next step, who, and what can be done, with consequences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.console.deeds import Deed, Standing, offered
from bot.console.trouble import Trouble, trouble_of
from bot.console.visit import Visit
from bot.console.words.states import ASKING, Word, standing
from bot.domain.ids import PostId
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.doubt import is_doubtful
from bot.ports.overview import PostRow
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.take_back import can_be_taken_back

SHOWN_DEEDS = ("retry", "adopt", "resume", "return", "schedule", "cancel")
"""What helps a post that is stuck; everything else is on its own page."""
_BY_WHOM = "编辑、审批"
_NEXT_STEPS = {
    DeliveryState.UNKNOWN: "系统正在到平台核实；急着知道可以自己到平台看，再登记结果",
    DeliveryState.AWAITING_PERSON: "到平台后台点“发布”，或在那里已经发布的登记链接",
}
_PAUSED = "确认可以发布就恢复；不发了就取消"
_DOUBTFUL = "到平台上看有没有这篇稿件，再登记“已经发出”或“没有发出”"
_CHOOSE = "看过原因，再从下面选一项"


@dataclass(frozen=True)
class Stuck:
    """One post that waits for somebody, as a list shows it. `doubtful`: it may be public, and
    what we tried is compared with what the platform shows."""

    row: PostRow
    word: Word
    trouble: Trouble
    deeds: Sequence[Deed]
    doubtful: bool


def stuck_posts(visit: Visit, rows: Sequence[PostRow]) -> Sequence[Stuck]:
    """Those of `rows` that ask somebody to act about a failure or a hold."""
    with visit.tools.storage.look() as uow:
        found = [_stuck(visit, uow, row) for row in rows if _asks(row)]
    return [one for one in found if one is not None]


def _asks(row: PostRow) -> bool:
    is_up = row.state in {PostState.SCHEDULED, PostState.HELD}
    return is_up and standing(row.state, row.delivery_state).tone in ASKING


def _stuck(visit: Visit, uow: UnitOfWork, row: PostRow) -> Stuck | None:
    post = uow.posts.get(PostId(row.id))
    account = uow.accounts.get(post.account)
    route = visit.tools.publishing.adapter(account).route(account)
    deliveries = uow.deliveries.of_post(post.id)
    mine = next((one for one in deliveries if one.revision == post.revision), None)
    doubtful = mine is not None and is_doubtful(mine, route)
    told = trouble_of(mine, row.hold_reason) or _waiting(row)
    deeds = offered(Standing(post, mine, can_be_taken_back(deliveries, route)), visit.actor)
    return Stuck(
        row=row,
        word=standing(row.state, row.delivery_state),
        trouble=replace(
            told,
            cause="" if told.cause == told.happened else told.cause,
            next_step=told.next_step or _next_step(row, doubtful=doubtful),
            who=told.who or _BY_WHOM,
        ),
        deeds=[deed for deed in deeds if deed.name in SHOWN_DEEDS and not doubtful],
        doubtful=doubtful,
    )


def _waiting(row: PostRow) -> Trouble:
    if row.delivery_state == DeliveryState.AWAITING_PERSON and row.state == PostState.SCHEDULED:
        return Trouble("草稿已存入平台，等人在平台后台发布")
    return Trouble("稿件停在这里，到时间不会发出")


def _next_step(row: PostRow, *, doubtful: bool) -> str:
    if row.state == PostState.HELD:
        return _PAUSED
    if doubtful and row.delivery_state == DeliveryState.HELD:
        return _DOUBTFUL
    return _NEXT_STEPS.get(DeliveryState(row.delivery_state or ""), _CHOOSE)
