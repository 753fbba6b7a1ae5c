"""What becomes of the rows of another desk's table."""

import json
from datetime import datetime

import pytest

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import Entry
from bot.domain.errors import InvalidInput
from bot.domain.ids import AccountId
from bot.domain.replies.importing import (
    ImportProfile,
    Table,
    entry_of,
    moment_in,
    profile_faults,
    sort_out,
)
from tests.factories import NOW, incoming

HOTLINE = ImportProfile(
    "hotline", "12345 热线", Entry.HOTLINE, ("标题", "内容"), "时间", "编号", "电话", "姓名"
)
HEADINGS = ("编号", "时间", "标题", "内容", "电话", "姓名", "满意度")


def row(number: str = "A1", at: str = "2026-11-20 09:30", words: str = "停水了") -> tuple[str, ...]:
    return (number, at, "供水", words, "13800000000", "王某", "一般")


def table(*rows: tuple[str, ...]) -> Table:
    return Table(HEADINGS, tuple(enumerate(rows, 2)))


def test_a_row_becomes_a_reply_and_is_kept_whole() -> None:
    """Also what no column of the profile asks for."""
    (letter,) = sort_out(table(row()), HOTLINE, now=NOW).letters

    said = letter.incoming(AccountId("acc_1"), HOTLINE)
    assert (said.text, said.sender, said.platform_id) == ("供水\n停水了", "13800000000", "A1")
    assert said.said_at == datetime(2026, 11, 20, 9, 30, tzinfo=BEIJING)
    assert json.loads(said.raw)["满意度"] == "一般"
    assert entry_of(said, otherwise=Entry.FOLLOWER) is Entry.HOTLINE
    assert entry_of(incoming(), otherwise=Entry.MEDIA) is Entry.MEDIA


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (("A2", "2026-11-20", "", "", "138"), "没有内容"),
        (row(at="昨天下午"), "看不懂“时间”里的“昨天下午”"),
        (row(at=""), "“时间”是空的"),
        (row(at="2036-11-20 09:30"), "以后的时间"),
        (row(words="长" * 20_001), "最多 20000 字"),
        (row(words="另一件事"), "与第 2 行相同，内容却不同"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_its_reason(
    bad: tuple[str, ...], why: str
) -> None:
    """The others are taken; a blank row is nothing."""
    found = sort_out(table(row(), bad, ("", " ", "", "", "", "", "")), HOTLINE, now=NOW)

    assert [letter.row for letter in found.letters] == [2]
    assert [(fault.row, why in fault.why) for fault in found.faults] == [(3, True)]


def test_rows_without_a_number_are_known_by_what_they_say() -> None:
    """The same once more counts, another is another."""
    rows = (row(number=""), row(number=""), row(number="", words="没来电"))
    found = sort_out(table(*rows), HOTLINE, now=NOW)

    assert len({letter.key for letter in found.letters}) == 2
    assert (found.repeated, found.faults) == (1, ())


def test_a_missing_column_refuses_the_file_with_those_that_are_there() -> None:
    """No half of it is taken."""
    with pytest.raises(InvalidInput, match=r"缺少“编号”.*文件里有：标题、内容、时间、电话、姓名"):
        sort_out(Table(("标题", "内容", "时间", "电话", "姓名"), ()), HOTLINE, now=NOW)


def test_cells_without_a_heading_are_kept_by_their_place() -> None:
    """And so are those under a heading that is there twice."""
    wide = Table((*HEADINGS, "", "编号"), ((2, (*row(), "便条", "B2")),))
    (letter,) = sort_out(wide, HOTLINE, now=NOW).letters

    raw = json.loads(letter.raw)
    assert (letter.number, raw["第 8 列"], raw["第 9 列"]) == ("A1", "便条", "B2")


@pytest.mark.parametrize(
    "words",
    ["2026-01-02 03:04:05", "2026/1/2 3:04:05", "2026年1月2日 03:04:05", "2026-01-02T03:04:05.000"],
)
def test_times_are_read_as_offices_write_them(words: str) -> None:
    """All in Beijing time."""
    assert moment_in(words) == datetime(2026, 1, 2, 3, 4, 5, tzinfo=BEIJING)


def test_profiles_that_contradict_each_other_are_refused_with_every_fault() -> None:
    """Two of one name, and one that says nothing of the words."""
    twin = ImportProfile("other", "12345 热线", Entry.FOLLOWER, (), "时间")

    assert [problem.field for problem in profile_faults([HOTLINE, twin])] == [
        "12345 热线.name",
        "other.text",
        "other.entry",
    ]
