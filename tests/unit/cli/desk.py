"""The command line as an operator uses it, in an installation of its own."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer import testing
from typer.testing import CliRunner

from bot.bootstrap import House, build_house
from bot.cli.main import build_app
from bot.config import load_settings


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """Commands in the installation at `home`."""

    home: Path
    app: typer.Typer

    def run(self, *arguments: object, typed: str = "") -> Answer:
        """Run one command; an error nobody refuses on purpose is raised."""
        words = [str(argument) for argument in arguments]
        result = CliRunner().invoke(self.app, words, input=typed, catch_exceptions=False)
        return Answer(result.exit_code, result.stdout, result.stderr)

    def house(self) -> House:
        """The house behind the commands."""
        return build_house(load_settings())

    def write(self, name: str, text: str) -> Path:
        """A file beside the installation."""
        path = self.home.parent / name
        path.write_text(text, encoding="utf-8")
        return path


def open_desk(home: Path) -> Desk:
    """A desk for the installation at `home`; TONGBU_HOME must say the same."""
    return Desk(home, _app())


@cache
def _app() -> typer.Typer:
    return build_app()


# Typer makes the tree of commands anew for each one that is run: most of what a short one takes.
testing._get_command = cache(testing._get_command)  # type: ignore[attr-defined]
