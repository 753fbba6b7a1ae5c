"""监测规则: what is looked out for in what followers write, seen, tried on the past, and set."""

from collections.abc import Mapping

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.rule_forms import (
    is_confirmed,
    lines_in,
    number_in,
    sent_again,
    version_seen,
)
from bot.console.visit import Visit
from bot.domain.cases.department import Department
from bot.domain.errors import InvalidInput, Refusal
from bot.domain.ids import DepartmentId
from bot.domain.permissions import Permission
from bot.domain.topics.rules import WatchedSource, WatchRules, watch_faults
from bot.usecases.cases.set_case_rules import stored_rules
from bot.usecases.topics.set_watch_rules import set_watch_rules
from bot.usecases.topics.try_rules import Tried, try_rules

ADDRESS = "/topics/rules"
DONE = {"set": "已保存，从现在起按新规则监测"}
NUMBERS = {
    "hour_from": ("两小时内至少几人", "少于这个数，增长再快也不预警"),
    "day_from": ("一天内至少几人", ""),
    "grave_from": ("严重词至少几人", "点名本单位的，一个人就预警"),
    "statement_from": ("几人起草拟回应口径", "从已发布的政策里摘录"),
    "major_from": ("几人起建议“重大”", ""),
    "very_grave_from": ("几人起建议“特别重大”", ""),
}
BETWEEN = "|"


def show_rules(visit: Visit) -> Response:
    """Those in force, in a form for who may set them."""
    rules, departments = _in_force(visit)
    return _shown(visit, rules, departments, written=_written(rules))


def set_rules(visit: Visit) -> Response:
    """First tried on the newest replies; in force once somebody has seen that."""
    visit.actor.require(Permission.MANAGE_CASE_RULES)
    rules, departments = _in_force(visit)
    given = visit.fields
    try:
        wanted = _wanted(given, rules)
        problems = watch_faults(wanted, frozenset(one.id for one in departments))
        if problems:
            raise InvalidInput(problems)
        if not is_confirmed(visit):
            tried = try_rules(wanted, actor=visit.actor, tools=visit.tools.watching)
            return _shown(visit, wanted, departments, written=given, tried=tried)
        storage, seen = visit.tools.storage, version_seen(visit)
        set_watch_rules(wanted, actor=visit.actor, storage=storage, seen=seen)
    except Refusal as refusal:
        return _shown(visit, rules, departments, written=given, refusal=refusal)
    return back_to(ADDRESS, done="set")


def _in_force(visit: Visit) -> tuple[WatchRules, list[Department]]:
    with visit.tools.storage.look() as uow:
        return visit.tools.watching.rules(uow), list(uow.departments.all())


def _wanted(given: Mapping[str, str], rules: WatchRules) -> WatchRules:
    return WatchRules(
        names=lines_in(given, "names"),
        grave_words=lines_in(given, "grave_words"),
        common_words=lines_in(given, "common_words"),
        **{name: number_in(given, name, getattr(rules, name)) for name in NUMBERS},
        chance=rules.chance,
        times=_real(given.get("times", ""), rules.times),
        sources=tuple(
            _source(line) for line in given.get("sources", "").splitlines() if line.strip()
        ),
    )


def _source(line: str) -> WatchedSource:
    name, department, how, *_ = [part.strip() for part in f"{line}||".split(BETWEEN)]
    return WatchedSource(name, DepartmentId(department) if department else None, how)


def _real(given: str, otherwise: float) -> float:
    try:
        return float(given.strip())
    except ValueError:
        return otherwise


def _written(rules: WatchRules) -> dict[str, str]:
    sources = [
        f"{one.name} {BETWEEN} {one.department or ''} {BETWEEN} {one.how}" for one in rules.sources
    ]
    return {
        "names": "\n".join(rules.names),
        "grave_words": "、".join(rules.grave_words),
        "common_words": "、".join(rules.common_words),
        "times": f"{rules.times:g}",
        "sources": "\n".join(sources),
        **{name: str(getattr(rules, name)) for name in NUMBERS},
    }


def _shown(
    visit: Visit,
    rules: WatchRules,
    departments: list[Department],
    *,
    written: Mapping[str, str],
    tried: Tried | None = None,
    refusal: Refusal | None = None,
) -> Response:
    with visit.tools.storage.look() as uow:
        stored = stored_rules(uow)
    return page(
        visit,
        "watch_rules.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        wrong={fault.field for fault in faults_of(refusal)} if refusal else set(),
        said=DONE.get(visit.asked("done"), ""),
        version=stored.version,
        rules=rules,
        is_ours=stored.watch is None,
        departments=departments,
        tried=tried,
        written=written,
        sent=sent_again(visit),
        numbers=NUMBERS,
        may_set=visit.may(Permission.MANAGE_CASE_RULES),
    )
