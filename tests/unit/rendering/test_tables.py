"""Tables on a phone: as they are where they fit, else a block of lines a row, all of it text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.releases.document import Cell, Table
from bot.rendering.tables import Entry, Layout, entries_of, layout_of

from .forms import table_of_figures, table_of_projects

_LONG = "对社区闲置的办公用房、商铺进行适老化改造，配备扶手和应急呼叫装置，并向居民公示。"


def a_table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(map(Cell, row)) for row in rows))


@pytest.mark.parametrize(
    ("table", "layout"),
    [
        (a_table(("对象", "标准"), ("老年人", "300元")), Layout.TABLE),
        (a_table(("对象", "说明"), ("老年人", _LONG)), Layout.TABLE),
        (a_table(("对象", "说明", "依据"), ("老年人", _LONG, _LONG)), Layout.TABLE),
        (table_of_figures(), Layout.SMALL),
        (table_of_projects(), Layout.ROWS),
        (a_table(("账号", "户名"), ("6222020200112345678901234567890", "王")), Layout.TABLE),
        (a_table(("一", "二"), ("x" * 60, "王")), Layout.ROWS),
        (Table(()), Layout.TABLE),
    ],
    ids=["two", "prose", "two-prose", "figures", "projects", "number", "too-long-word", "empty"],
)
def test_a_table_takes_the_largest_form_that_fits(table: Table, layout: Layout) -> None:
    """Small numbers may stand in small type; columns of two characters are no table any more."""
    assert layout_of(table) is layout


def test_a_row_is_titled_by_its_number_and_name() -> None:
    """Every other cell stands under the name of its column; a row of one cell is a group."""
    names, group, first, second = entries_of(table_of_projects())

    assert names.lines == (("各栏", "序号、举措、主要内容、牵头单位、完成时限、推广范围"),)
    assert group == Entry("一、场所建设（共2项）", ())
    assert (first.title, second.title) == ("1　闲置用房改造", "2　流动教学点")
    assert [name for name, _ in first.lines] == ["主要内容", "牵头单位", "完成时限", "推广范围"]


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    """Each block can be understood alone."""
    table = Table(
        (
            (Cell("区域", header=True), Cell("对象", header=True), Cell("标准", header=True)),
            (Cell("城区", rows=2), Cell("甲类"), Cell("300元")),
            (Cell("乙类"), Cell("200元")),
        )
    )

    assert [(entry.title, entry.lines) for entry in entries_of(table)][1:] == [
        ("城区", (("对象", "甲类"), ("标准", "300元"))),
        ("城区", (("对象", "乙类"), ("标准", "200元"))),
    ]


def test_names_in_two_rows_are_said_together() -> None:
    """城区 above 人数 and 金额 belongs to both."""
    table = Table(
        (
            (Cell("类别", header=True, rows=2), Cell("城区", header=True, columns=2)),
            (Cell("人数", header=True), Cell("金额", header=True)),
            (Cell("甲类"), Cell("12"), Cell("3600")),
        )
    )

    _, entry = entries_of(table)

    assert entry.lines == (("城区 · 人数", "12"), ("城区 · 金额", "3600"))


def test_a_table_without_names_gives_bare_lines() -> None:
    """Nothing is invented."""
    (first, _) = entries_of(a_table(("甲", _LONG), ("乙", _LONG)))

    assert first.lines == (("", _LONG),)


_CELLS = st.builds(
    Cell,
    st.text("甲乙丙1２ \n,", max_size=8),
    st.booleans(),
    st.integers(1, 4),
    st.integers(1, 4),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(_CELLS, max_size=4).map(tuple), max_size=5).map(tuple))
def test_no_word_of_a_table_is_lost(rows: tuple[tuple[Cell, ...], ...]) -> None:
    """However badly the spans are set, every cell's words stand in the blocks."""
    told = "".join(p for e in entries_of(Table(rows)) for p in (e.title, *sum(e.lines, ())))
    words = [cell.text for row in rows for cell in row]

    assert [word for word in words if squeezed(word) not in squeezed(told)] == []


def squeezed(text: str) -> str:
    return "".join(text.split())
