"""`tongbu rule`: which releases go to which accounts."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import rule_changes
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table

app = typer.Typer(help="Which releases go to which accounts.", no_args_is_help=True)
app.command()(rule_changes.change)
app.command()(rule_changes.move)


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="rules.toml; its fields are in docs/files.md.")],
) -> None:
    """Add the rules of a file behind those there are; the first that matches wins."""
    from bot.cli.rule_file import read_rule_file
    from bot.usecases.posts.add_rule import add_rules

    house = open_house()
    with house.storage.begin() as uow:
        accounts = {account.name: account.id for account in uow.accounts.all()}
    rules = read_rule_file(file, accounts=accounts, ids=house.ids)
    add_rules(rules, actor=operator(), storage=house.storage)
    for rule in rules:
        typer.echo(f"{rule.id}  {rule.name}")


@app.command()
def answers(
    file: Annotated[
        Path | None, typer.Argument(help="answers.toml; its fields are in docs/files.md.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Replace the automatic answers to followers by those of a file; without one, list them."""
    from bot.cli.answer_file import read_answer_file
    from bot.usecases.replies.set_answer_rules import set_answer_rules

    house = open_house()
    with house.storage.begin() as uow:
        accounts = {account.name: account.id for account in uow.accounts.all()}
    if file is not None:
        rules = read_answer_file(file, accounts=accounts)
        set_answer_rules(rules, actor=operator(), storage=house.storage)
    with house.storage.begin() as uow:
        stored = uow.rules.answer_rules()
    if as_json:
        print_json(stored)
        return
    print_table(
        ("name", "match", "words", "answer", "enabled"),
        [(rule.name, rule.match, rule.words, rule.answer, rule.enabled) for rule in stored],
    )


@app.command("list")
def list_rules(as_json: AsJson = False) -> None:
    """Every rule in its order."""
    with open_house().storage.begin() as uow:
        rules = uow.rules.all()
        names = {account.id: account.name for account in uow.accounts.all()}
    if as_json:
        print_json(rules)
        return
    print_table(
        ("id", "name", "accounts", "kind", "policy", "approval", "slot", "enabled"),
        [
            (
                rule.id,
                rule.name,
                [names.get(account, account) for account in rule.accounts],
                rule.kind,
                rule.policy,
                rule.approval,
                rule.slot,
                rule.enabled,
            )
            for rule in rules
        ],
    )
