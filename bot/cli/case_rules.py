"""`tongbu case rules` and `routing`: the office's terms and keywords, every version kept."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.cli.toml_tables import text_of

RulesFile = Annotated[Path | None, typer.Argument(help="A file as docs/replies.md describes it.")]


def add_to(app: typer.Typer) -> None:
    """The commands beside those of cases."""
    app.command()(rules)
    app.command()(routing)
    app.command()(retention)
    app.command()(versions)


def rules(file: RulesFile = None, as_json: AsJson = False) -> None:
    """Put the terms of a file in force for what comes from now on; without one, list them."""
    from bot.regulations.case_rules import read_deadlines
    from bot.usecases.cases.set_case_rules import set_deadline_rules

    house = open_house()
    if file is not None:
        wanted = read_deadlines(text_of(file))
        set_deadline_rules(wanted, actor=operator(), tools=house.cases)
    with house.storage.begin() as uow:
        deadlines = house.cases.rules(uow).deadlines
    if as_json:
        print_json(deadlines)
        return
    print_table(
        ("id", "version", "classes", "accounts", "urgent", "term", "review", "basis"),
        [
            (
                *(r.id, r.version, r.classes, r.accounts, r.is_urgent),
                *(r.term.in_words, r.needs_review, r.basis),
            )
            for r in deadlines
        ],
    )


def routing(file: RulesFile = None, as_json: AsJson = False) -> None:
    """Replace the keywords of classes and departments by a file's; without one, list them."""
    from bot.regulations.case_rules import read_routing
    from bot.usecases.cases.set_case_rules import set_routing_rules

    house = open_house()
    if file is not None:
        set_routing_rules(read_routing(text_of(file)), actor=operator(), tools=house.cases)
    with house.storage.begin() as uow:
        found = house.cases.rules(uow).routing
    if as_json:
        print_json(found)
        return
    print_table(
        ("name", "words", "also", "without", "class", "department", "opens"),
        [(r.name, r.words, r.also, r.without, r.case_class, r.department, r.opens) for r in found],
    )


def retention(file: RulesFile = None, as_json: AsJson = False) -> None:
    """Put the terms of a file, after which words are erased, in force; without one, list them."""
    from bot.regulations.retention_rules import read_retention
    from bot.usecases.cases.set_retention import set_retention

    house = open_house()
    if file is not None:
        set_retention(read_retention(text_of(file)), actor=operator(), storage=house.storage)
    with house.storage.begin() as uow:
        found = house.cases.rules(uow).retention
    if as_json:
        print_json(found)
        return
    print_table(
        ("id", "classes", "entries", "accounts", "days", "basis"),
        [(r.id, r.classes, r.entries, r.accounts, r.keep_days, r.basis) for r in found],
    )


def versions(as_json: AsJson = False) -> None:
    """Every version of the rules: who set it, and when."""
    with open_house().storage.begin() as uow:
        found = uow.case_rules.versions()
    if as_json:
        print_json(found)
        return
    print_table(
        ("version", "by", "at", "terms", "keywords"),
        [(r.version, r.by, r.at, len(r.deadlines), len(r.routing)) for r in found],
    )
