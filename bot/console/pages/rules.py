"""分发规则: which releases go to which accounts, seen and edited."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from enum import StrEnum
from typing import TypeVar

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.account import PlatformName
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import AccountId, RuleId, SourceId
from bot.domain.permissions import Permission
from bot.domain.posts.post import PostKind
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.posts.rules import DEFAULT_TEMPLATE, Rule
from bot.usecases.posts.add_rule import add_rules
from bot.usecases.posts.change_rule import change_rule

E = TypeVar("E", bound=StrEnum)
ACCOUNT_FIELD, SOURCE_FIELD = "account-", "source-"
MINUTE = 60
DONE = {
    "add": "规则已添加，从下一份政策起生效",
    "change": "规则已修改，从下一份政策起生效；已经排好的稿件不变",
}
POLICIES: Mapping[RolloutPolicy, str] = {
    RolloutPolicy.AS_READY: "各账号准备好就发，互不等待",
    RolloutPolicy.ALL_OR_NOTHING: "全部准备好才一起发，有一个没准备好就都不发",
}
APPROVALS: Mapping[PostApproval, str] = {
    PostApproval.FOUR_EYES: "每篇稿件由第二个人审核",
    PostApproval.THREE_STEPS: "三审三校：每篇稿件依次由三个人初审、复审、终审",
    PostApproval.RELEASE: "政策的审批就够了（模板排出、没有改动、没有必须修改的问题时）",
}


def list_rules(visit: Visit) -> Response:
    """Every rule in its order."""
    with visit.tools.storage.look() as uow:
        rules = uow.rules.all()
        names = {account.id: account for account in uow.accounts.all()}
        sources = {source.id: source.name for source in uow.sources.all()}
    return page(
        visit,
        "rules.html.j2",
        rules=rules,
        names=names,
        sources=sources,
        policies=POLICIES,
        approvals=APPROVALS,
        said=DONE.get(visit.asked("done"), ""),
    )


def ask_for_rule(visit: Visit) -> Response:
    """The form of a new rule, or of one that is there."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    rule = _rule(visit)
    return _form(visit, rule, _written(rule) if rule else {"enabled": "1"})


def save_rule(visit: Visit) -> Response:
    """Add it, or change it; a refusal keeps what was written."""
    visit.actor.require(Permission.MANAGE_ACCOUNTS)
    rule = _rule(visit)
    try:
        wanted = _wanted(visit, rule)
        if rule is None:
            add_rules([wanted], actor=visit.actor, storage=visit.tools.storage)
        else:
            change_rule(wanted, actor=visit.actor, storage=visit.tools.storage)
    except InvalidInput as refusal:
        return _form(visit, rule, visit.fields, refusal)
    return back_to("/rules", done="change" if rule else "add")


def _rule(visit: Visit) -> Rule | None:
    if "rule" not in visit.request.path_params:
        return None
    with visit.tools.storage.look() as uow:
        return uow.rules.get(RuleId(visit.named("rule")))


def _wanted(visit: Visit, rule: Rule | None) -> Rule:
    given = visit.fields
    kind = _choice(given.get("kind", ""), PostKind, PostKind.BUNDLE)
    template = given.get("template", DEFAULT_TEMPLATE)
    problems = []
    if template not in _templates(visit, kind):
        problems.append(Problem("template", "这种稿件没有这个模板，请选“默认”或换一种稿件"))
    delay, slot = given.get("delay", "").strip() or "0", given.get("slot", "").strip()
    if not (delay.isascii() and delay.isdigit() and len(delay) < 5):
        problems.append(Problem("delay", "推迟的分钟数是 0 或以上的整数"))
    if slot and _clock_time(slot) is None:
        problems.append(Problem("slot", "发布时刻写成 09:00 的样子，不固定就留空"))
    if problems:
        raise InvalidInput(problems)
    return replace(
        rule or Rule(RuleId(visit.tools.ids.new("rule")), "", ()),
        name=given.get("name", "").strip(),
        accounts=tuple(AccountId(one) for one in _ticked(given, ACCOUNT_FIELD)),
        sources=tuple(SourceId(one) for one in _ticked(given, SOURCE_FIELD)),
        topics=tuple(given.get("topics", "").split()),
        kind=kind,
        template=template,
        policy=_choice(given.get("policy", ""), RolloutPolicy, RolloutPolicy.AS_READY),
        approval=_choice(given.get("approval", ""), PostApproval, PostApproval.FOUR_EYES),
        slot=_clock_time(slot),
        delay_seconds=int(delay) * MINUTE,
        enabled=given.get("enabled") == "1",
    )


def _written(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        **{f"{ACCOUNT_FIELD}{one}": "1" for one in rule.accounts},
        **{f"{SOURCE_FIELD}{one}": "1" for one in rule.sources},
        "topics": " ".join(rule.topics),
        "kind": rule.kind,
        "template": rule.template,
        "policy": rule.policy,
        "approval": rule.approval,
        "slot": f"{rule.slot:%H:%M}" if rule.slot else "",
        "delay": str(rule.delay_seconds // MINUTE),
        "enabled": "1" if rule.enabled else "",
    }


def _form(
    visit: Visit,
    rule: Rule | None,
    written: Mapping[str, str],
    refusal: InvalidInput | None = None,
) -> Response:
    with visit.tools.storage.look() as uow:
        accounts, sources = uow.accounts.all(), uow.sources.all()
    return page(
        visit,
        "rule_form.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        wrong={fault.field for fault in faults_of(refusal)} if refusal else set(),
        rule=rule,
        written=written,
        accounts=accounts,
        sources=sources,
        kinds=list(PostKind),
        templates=sorted({name for kind in PostKind for name in _templates(visit, kind)}),
        policies=POLICIES,
        approvals=APPROVALS,
    )


def _templates(visit: Visit, kind: PostKind) -> set[str]:
    renderer = visit.tools.posts.renderer
    return {name for platform in PlatformName for name in renderer.templates(platform, kind)}


def _ticked(given: Mapping[str, str], prefix: str) -> Sequence[str]:
    return [name.removeprefix(prefix) for name in given if name.startswith(prefix)]


def _choice(given: str, kinds: type[E], default: E) -> E:
    return kinds(given) if given in list(kinds) else default


def _clock_time(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None
