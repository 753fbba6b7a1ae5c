"""rules.toml: distribution rules as an operator writes them down."""

from collections.abc import Mapping
from pathlib import Path

from bot.cli.refusing import Refused
from bot.cli.toml_tables import Fields, tables_of
from bot.domain.ids import AccountId, RuleId, SourceId
from bot.domain.posts.post import PostKind
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.posts.rules import Rule
from bot.ports.clock import Ids

KNOWN = (
    "name",
    "accounts",
    "kind",
    "template",
    "sources",
    "topics",
    "policy",
    "approval",
    "slot",
    "delay_seconds",
    "enabled",
)


def read_rule_file(path: Path, *, accounts: Mapping[str, AccountId], ids: Ids) -> tuple[Rule, ...]:
    """Every rule of the file; `accounts` are the ids by name.

    Raises:
        Refused: naming every fault; none of the rules can be used then.
    """
    faults: list[str] = []
    tables = tables_of(path, "rules", faults)
    rules = [_rule(table, accounts, ids) for table in tables]
    if faults:
        raise Refused(*faults)
    return tuple(rules)


def _rule(table: Fields, accounts: Mapping[str, AccountId], ids: Ids) -> Rule:
    table.refuse_unknown(KNOWN)
    names = table.texts("accounts")
    if not names:
        table.fault("accounts", "missing; list at least one account by its name")
    for name in names:
        if name not in accounts:
            table.fault("accounts", f"there is no account {name!r}; see: tongbu account list")
    return Rule(
        id=RuleId(ids.new("rule")),
        name=table.required("name"),
        accounts=tuple(accounts[name] for name in names if name in accounts),
        kind=table.choice("kind", PostKind, PostKind.BUNDLE) or PostKind.BUNDLE,
        template=table.text("template", "default"),
        sources=tuple(SourceId(source) for source in table.texts("sources")),
        topics=table.texts("topics"),
        policy=table.choice("policy", RolloutPolicy, RolloutPolicy.AS_READY)
        or RolloutPolicy.AS_READY,
        approval=table.choice("approval", PostApproval, PostApproval.FOUR_EYES)
        or PostApproval.FOUR_EYES,
        slot=table.clock_time("slot"),
        delay_seconds=table.number("delay_seconds", 0),
        enabled=table.flag("enabled", True),
    )
