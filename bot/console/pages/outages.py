"""中断记录: after every outage, what was late, held or went out late, and what to do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.visit import Visit
from bot.console.words.states import ASKING, standing
from bot.domain.ids import OutageId
from bot.domain.permissions import Permission
from bot.domain.publishing.outage import Outage
from bot.ports.overview import OutageRow, TouchedPost
from bot.usecases.publishing.fates import Fate, fate_of
from bot.usecases.publishing.outages import settle_outage

DONE = {"settle": "已记下：这次中断的稿件都看过了"}


@dataclass(frozen=True)
class _Told:
    """One outage with its posts, what needs somebody first, and how many of each fate."""

    outage: Outage
    posts: Sequence[tuple[TouchedPost, Fate]]
    counts: Mapping[Fate, int]


def list_outages(visit: Visit) -> Response:
    """The newest outages."""
    return page(
        visit,
        "outages.html.j2",
        said=DONE.get(visit.asked("done"), ""),
        outages=[_told(row) for row in visit.tools.overview.outages()],
        may_settle=visit.may(Permission.RESOLVE_DELIVERY),
    )


def settle(visit: Visit) -> Response:
    """Somebody has looked through the list."""
    settle_outage(OutageId(visit.named("outage")), actor=visit.actor, storage=visit.tools.storage)
    return back_to("/outages", done="settle")


def _told(row: OutageRow) -> _Told:
    fates = [(touched, fate_of(touched)) for touched in row.posts]
    return _Told(row.outage, sorted(fates, key=_worst_first), Counter(fate for _, fate in fates))


def _worst_first(pair: tuple[TouchedPost, Fate]) -> int:
    post = pair[0].post
    tone = standing(post.state, post.delivery_state).tone
    return ASKING.index(tone) if tone in ASKING else len(ASKING)
