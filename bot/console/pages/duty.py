"""值守: what the officer on duty looks at first, one line each with where to act."""

from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answering import page
from bot.console.pages.doubts import doubtful_posts
from bot.console.pages.failures import FAILED, failed_posts
from bot.console.visit import Visit
from bot.console.words.states import Tone, Word
from bot.domain.publishing.quiet import kept_until
from bot.domain.releases.fast_lane import clocks_of, next_overdue

MOST = 20


@dataclass(frozen=True)
class DutyLine:
    """One line: what it is about, how it stands, where to act."""

    title: str
    address: str
    word: Word
    told: str


def show_duty(visit: Visit) -> Response:
    """Stop, silence, unknown outcomes, outages, emergencies."""
    says = (_stop, _quiet, _failures, _doubts, _outages, _emergencies)
    lines = [say(visit) for say in says]
    return page(visit, "duty.html.j2", lines=lines)


def _stop(visit: Visit) -> DutyLine:
    with visit.tools.storage.look() as uow:
        why = uow.stops.why_stopped()
        stopped = [account.name for account in uow.accounts.all() if account.stopped]
    if why is not None:
        return DutyLine("紧急停发", "/stop", Word("全部停发", Tone.DANGER), why[1] or "没有写原因")
    if stopped:
        told = "、".join(stopped)
        return DutyLine("紧急停发", "/accounts", Word("部分停发", Tone.DANGER), told)
    return DutyLine("紧急停发", "/stop", Word("没有停发", Tone.DONE), "发错稿件、账号异常时使用")


def _quiet(visit: Visit) -> DutyLine:
    now = visit.tools.clock.now()
    with visit.tools.storage.look() as uow:
        periods = uow.quiet_periods.newest(limit=MOST)
    current = kept_until(periods, now)
    if current is not None:
        return DutyLine("静默期", "/quiet", Word("静默中", Tone.ATTENTION), current.reason)
    ahead = [period for period in periods if period.since > now]
    if ahead:
        return DutyLine("静默期", "/quiet", Word("已安排", Tone.MOVING), ahead[-1].reason)
    return DutyLine(
        "静默期", "/quiet", Word("没有静默", Tone.DONE), "哀悼日等需要停止日常发布时使用"
    )


def _failures(visit: Visit) -> DutyLine:
    count = len(failed_posts(visit, FAILED, "", limit=MOST + 1))
    told = f"{count} 篇" if count <= MOST else f"{MOST} 篇以上"
    word = Word(told, Tone.DANGER) if count else Word("没有", Tone.DONE)
    return DutyLine("出错", "/failures", word, "没有发出、等人处理的稿件：原因、下一步和由谁处理")


def _doubts(visit: Visit) -> DutyLine:
    count = len(doubtful_posts(visit))
    word = Word(f"{count} 篇待核实", Tone.DANGER) if count else Word("没有", Tone.DONE)
    return DutyLine("结果未知", "/doubts", word, "不能确定是否已经发出的稿件，由人看过再决定")


def _outages(visit: Visit) -> DutyLine:
    rows = visit.tools.overview.outages(limit=MOST)
    open_ = [row for row in rows if row.posts and row.outage.settled_by is None]
    word = Word(f"{len(open_)} 次待查看", Tone.ATTENTION) if open_ else Word("没有", Tone.DONE)
    return DutyLine("中断记录", "/outages", word, "系统停过的时间，以及那时应发的稿件")


def _emergencies(visit: Visit) -> DutyLine:
    now, overdue, open_ = visit.tools.clock.now(), 0, 0
    with visit.tools.storage.look() as uow:
        for release in uow.releases.emergencies(limit=MOST):
            clocks = clocks_of(release, uow.posts.of_release(release.id))
            overdue += next_overdue(clocks, now) is not None
            open_ += release.released_at is None
    word = Word("没有", Tone.DONE)
    if open_:
        word = Word(f"{open_} 件在办", Tone.ATTENTION)
    if overdue:
        word = Word(f"{overdue} 件超时", Tone.DANGER)
    return DutyLine("应急通道", "/emergency", word, "突发事件信息，两个人看过立即发布")
