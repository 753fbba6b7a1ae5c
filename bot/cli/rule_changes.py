"""`tongbu rule change` and `tongbu rule move`: told beforehand what they mean for what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import shown
from bot.cli.refusing import Refused
from bot.domain.ids import RuleId
from bot.domain.posts.post import PostKind
from bot.domain.posts.review import PostApproval
from bot.domain.posts.rollout import RolloutPolicy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.bootstrap import House
    from bot.domain.ids import AccountId
    from bot.domain.posts.rules import PlannedPost, Rule

Id = Annotated[str, typer.Argument(metavar="ID")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def change(
    rule_id: Id,
    *,
    name: Annotated[str | None, typer.Option()] = None,
    account: Annotated[
        list[str] | None, typer.Option(help="By name; all of them, in place of those it has.")
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option(help="All of them; --topic '' for every topic.")
    ] = None,
    kind: Annotated[PostKind | None, typer.Option()] = None,
    template: Annotated[str | None, typer.Option()] = None,
    policy: Annotated[RolloutPolicy | None, typer.Option()] = None,
    approval: Annotated[PostApproval | None, typer.Option()] = None,
    slot: Annotated[
        str | None, typer.Option(help="09:00, Beijing time; '' for as soon as possible.")
    ] = None,
    delay_minutes: Annotated[int | None, typer.Option(min=0)] = None,
    enabled: Annotated[bool | None, typer.Option("--on/--off")] = None,
    yes: Yes = False,
) -> None:
    """Change a rule, or switch it on or off; what is planned already stays as it is."""
    from bot.usecases.posts.change_rule import change_rule

    house = open_house()
    with house.storage.look() as uow:
        rules = uow.rules.all()
        before = uow.rules.get(RuleId(rule_id))
    given = {
        "name": name,
        "accounts": _accounts(house, account),
        "topics": None if topic is None else tuple(filter(None, topic)),
        "kind": kind,
        "template": template,
        "policy": policy,
        "approval": approval,
        "delay_seconds": None if delay_minutes is None else delay_minutes * 60,
        "enabled": enabled,
    }
    wanted = replace(before, **{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    if slot is not None:
        wanted = replace(wanted, slot=_slot(slot))
    _ask(house, [wanted if one.id == wanted.id else one for one in rules], yes=yes)
    changed = change_rule(wanted, actor=operator(), storage=house.storage)
    typer.echo(f"{changed.id}  {changed.name}  version {changed.version}")


def move(
    rule_id: Id,
    before: Annotated[
        str, typer.Option(metavar="ID", help="The rule it goes in front of; without it, last.")
    ] = "",
    yes: Yes = False,
) -> None:
    """Put a rule elsewhere: for an account, the first rule that matches a release decides."""
    from bot.usecases.posts.arrange_rules import arrange_rules

    house = open_house()
    with house.storage.look() as uow:
        moved = uow.rules.get(RuleId(rule_id))
        rest = [one for one in uow.rules.all() if one.id != moved.id]
        at = rest.index(uow.rules.get(RuleId(before))) if before and before != rule_id else None
    place = len(rest) if at is None else at
    wanted = [*rest[:place], moved, *rest[place:]]
    _ask(house, wanted, yes=yes)
    for rule in arrange_rules([one.id for one in wanted], actor=operator(), storage=house.storage):
        typer.echo(f"{rule.id}  {rule.name}")


def _ask(house: House, rules: Sequence[Rule], *, yes: bool) -> None:
    """Tell what the rules would mean for releases that wait, and ask."""
    from bot.usecases.posts.foresee_rules import foresee_rules

    affected = foresee_rules(rules, actor=operator(), storage=house.storage)
    for one in affected:
        typer.echo(f"{one.release.id}  {one.release.content.title}")
        for each in one.changes:
            typer.echo(f"    {each.account.name}: {_told(each.before)} -> {_told(each.after)}")
    typer.echo(f"{len(affected)} waiting releases would be planned otherwise")
    if not yes:
        typer.confirm("Change it?", abort=True)


def _told(planned: PlannedPost | None) -> str:
    if planned is None:
        return "no post"
    rule = planned.rule
    return f"{rule.kind} {rule.template} ({rule.approval}) {shown(planned.due_at)}"


def _accounts(house: House, names: Sequence[str] | None) -> tuple[AccountId, ...] | None:
    if names is None:
        return None
    with house.storage.look() as uow:
        known = {account.name: account.id for account in uow.accounts.all()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Refused(
            *(f"there is no account {one!r}; see: tongbu account list" for one in unknown)
        )
    return tuple(known[name] for name in names)


def _slot(written: str) -> time | None:
    if not written:
        return None
    try:
        return time.fromisoformat(written)
    except ValueError as error:
        raise Refused(f"{written!r} is not a time of day; write 09:00") from error
