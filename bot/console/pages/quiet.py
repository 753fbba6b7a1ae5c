"""静默期: declaring one, what each keeps, and ending it."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.states import Tone, Word
from bot.console.words.times import from_input
from bot.domain.errors import InvalidInput, Problem, Refusal
from bot.domain.ids import QuietPeriodId
from bot.domain.permissions import Permission
from bot.domain.publishing.quiet import AtEnd, QuietPeriod
from bot.ports.overview import PostRow
from bot.usecases.publishing.keep_quiet import QuietWish, declare_quiet, end_quiet

EVERYTHING = "*"
DONE = {
    "declare": "静默期已安排，期间只发布应急稿件，其余的都保留着",
    "end": "静默期已结束，保留的稿件按当时的选择处理",
}


@dataclass(frozen=True)
class _Line:
    period: QuietPeriod
    account: str
    word: Word
    kept: list[PostRow]


def show_quiet(visit: Visit) -> Response:
    """The periods, and the form for another."""
    return _shown(visit)


def declare(visit: Visit) -> Response:
    """A new period; a refusal keeps what was written."""
    visit.actor.require(Permission.STOP)
    try:
        declare_quiet(
            _wish(visit), actor=visit.actor, storage=visit.tools.storage, ids=visit.tools.ids
        )
    except InvalidInput as refusal:
        return _shown(visit, refusal)
    return back_to("/quiet", done="declare")


def end(visit: Visit) -> Response:
    """End one now."""
    end_quiet(QuietPeriodId(visit.named("period")), actor=visit.actor, storage=visit.tools.storage)
    return back_to("/quiet", done="end")


def _wish(visit: Visit) -> QuietWish:
    chosen = visit.fields.get("account", EVERYTHING)
    return QuietWish(
        account_name=None if chosen == EVERYTHING else chosen,
        since=_moment(visit, "since"),
        until=_moment(visit, "until"),
        reason=visit.fields.get("reason", ""),
        at_end=AtEnd.PUBLISH if visit.fields.get("at_end") == AtEnd.PUBLISH else AtEnd.HOLD,
    )


def _moment(visit: Visit, name: str) -> datetime:
    try:
        return from_input(visit.fields.get(name, ""))
    except InvalidInput as fault:
        message = "请选择开始时间" if name == "since" else "请选择结束时间"
        raise InvalidInput([Problem(name, message)]) from fault


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    return page(
        visit,
        "quiet.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said="" if refusal else DONE.get(visit.asked("done"), ""),
        lines=_lines(visit),
        accounts=[one for one in visit.tools.overview.accounts() if one.enabled],
        may_declare=visit.may(Permission.STOP),
    )


def _lines(visit: Visit) -> list[_Line]:
    now = visit.tools.clock.now()
    with visit.tools.storage.look() as uow:
        periods = uow.quiet_periods.newest()
        names = {account.id: account.name for account in uow.accounts.all()}
    return [
        _Line(
            period,
            names[period.account] if period.account else "全部账号",
            _word(period, is_now=period.covers(now), is_over=period.until <= now),
            list(visit.tools.overview.kept(period)),
        )
        for period in periods
    ]


def _word(period: QuietPeriod, *, is_now: bool, is_over: bool) -> Word:
    if is_now:
        return Word("静默中", Tone.ATTENTION)
    if is_over:
        return Word("提前结束" if period.ended_by else "已结束", Tone.QUIET)
    return Word("已安排", Tone.MOVING)
