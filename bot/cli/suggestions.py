"""`tongbu suggest`: what a text may be about, learned from texts the office has labelled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json, print_table
from bot.cli.refusing import Refused

if TYPE_CHECKING:
    from bot.language.classifying import Example, Model

app = typer.Typer(help="Suggest classes, topics and departments.", no_args_is_help=True)

Name = Annotated[str, typer.Option("--model", help="The model's name, e.g. topic or department.")]


@app.command("train")
def train_model(
    labelled: Annotated[Path, typer.Argument(help="A .jsonl file, a text and a label a line.")],
    *,
    name: Name = "topic",
    text: Annotated[str, typer.Option(help="The field that holds the text.")] = "text",
    label: Annotated[str, typer.Option(help="The field that holds the label.")] = "label",
    hints: Annotated[
        Path | None,
        typer.Option(help="A .jsonl file of the same fields: names of what belongs to a label."),
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="Only say how good it would be.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Learn from labelled texts; says how often it was right on texts it had not seen."""
    from bot.language.classifying import train
    from bot.language.model_file import save_model

    examples = _examples(labelled, text, label)
    hinted = _examples(hints, text, label) if hints else []
    told = _report(examples, hinted)
    if not report:
        try:
            save_model(train(examples, hinted), _path(name))
        except ValueError as error:
            raise Refused(str(error)) from error
    if as_json:
        print_json(told)
        return
    print_table(("label", "F1"), [(row, f"{value:.2f}") for row, value in told.items()])


@app.command("label")
def suggest_label(
    text: Annotated[str, typer.Argument(help="What somebody wrote.")],
    *,
    name: Name = "topic",
    as_json: AsJson = False,
) -> None:
    """What a trained model suggests for a text; 1 if it is not sure enough."""
    from bot.language.classifying import suggest

    _show(suggest(_model(name), text), as_json)


@app.command("class")
def suggest_class(
    text: Annotated[str, typer.Argument(help="What somebody wrote.")], *, as_json: AsJson = False
) -> None:
    """Whether it asks, complains, proposes, …, by the table of phrases; 1 if nothing speaks for
    one."""
    from bot.language.issue_classes import suggest_issue_class

    _show(suggest_issue_class(text), as_json)


def _show(found: object, as_json: bool) -> None:
    if found is None:
        typer.echo("null" if as_json else "not sure enough")
        raise typer.Exit(1)
    print_json(found) if as_json else typer.echo(found)


def _examples(path: Path, text: str, label: str) -> list[Example]:
    from bot.language.classifying import Example

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return [Example(row[text], row[label]) for row in rows]
    except OSError as error:
        raise Refused(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        wanted = f"every line is a JSON object with {text!r} and {label!r}"
        raise Refused(f"{path}: {wanted}; see --text and --label") from error


def _report(examples: list[Example], hints: list[Example]) -> dict[str, float]:
    from bot.language.classifying import cross_validate, f1_by_label

    tried = cross_validate(examples, hints)
    by_label = dict(f1_by_label(tried))
    macro = sum(by_label.values()) / len(by_label) if by_label else 0.0
    return by_label | {"macro": macro}


def _path(name: str) -> Path:
    from bot.config import load_settings

    return load_settings().home / "models" / f"{name}.json"


def _model(name: str) -> Model:
    from bot.language.model_file import UnreadableModel, load_model

    try:
        return load_model(_path(name))
    except UnreadableModel as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"no model {name!r}; make one with: tongbu suggest train") from error
