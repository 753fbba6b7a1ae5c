"""保存期限: how long words are kept, what the next sweep erases, and what nobody may erase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.rule_forms import is_confirmed, number_in, sent_again, version_seen
from bot.console.visit import Visit
from bot.domain.cases.names import CLASS_NAMES, ENTRY_NAMES, CaseClass, Entry
from bot.domain.cases.retention import (
    GOES,
    GRACE,
    OF_ACCOUNT,
    STAYS,
    RetentionRule,
    require_sound,
)
from bot.domain.errors import Refusal
from bot.domain.ids import AccountId
from bot.domain.permissions import Permission
from bot.ports.case_storage import RuleSet
from bot.regulations.retention_rules import proposed_retention
from bot.usecases.cases.set_case_rules import stored_rules
from bot.usecases.cases.set_retention import set_retention
from bot.usecases.cases.sweep_retention import foresee_sweep

ADDRESS = "/retention"
AHEAD = timedelta(days=30)
CLASS_FIELD, ENTRY_FIELD, ACCOUNT_FIELD = "class-", "entry-", "account-"
PUT, REMOVE, ADOPT = "put", "remove", "adopt"
DONE = {"set": "已保存；一天以后才开始按新规则删除，在那之前可以改回"}


@dataclass(frozen=True)
class _Line:
    """A rule with how much of what there is it ends now, and within `AHEAD`."""

    rule: RetentionRule
    cases: int
    replies: int
    cases_ahead: int
    replies_ahead: int

    @property
    def is_of_account(self) -> bool:
        """Whether it is changed at the account."""
        return self.rule.id.startswith(OF_ACCOUNT)

    @property
    def name(self) -> str:
        """As staff call it."""
        return self.rule.id.removeprefix(OF_ACCOUNT)


def show_retention(visit: Visit) -> Response:
    """The rules in force; `rule` names the one to be changed."""
    rules = _stored(visit)
    chosen = next((one for one in rules.retention if one.id == visit.asked("rule")), None)
    return _shown(visit, rules, written=_written(chosen) if chosen else {})


def set_rules(visit: Visit) -> Response:
    """First shown with what it would erase; put in force once somebody has seen that."""
    visit.actor.require(Permission.MANAGE_CASE_RULES)
    rules = _stored(visit)
    try:
        wanted = _wanted(visit, rules.retention)
        require_sound(wanted)
        if not is_confirmed(visit):
            return _shown(visit, rules, written=visit.fields, wanted=wanted)
        seen, storage = version_seen(visit), visit.tools.storage
        set_retention(wanted, actor=visit.actor, storage=storage, seen=seen)
    except Refusal as refusal:
        return _shown(visit, rules, written=visit.fields, refusal=refusal)
    return back_to(ADDRESS, done="set")


def _stored(visit: Visit) -> RuleSet:
    with visit.tools.storage.look() as uow:
        return stored_rules(uow)


def _wanted(visit: Visit, rules: Sequence[RetentionRule]) -> tuple[RetentionRule, ...]:
    given, was = visit.fields, visit.fields.get("rule", "")
    what = given.get("what", PUT)
    if what == ADOPT:
        return proposed_retention()
    rest = [one for one in rules if one.id != was]
    if what == REMOVE:
        return tuple(rest)
    ids = [one.id for one in rules]
    place = number_in(given, "place", ids.index(was) + 1 if was in ids else 1)
    rest.insert(max(place - 1, 0), _rule(given))
    return tuple(rest)


def _rule(given: Mapping[str, str]) -> RetentionRule:
    return RetentionRule(
        id=given.get("id", "").strip(),
        keep_days=number_in(given, "keep_days", 0),
        basis=given.get("basis", "").strip(),
        classes=tuple(one for one in CaseClass if given.get(f"{CLASS_FIELD}{one}")),
        entries=tuple(one for one in Entry if given.get(f"{ENTRY_FIELD}{one}")),
        accounts=tuple(
            AccountId(name.removeprefix(ACCOUNT_FIELD))
            for name in given
            if name.startswith(ACCOUNT_FIELD)
        ),
    )


def _written(rule: RetentionRule) -> dict[str, str]:
    return {
        "rule": rule.id,
        "id": rule.id,
        "keep_days": str(rule.keep_days),
        "basis": rule.basis,
        **{f"{CLASS_FIELD}{one}": "1" for one in rule.classes},
        **{f"{ENTRY_FIELD}{one}": "1" for one in rule.entries},
        **{f"{ACCOUNT_FIELD}{one}": "1" for one in rule.accounts},
    }


def _shown(
    visit: Visit,
    rules: RuleSet,
    *,
    written: Mapping[str, str],
    wanted: Sequence[RetentionRule] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    with visit.tools.storage.look() as uow:
        accounts, held = uow.accounts.all(), uow.cases.held()
    begins = rules.retention_since + GRACE if rules.retention_since else None
    now = visit.tools.clock.now()
    return page(
        visit,
        "retention.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        wrong={fault.field for fault in faults_of(refusal)} if refusal else set(),
        said=DONE.get(visit.asked("done"), ""),
        version=rules.version,
        lines=_lines(visit, wanted if wanted is not None else rules.retention, now),
        is_preview=wanted is not None,
        has_rules=bool(rules.retention),
        begins=begins if begins and begins > now else None,
        proposed=proposed_retention(),
        written=written,
        sent=sent_again(visit),
        accounts=accounts,
        account_names={one.id: one.name for one in accounts},
        class_names=CLASS_NAMES,
        entry_names=ENTRY_NAMES,
        held=held,
        goes=GOES,
        stays=STAYS,
        may_set=visit.may(Permission.MANAGE_CASE_RULES),
    )


def _lines(visit: Visit, rules: Sequence[RetentionRule], now: datetime) -> list[_Line]:
    told, storage = visit.actor, visit.tools.storage
    at_once = foresee_sweep(rules, at=now, actor=told, storage=storage)
    ahead = foresee_sweep(rules, at=now + AHEAD, actor=told, storage=storage)
    return [
        _Line(one.rule, one.cases, one.replies, later.cases, later.replies)
        for one, later in zip(at_once, ahead, strict=True)
    ]
