"""Replies at the command line, and as spreadsheets."""

import csv

import pytest
from openpyxl import load_workbook

from tests import factories
from tests.unit.cli.desk import Desk

FORMULA = '=HYPERLINK("http://evil.example","点我")'


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """A desk with two replies, one of them a spreadsheet formula."""
    house = desk.house()
    with house.storage.begin() as uow:
        uow.accounts.add(factories.account(), "sealed")
        uow.replies.store(
            [
                factories.reply(),
                factories.reply(id="rpy_2", incoming=factories.incoming(key="msg:2", text=FORMULA)),
            ]
        )
        uow.commit()
    house.storage.dispose()
    return desk


def test_replies_are_listed_and_shown(answered: Desk) -> None:
    """A search narrows the list."""
    found = answered.run("reply", "list", "--search", "补贴", "--json").json

    assert [row["text"] for row in found] == ["请问补贴怎么申请？"]
    assert "请问补贴怎么申请？" in answered.run("reply", "show", "rpy_1").out


def test_a_csv_holds_no_formula(answered: Desk) -> None:
    """A follower's text is never run on a colleague's machine."""
    out = answered.home.parent / "replies.csv"

    assert answered.run("reply", "export", "--out", out).status == 0

    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["内容"] for row in rows} == {"请问补贴怎么申请？", "'" + FORMULA}


def test_an_xlsx_holds_text_only(answered: Desk) -> None:
    """Every cell is text, also what looks like a formula."""
    out = answered.home.parent / "replies.xlsx"

    assert answered.run("reply", "export", "--out", out).status == 0

    book = load_workbook(out)
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    book.close()
    assert len(cells) == 3 * 13
    assert "f" not in {cell.data_type for cell in cells}
    assert "'" + FORMULA in {cell.value for cell in cells}


@pytest.mark.parametrize("name", ["replies.pdf", "replies"])
def test_another_format_is_refused(answered: Desk, name: str) -> None:
    """With the formats there are, and no empty file left behind."""
    out = answered.home.parent / name

    answer = answered.run("reply", "export", "--out", out)

    assert answer.status == 1
    assert ".xlsx" in answer.err
    assert not out.exists()
