"""Long pictures: the whole text, legible, on few pages; pictures and tables with it."""

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image as Pillow

from bot.domain.releases.document import (
    Block,
    Cell,
    Document,
    Heading,
    Image,
    ListBlock,
    Run,
    Table,
)
from bot.language.words import split_words
from bot.rendering.colours import INK, WHITE, contrast, rgb
from bot.rendering.document_strips import BODY
from bot.rendering.long_pictures import (
    BAND,
    WIDTH,
    DrawnPage,
    LongText,
    TooLong,
    draw_long_pictures,
)

from .samples import a_png, every_block, long_document, paragraph

HEIGHTS = (1440, 2160)
TEXT = LongText(
    label="政策文件",
    title="云岭市人民政府办公室关于优化办事时间的通知",
    issuer="云岭市人民政府办公室",
    number="云政办发〔2026〕7号",
    body=every_block(),
    source=("以上为全文，如有出入以原文为准。", "原文：https://www.yunling.example/7.html"),
    colour="#2f67ad",
)


def drawn(
    *blocks: Block, most: int = 20, picture: bytes | None = None, **changes: Any
) -> tuple[DrawnPage, ...]:
    text = replace(TEXT, body=Document(blocks) if blocks else TEXT.body, **changes)
    return draw_long_pictures(
        text,
        most=most,
        heights=HEIGHTS,
        split_words=split_words,
        picture_of=lambda _: picture,
    )


def shown(page: DrawnPage) -> Pillow.Image:
    return Pillow.open(io.BytesIO(page.content)).convert("RGB")


def bare(text: str) -> str:
    return "".join(text.split())


def test_letters_are_large_enough_for_a_phone() -> None:
    """36 pixels of 1080, or about 13 points on a screen of 390."""
    assert WIDTH == 1080
    assert BODY >= 36
    assert contrast(INK, WHITE) > 7


def test_every_word_of_the_text_is_on_a_page() -> None:
    """In its order, and so in the alternative text of the pages."""
    body = long_document(30)
    pages = drawn(*body.blocks)

    told = bare("".join(page.text.split("\n", 1)[1] for page in pages))
    assert bare(body.text) in told
    assert told.endswith(bare("".join(TEXT.source)))


def test_pages_are_of_one_width_and_height_and_say_which_they_are() -> None:
    """So that they are leafed through without a jump."""
    pages = drawn(*long_document(30).blocks)

    assert len(pages) > 3
    assert {shown(page).size for page in pages} == {(1080, shown(pages[0]).height)}
    assert shown(pages[0]).height <= 1440
    assert pages[1].text.startswith(f"第 2 页，共 {len(pages)} 页\n")


def test_pages_become_higher_before_the_text_is_refused() -> None:
    """The platform's number of pictures is the limit."""
    blocks = long_document(30).blocks
    many = len(drawn(*blocks))

    pages = drawn(*blocks, most=many - 1)

    assert len(pages) < many
    assert 1440 < shown(pages[0]).height <= 2160
    with pytest.raises(TooLong) as refused:
        drawn(*blocks, most=2)
    assert refused.value.needed > 2


def test_a_short_text_is_one_picture_as_high_as_it_needs() -> None:
    """Not a page of white."""
    (page,) = drawn(paragraph("市级窗口延长办事时间。"))

    assert shown(page).height < 1000


@pytest.mark.parametrize("colour", ["#2f67ad", "#ffcc00", "#ffffff"])
def test_the_head_is_the_accounts_colour_and_can_be_read(colour: str) -> None:
    """White on a dark ground; below it, ink on white."""
    picture = shown(drawn(paragraph("特此通知。"), colour=colour)[0])
    ground, paper = picture.getpixel((20, BAND // 2)), picture.getpixel((20, BAND + 20))

    assert contrast(ground, WHITE) >= 6.5  # type: ignore[arg-type]
    assert paper == WHITE


def test_nothing_is_drawn_into_the_margins() -> None:
    """Lines keep their width, tables and pictures too."""
    wide = Table((tuple(Cell("很长的一个单元格" * 4) for _ in range(4)),))
    for page in drawn(*every_block().blocks, wide, picture=a_png(3000, 900)):
        picture = shown(page)
        right = picture.crop((WIDTH - 60, BAND + 10, WIDTH, picture.height))
        assert all(low > 240 for low, _ in right.getextrema())  # type: ignore[union-attr]


def test_a_picture_is_pasted_as_wide_as_the_column() -> None:
    """With its caption below; where it could not be had, its caption stands for it."""
    image = Image("https://www.yunling.example/p.png", alt="流程图", caption="办理流程")

    (page,) = drawn(image, picture=a_png(1200, 300, "red"))
    (without,) = drawn(image)

    picture = shown(page)
    red = [at for at in range(WIDTH) if picture.getpixel((at, BAND + 100)) == rgb("red")]
    assert (red[0], red[-1]) == (72, WIDTH - 73)
    assert "流程图\n办理流程" in page.text
    assert "（图片暂缺：办理流程）" in without.text


def test_a_narrow_table_is_a_grid_and_a_wide_one_is_told() -> None:
    """Six columns on a phone are six ribbons; name and value are read."""
    head = tuple(Cell(name, header=True) for name in "甲乙丙丁戊己")
    rows = (head, (Cell("全市", columns=6),), tuple(Cell(f"值{n}") for n in range(6)))
    narrow = Table(tuple(row[:3] for row in (rows[0], rows[2])))

    (grid,), (told,) = drawn(narrow), drawn(Table(rows))

    assert "甲　乙　丙\n值0　值1　值2" in grid.text
    assert "全市\n甲：值0\n乙：值1\n丙：值2\n丁：值3\n戊：值4\n己：值5" in told.text


def test_merged_cells_say_what_they_say_once_for_each_row() -> None:
    """A name over two columns stands before each of theirs; a value beside rows, in each."""
    rows = (
        (Cell("区", rows=2), Cell("标准", columns=4), Cell("备注", rows=2)),
        tuple(Cell(name) for name in "甲乙丙丁"),
        (Cell("城区", rows=2), *(Cell(f"{n}元") for n in range(4)), Cell("按月")),
        (*(Cell(f"{n}角") for n in range(4)), Cell("按年")),
    )

    told = "\n".join(page.text for page in drawn(Table(rows)))

    assert "区：城区\n标准·甲：0元" in told
    assert "区：城区\n标准·甲：0角" in told
    assert "备注：按年" in told


def test_items_and_headings_keep_their_marks() -> None:
    """Numbers are drawn, for no browser counts here."""
    (page,) = drawn(Heading("一、对象", 1), ListBlock(((Run("老年人；"),), (Run("儿童。"),)), True))

    assert "一、对象\n1. 老年人；\n2. 儿童。" in page.text


def test_the_same_text_gives_the_same_bytes() -> None:
    """Approval is bound to them."""
    assert drawn() == drawn()
