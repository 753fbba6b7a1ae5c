"""Strips on pages: nothing lost, borders of blocks first, headings never left behind."""

from itertools import repeat

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.strips import Canvas, Strip, leaves_of


def nothing(canvas: Canvas, top: int) -> None:
    """Draws nothing."""


def strip(text: str, height: int = 50, **changes: object) -> Strip:
    return Strip(height, nothing, text, **changes)  # type: ignore[arg-type]


def block(name: str, lines: int) -> list[Strip]:
    return [strip(f"{name}{at}", begins=not at) for at in range(lines)]


STRIPS = st.lists(
    st.builds(
        strip,
        st.text("甲乙丙", min_size=1, max_size=3),
        st.integers(20, 300),
        gap=st.integers(0, 60),
        begins=st.booleans(),
        clings=st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


@given(strips=STRIPS, room=st.integers(300, 1500))
def test_every_strip_is_on_one_page_and_no_page_overflows(strips: list[Strip], room: int) -> None:
    """In their order, none twice."""
    leaves = leaves_of(strips, repeat(room))

    assert [each for leaf in leaves for each in leaf.strips] == strips
    assert all(leaf.height <= room for leaf in leaves)


def test_a_page_ends_with_a_block_where_that_leaves_it_well_filled() -> None:
    """The next block begins the next page, though two of its lines had fitted."""
    leaves = leaves_of([*block("甲", 8), *block("乙", 6)], repeat(500))

    assert leaves[1].strips[0].text == "乙0"


def test_a_long_block_is_broken_but_never_by_a_single_line() -> None:
    """Neither the first nor the last line of a block stands alone."""
    leaves = leaves_of(block("甲", 21), repeat(500))

    assert [len(leaf.strips) for leaf in leaves] == [10, 9, 2]


def test_a_heading_goes_with_what_it_heads() -> None:
    """However early the page has to end for it."""
    heading = strip("题", clings=True)

    leaves = leaves_of([*block("甲", 3), heading, heading, *block("乙", 20)], repeat(250))

    assert [each.text for each in leaves[0].strips] == ["甲0", "甲1", "甲2"]
    assert leaves[1].strips[0] is heading


def test_a_strip_higher_than_a_page_stands_alone() -> None:
    """It is for the one who draws to see that it does not happen."""
    leaves = leaves_of([strip("一"), strip("长", 900), strip("三")], repeat(500))

    assert [leaf.text for leaf in leaves] == ["一", "长", "三"]


def test_the_text_of_a_page_has_a_line_a_block() -> None:
    """It is what somebody hears who cannot see the page."""
    (leaf,) = leaves_of([*block("甲", 2), *block("乙", 1)], repeat(500))

    assert leaf.text == "甲0甲1\n乙0"
