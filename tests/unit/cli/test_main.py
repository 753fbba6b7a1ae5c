"""The command line as a whole: exit statuses, and one sentence a fault."""

import subprocess
import sys

import pytest

from tests.unit.cli.desk import Desk

LISTS = ["account", "post", "release", "reply", "rollout", "rule", "source", "token", "user"]


@pytest.mark.parametrize("noun", LISTS)
def test_every_list_is_printed_for_people_and_for_programs(desk: Desk, noun: str) -> None:
    """Also when there is nothing in it."""
    table, listed = desk.run(noun, "list"), desk.run(noun, "list", "--json")

    assert (table.status, table.out) == (0, "nothing here\n")
    assert (listed.status, listed.json) == (0, [])


@pytest.mark.parametrize("noun", ["post", "release", "reply", "rollout"])
def test_what_is_not_there_is_refused(desk: Desk, noun: str) -> None:
    """Exit status 1, and the reason on standard error names the id."""
    answer = desk.run(noun, "show", "abc_1")

    assert (answer.status, answer.out) == (1, "")
    assert "abc_1" in answer.err


def test_wrong_usage_is_told_apart(desk: Desk) -> None:
    """Exit status 2: the command was not even tried."""
    assert desk.run("release", "fly").status == 2
    assert desk.run("source", "add", "x", "--kind", "pigeon").status == 2
    assert desk.run("worker", "--queues", "nonsense").status == 2


def test_wrong_settings_are_one_sentence_each(bare: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, and every variable is named at once."""
    monkeypatch.setenv("TONGBU_DATABASE_URL", "mysql://nowhere")
    monkeypatch.setenv("TONGBU_TIMEZONE", "Mars/Base")

    answer = bare.run("release", "list")

    lines = answer.err.splitlines()
    assert answer.status == 1
    assert [line.partition(":")[0] for line in lines] == [
        "TONGBU_TIMEZONE",
        "TONGBU_DATABASE_URL",
        "TONGBU_SECRET_KEY",
    ]


def test_an_embedded_database_is_made_when_it_is_first_needed(bare: Desk) -> None:
    """Nobody has to know of migrations to try it."""
    assert bare.run("user", "list").status == 0
    assert (bare.home / "tongbu.sqlite3").exists()


def test_nothing_heavy_is_imported_before_a_command_needs_it() -> None:
    """`tongbu --help` answers at once."""
    heavy = ["PIL", "celery", "fastapi", "jieba", "lxml", "openpyxl", "pydantic", "sqlalchemy"]
    program = f"import sys, bot.cli.main; print([m for m in {heavy} if m in sys.modules])"

    printed = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert printed.stdout.strip() == "[]"
