"""我的通知: what one person is told of, and how they wish to be told outside of the console."""

from datetime import time

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.names import NAMES
from bot.domain.accounts.account import QuietHours
from bot.domain.errors import InvalidInput, Problem, Refusal
from bot.domain.notices.channel import ChannelKind
from bot.domain.notices.personal import KEPT, PERSONAL_MANNERS, PersonalKind, Wishes
from bot.usecases.notices.own_notices import (
    MOST,
    mark_read,
    see_own_notices,
    set_wishes,
    wishes_of,
)

_SAID = {"read": "已全部标为已读", "wishes": "已保存，从下一条通知起生效"}
_KIND_FIELD = "kind-"


def show_mine(visit: Visit) -> Response:
    """The newest first, what is unread marked."""
    return page(
        visit,
        "my_notices.html.j2",
        said=_SAID.get(visit.asked("done"), ""),
        mine=see_own_notices(visit.actor, visit.tools.storage),
        most=MOST,
        kept_days=KEPT.days,
    )


def read_all(visit: Visit) -> Response:
    """They have seen them all."""
    mark_read(visit.actor, visit.tools.storage)
    return back_to("/my/notices", done="read")


def read_one(visit: Visit) -> Response:
    """They have seen this one."""
    mark_read(visit.actor, visit.tools.storage, notice=visit.named("notice"))
    return back_to("/my/notices")


def show_wishes(visit: Visit) -> Response:
    """Which kinds also go out, through what, and when not."""
    return _wishing(visit)


def wish(visit: Visit) -> Response:
    """Keep what was chosen; a refusal keeps the form."""
    try:
        set_wishes(_wished(visit), actor=visit.actor, storage=visit.tools.storage)
    except Refusal as refusal:
        return _wishing(visit, refusal)
    return back_to("/my/notices/wishes", done="wishes")


def _wishing(visit: Visit, refusal: Refusal | None = None) -> Response:
    wishes, channels = wishes_of(visit.actor, visit.tools.storage)
    written = visit.fields if refusal else _fields_of(wishes)
    return page(
        visit,
        "my_wishes.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else _SAID.get(visit.asked("done"), ""),
        written=written,
        channels=channels,
        channel_names=NAMES[ChannelKind],
        manners=PERSONAL_MANNERS,
    )


def _fields_of(wishes: Wishes) -> dict[str, str]:
    quiet = wishes.quiet
    return {
        "channel": wishes.channel,
        "address": wishes.address,
        "quiet_start": f"{quiet.start:%H:%M}" if quiet else "",
        "quiet_end": f"{quiet.end:%H:%M}" if quiet else "",
        **{f"{_KIND_FIELD}{kind}": "1" for kind in wishes.kinds},
    }


def _wished(visit: Visit) -> Wishes:
    chosen = (kind for kind in PersonalKind if visit.fields.get(f"{_KIND_FIELD}{kind}"))
    return Wishes(
        login=visit.user.login,
        kinds=frozenset(chosen),
        channel=visit.fields.get("channel", ""),
        address=visit.fields.get("address", "").strip(),
        quiet=_quiet(visit.fields.get("quiet_start", ""), visit.fields.get("quiet_end", "")),
    )


def _quiet(start: str, end: str) -> QuietHours | None:
    if not start and not end:
        return None
    try:
        return QuietHours(time.fromisoformat(start), time.fromisoformat(end))
    except ValueError:
        words = "免打扰时段要写起止两个时刻，例如 21:00 和 07:30；不用就都留空"
        raise InvalidInput([Problem("quiet_start", words)]) from None
