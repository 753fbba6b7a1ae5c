"""The written rules of replies as a file."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import InvalidInput
from bot.regulations.reply_system import OWN_FILE, read_systems, reply_systems

OWN = """
[[versions]]
version = "云岭政办发〔2026〕9号"
title = "云岭市留言办理制度"
since = 2026-06-01
chapters = [{ heading = "总则", articles = ["有问必答。"] }]
"""


def test_what_comes_with_us_covers_what_such_rules_must_say(tmp_path: Path) -> None:
    """Intake, transfer, answers, terms, publication, archive, supervision."""
    (system,) = reply_systems(tmp_path)

    headings = "、".join(chapter.heading for chapter in system.chapters)
    assert system.title == "信息公开咨询投诉回复制度"
    assert headings == "总则、受理、交办和转办、答复、期限、公开和存档、评价和监督"
    assert all(chapter.articles for chapter in system.chapters)


def test_an_office_puts_its_own_in_its_place(tmp_path: Path) -> None:
    """By a file in its home folder."""
    (tmp_path / OWN_FILE).write_text(OWN, encoding="utf-8")

    (system,) = reply_systems(tmp_path)

    assert (system.version, system.since) == ("云岭政办发〔2026〕9号", date(2026, 6, 1))
    assert system.chapters[0].articles == ("有问必答。",)


def test_a_fault_is_named_with_its_place() -> None:
    """A day in quotation marks, a missing title, a word nobody knows."""
    wrong = OWN.replace("2026-06-01", '"2026-06-01"').replace("title", "titel")

    with pytest.raises(InvalidInput) as refused:
        read_systems(wrong)

    assert [problem.field.rpartition(".")[2] for problem in refused.value.problems] == [
        "titel",
        "title",
        "since",
    ]
