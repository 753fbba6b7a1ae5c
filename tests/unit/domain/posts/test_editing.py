"""Edits by block: words change, styles, links and the approved words beside them stay."""

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.posts.cells import MOST_CELLS
from bot.domain.posts.draft import Article, DraftContent
from bot.domain.posts.editing import edited, normalised, rebased, restyled, source_blocks
from bot.domain.posts.edits import BlockEdit, Edits, Field, FieldEdit, with_fields, without_fields
from bot.domain.releases.document import (
    Cell,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)
from bot.domain.text import fingerprint
from tests import factories as make

BODY = Document(
    (
        Heading("一、时间"),
        Paragraph((Run("见"), Run("附件", bold=True, link="https://a.example/"), Run("执行。"))),
        ListBlock(((Run("早九点"),), (Run("晚五点"),))),
        Table(((Cell("窗口"), Cell("3 号")),)),
        Quote(("原话",)),
    )
)
RELEASE = make.content(body=BODY)


def edit(number: int, text: str, was: str = "") -> BlockEdit:
    return BlockEdit(0, number, was, text)


def after(*edits: BlockEdit) -> tuple[object, ...]:
    return edited(RELEASE, normalised(Edits(blocks=edits), RELEASE)).body.blocks


def test_words_that_stay_keep_their_style_and_link() -> None:
    """New words take the style of those before them, and lead nowhere."""
    runs = restyled(BODY.blocks[1].runs, "请见附件一并执行。")  # type: ignore[union-attr]

    assert runs == (
        Run("请见"),
        Run("附件", bold=True, link="https://a.example/"),
        Run("一并", bold=True),
        Run("执行。"),
    )


def test_a_paragraph_with_a_line_end_becomes_two() -> None:
    """Everything around it is as it was."""
    blocks = after(edit(1, "第一句。\n\n第二句。"))

    assert [getattr(block, "text", "") for block in blocks[:3]] == [
        "一、时间",
        "第一句。",
        "第二句。",
    ]
    assert blocks[3:] == BODY.blocks[2:]


@pytest.mark.parametrize(
    ("number", "text", "block"),
    [
        (0, "一、办事\n时间", Heading("一、办事 时间")),
        (2, "早八点\n晚六点", ListBlock(((Run("早八点"),), (Run("晚六点"),)))),
        (4, "改过的原话", Quote(("改过的原话",))),
    ],
)
def test_every_block_of_words_can_be_rewritten(number: int, text: str, block: object) -> None:
    assert after(edit(number, text))[number] == block


TABLE = Table(
    (
        (Cell("标准", header=True, columns=2),),
        (Cell("每月\n补贴"), Cell("")),
    ),
    caption="补贴标准",
)
WITH_TABLE = make.content(body=Document((TABLE,)))


def written(text: str) -> Table:
    """The table with other words."""
    edits = normalised(Edits(blocks=(edit(0, text),)), WITH_TABLE)
    (block,) = edited(WITH_TABLE, edits).body.blocks
    assert isinstance(block, Table)
    return block


def test_a_table_is_written_in_cell_by_cell() -> None:
    """Spans, heads, caption and the cells that say the same stay as they are."""
    changed = written("补贴标准\n标准\n每月 补贴\t300元")

    assert changed.caption == TABLE.caption
    assert changed.rows[0] == TABLE.rows[0]
    assert changed.rows[1] == (TABLE.rows[1][0], Cell("300元"))
    assert written("标准\n每月 补贴\t").rows == TABLE.rows


def test_a_table_that_says_the_same_is_no_edit() -> None:
    """Empty cells at a line's end are kept, so that they are none either."""
    same = source_blocks(WITH_TABLE)[0].words

    assert not normalised(Edits(blocks=(edit(0, same),)), WITH_TABLE)


@pytest.mark.parametrize("text", ["标准\n每月 补贴", "标准\n每月\t补贴\t多", "标准\na\tb\nc\td"])
def test_nothing_is_added_to_a_table_and_nothing_taken(text: str) -> None:
    """Neither a row nor a cell; leaving out the whole is something else."""
    with pytest.raises(InvalidInput, match="不能增减行和列"):
        written(text)


def test_a_table_too_large_to_write_in_can_only_be_left_out() -> None:
    """A page has no room for that many fields."""
    large = make.content(body=Document((Table(((Cell("格"),) * (MOST_CELLS + 1),)),)))

    (block,) = source_blocks(large)

    assert not block.can_be_rewritten
    with pytest.raises(InvalidInput, match="不能改写"):
        normalised(Edits(blocks=(edit(0, "别的"),)), large)


def test_any_block_can_be_left_out() -> None:
    """What is not there cannot."""
    assert len(after(edit(3, ""))) == len(BODY.blocks) - 1
    with pytest.raises(InvalidInput, match="没有这一段"):
        after(edit(9, "新"))


def test_an_edit_that_changes_nothing_is_none() -> None:
    """Blanks at line ends are nothing either; the approved words are kept with one that does."""
    found = normalised(Edits(blocks=(edit(0, "一、时间 \r\n"), edit(4, "新"))), RELEASE)

    assert found.blocks == (edit(4, "新", was="原话"),)


def test_edits_follow_their_words_into_another_version() -> None:
    """The nearest of the same words; an edit whose words are gone is told."""
    before = make.content(body=make.document("甲", "乙", "丙"))
    now = make.content(body=make.document("序", "甲", "乙二", "丙", "甲"))
    edits = normalised(Edits(blocks=(edit(0, "甲改"), edit(1, "乙改"), edit(2, ""))), before)

    moved, lost = rebased(edits, now)

    assert [(each.number, each.text) for each in moved.blocks] == [(1, "甲改"), (3, "")]
    assert [each.was for each in lost] == ["乙"]


def test_fields_are_written_over_what_was_drawn_and_taken_off_again() -> None:
    """Each keeps what stood there; one that says the same is no edit."""
    drawn = DraftContent((Article("旧题", "<p>一</p>", digest="摘要"),), text="短文", marker="m")
    wanted = Edits((FieldEdit(Field.TITLE, "新题", 0), FieldEdit(Field.DIGEST, "摘要", 0)))

    content, kept = with_fields(drawn, wanted)

    assert content.articles[0].title == "新题"
    assert kept.fields == (FieldEdit(Field.TITLE, "新题", 0, was="旧题"),)
    assert without_fields(content, kept) == drawn


def test_a_post_without_an_address_is_found_by_its_new_words() -> None:
    """The marker of a text with an address stays that address."""
    bare = DraftContent(text="旧文", marker=fingerprint("旧文"))
    linked = DraftContent(text="旧文 https://a.example/", marker="https://a.example/")
    edits = Edits((FieldEdit(Field.TEXT, "新文"),))

    assert with_fields(bare, edits)[0].marker == fingerprint("新文")
    assert with_fields(linked, edits)[0].marker == "https://a.example/"
