"""账号体检: every account against what the inspection of new media looks at (检查指标)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from bot.console.answering import page
from bot.console.visit import Visit
from bot.console.words.states import Tone, Word, silence_word
from bot.console.words.times import moment
from bot.domain.accounts.account import Account
from bot.domain.accounts.activity import VETO_DAYS, is_gap, last_day
from bot.domain.accounts.authorisation import asks_for_consent, life_in_words
from bot.domain.accounts.check import AccountCheck
from bot.domain.accounts.checklist import checklist_of, confirmed_by
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.calendar_overview import CalendarRow
from bot.ports.case_overview import CaseFilter
from bot.ports.overview import AccountRow

MOST_POSTS, MOST_CASES = 1000, 500
CHECK_AGES_AFTER = timedelta(days=31)
"""The registers of accounts are gone through once a month."""
_WELL = Tone.DONE


@dataclass(frozen=True)
class Indicator:
    """One thing the inspection looks at, how it stands, and what to do."""

    name: str
    word: Word
    told: str = ""


@dataclass(frozen=True)
class Patient:
    """An account and its indicators, those that ask for something first known by `worst`."""

    account: Account
    indicators: Sequence[Indicator]

    @property
    def worst(self) -> int:
        """How badly it stands, the worse the smaller."""
        order = (Tone.DANGER, Tone.ATTENTION)
        tones = {one.word.tone for one in self.indicators}
        return next((n for n, tone in enumerate(order) if tone in tones), len(order))


@dataclass(frozen=True)
class _Chart:
    row: AccountRow
    account: Account
    check: AccountCheck | None
    next_at: datetime | None
    overdue: int
    now: datetime


def show_health(visit: Visit) -> Response:
    """Every account that is in use, the worst first."""
    patients = [Patient(one.account, [look(one) for look in _LOOKS]) for one in _charts(visit)]
    patients.sort(key=lambda one: (one.worst, one.account.name))
    return page(visit, "health.html.j2", patients=patients)


def _charts(visit: Visit) -> Sequence[_Chart]:
    now, overview = visit.tools.clock.now(), visit.tools.overview
    until = now + timedelta(days=VETO_DAYS)
    planned: dict[str, datetime] = {}
    for post in overview.calendar(since=now, until=until, limit=MOST_POSTS):
        if _will_come(post):
            planned.setdefault(post.account_id, post.due_at)
    overdue = _overdue(visit, now)
    rows = [row for row in overview.accounts() if row.enabled]
    with visit.tools.storage.look() as uow:
        checks = uow.accounts.last_checks()
        known = {str(one.id): (one, checks.get(one.id)) for one in uow.accounts.all()}
    return [
        _Chart(row, *known[row.id], planned.get(row.id), overdue.get(row.id, 0), now)
        for row in rows
    ]


def _will_come(post: CalendarRow) -> bool:
    """Whether it goes out by itself: scheduled, and nothing holds it."""
    is_stuck = post.delivery_state == DeliveryState.HELD
    return post.state == PostState.SCHEDULED and post.accepted_at is None and not is_stuck


def _overdue(visit: Visit, now: datetime) -> Mapping[str, int]:
    late: dict[str, int] = {}
    wanted = CaseFilter(due_before=now, running=True)
    for case in visit.tools.overview.cases(wanted, limit=MOST_CASES):
        if case.account_id:
            late[case.account_id] = late.get(case.account_id, 0) + 1
    return late


def _updates(chart: _Chart) -> Indicator:
    name, last = "内容更新", chart.row.last_published_at
    if last is None:
        return Indicator(name, Word("还没有发布过", Tone.ATTENTION), "从第一篇起计两周")
    word = silence_word(last, chart.now) or Word("两周内有更新", _WELL)
    if chart.next_at is None:
        told = f"往后没有安排稿件，最晚 {moment(last_day(last), chart.now)} 前要有一篇"
    elif is_gap(last, chart.next_at):
        told = f"下一篇 {moment(chart.next_at, chart.now)}，中间超过两周"
    else:
        return Indicator(name, word, f"下一篇 {moment(chart.next_at, chart.now)}")
    return Indicator(name, Word("更新有缺口", Tone.ATTENTION) if word.tone is _WELL else word, told)


def _replies(chart: _Chart) -> Indicator:
    name = "互动回应"
    if chart.overdue:
        return Indicator(name, Word(f"{chart.overdue} 件超期", Tone.DANGER), "请催办或先行答复")
    if not chart.row.collects:
        told = "评论和 @ 提到没有收取，只能到平台上看"
        return Indicator(name, Word("没有收取", Tone.ATTENTION), told)
    return Indicator(name, Word("没有超期", _WELL), "收到的留言都在期限内")


def _safety(chart: _Chart) -> Indicator:
    if chart.row.held:
        told = "发布前检查、平台审查或草稿核对拦下的稿件"
        return Indicator("内容安全", Word(f"{chart.row.held} 篇停下", Tone.ATTENTION), told)
    told = "每篇发布前检查国名、机构名、个人信息、涉密标志和广告"
    return Indicator("内容安全", Word("没有停下的稿件", _WELL), told)


def _usable(chart: _Chart) -> Indicator:
    name, row = "账号可用", chart.row
    if row.trouble:
        return Indicator(name, Word("不能使用", Tone.DANGER), row.trouble)
    if row.stopped:
        return Indicator(name, Word("已停发", Tone.DANGER), "停发期间不算更新")
    ends = row.token_expires_at
    if ends and asks_for_consent(row.platform, ends, chart.now):
        return Indicator(name, Word("授权将到期", Tone.ATTENTION), life_in_words(ends, chart.now))
    return Indicator(name, Word("正常", _WELL))


def _register(chart: _Chart) -> Indicator:
    name, check = "权限和登记", chart.check
    if check is None:
        return Indicator(name, Word("没有检查过", Tone.ATTENTION), "请在账号页到平台检查一次")
    if not check.passed:
        told = check.faults[0].what
        return Indicator(name, Word(f"{len(check.faults)} 项要处理", Tone.DANGER), told)
    open_ = [i for i in checklist_of(chart.account) if not confirmed_by(chart.account, i)]
    if open_:
        return Indicator(name, Word(f"{len(open_)} 项没有核对", Tone.ATTENTION), open_[0].sentence)
    when = f"{moment(check.at, chart.now)} 检查"
    if chart.now - check.at > CHECK_AGES_AFTER:
        return Indicator(name, Word("超过一个月没有检查", Tone.ATTENTION), when)
    return Indicator(name, Word("正常", _WELL), when)


_LOOKS: Sequence[Callable[[_Chart], Indicator]] = (
    _updates,
    _replies,
    _safety,
    _usable,
    _register,
)
