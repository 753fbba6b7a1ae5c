"""Long documents over articles: nothing lost, nothing too long, whatever the document."""

import dataclasses
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.domain.releases.document import (
    Cell,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from bot.rendering.blocks import BlockWriter, LinkPolicy
from bot.rendering.fragments import halves
from bot.rendering.paging import fitting_pieces, paginate

from .samples import WECHAT_LIMITS, a_release, a_renderer, long_document, paragraph, rendered

TEXT = st.text(st.sampled_from("政策解读应当及时<&>\"'。；，、 1a𠮷\n"), min_size=1, max_size=300)
RUNS = st.lists(
    st.builds(
        Run,
        TEXT,
        bold=st.booleans(),
        italic=st.booleans(),
        link=st.sampled_from([None, "https://a.example/x?1&2", "ftp://b.example"]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
ROWS = st.lists(
    st.lists(st.builds(Cell, TEXT, rows=st.integers(1, 3)), min_size=1, max_size=3).map(tuple),
    min_size=1,
    max_size=8,
).map(tuple)
BLOCKS = st.one_of(
    st.builds(Paragraph, RUNS, st.sampled_from(["left", "right", "center"])),
    st.builds(Heading, TEXT, st.integers(1, 4)),
    st.builds(ListBlock, st.lists(RUNS, min_size=1, max_size=5).map(tuple), st.booleans()),
    st.builds(Quote, st.lists(TEXT, min_size=1, max_size=3).map(tuple)),
    st.builds(Table, ROWS),
    st.builds(Rule),
)
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=25).map(lambda blocks: Document(tuple(blocks)))
SMALL = dataclasses.replace(WECHAT_LIMITS, html=4_000, articles=99, cover_bytes=0)
RENDERER = a_renderer()
SETTINGS = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # Shrinking documents of this size takes minutes and tells little.
    phases=[Phase.explicit, Phase.generate],
)


def a_writer() -> BlockWriter:
    return BlockWriter({}, LinkPolicy(), lambda image: None)


def running_text(document: Document) -> str:
    return bare(Document(tuple(b for b in document.blocks if not isinstance(b, Table))).text)


def bare(text: str) -> str:
    return "".join(text.split())


@given(DOCUMENTS)
@SETTINGS
def test_no_text_is_lost_or_doubled_by_splitting(document: Document) -> None:
    """The pages say what the document says, in its order; only cells cut in two move."""
    room = 400
    pieces = fitting_pieces(document.blocks, room=room, write=a_writer().write)
    pages = paginate(pieces, room)

    told = Document(tuple(piece.block for page in pages for piece in page))
    assert running_text(told) == running_text(document)
    assert Counter(bare(told.text)) == Counter(bare(document.text))
    assert all(sum(piece.size for piece in page) <= room for page in pages)


@given(DOCUMENTS)
@SETTINGS
def test_every_article_fits_and_is_a_well_formed_fragment(document: Document) -> None:
    """The platform refuses what is too long or badly nested, whatever the text was."""
    result = rendered(a_release(body=document, attachments=()), limits=SMALL, renderer=RENDERER)

    for article in result.content.articles:
        assert len(article.html) <= SMALL.html
        etree.fromstring(f"<x>{article.html}</x>")
        assert "\n" not in article.html
    assert result.form == ("whole" if len(result.content.articles) == 1 else "split")


def test_pages_break_before_the_highest_heading_near_the_end() -> None:
    """A chapter begins an article rather than ending one."""
    pieces = [a_writer().write(block) for block in long_document(60).blocks]
    pages = paginate(pieces, 5_000)

    assert len(pages) > 1
    assert all(page[0].level == 1 for page in pages[1:])


def test_a_heading_is_never_the_last_line_of_an_article() -> None:
    """It goes over with what it stands above."""
    blocks = (paragraph("文" * 100), Heading("标题", 2), paragraph("文" * 100))
    write = a_writer().write
    pages = paginate([write(block) for block in blocks], 150)

    assert [len(page) for page in pages] == [1, 2]


def test_articles_of_a_split_document_are_about_equally_long() -> None:
    """A reader does not open a last part of three lines."""
    blocks = [paragraph("文" * 93) for _ in range(21)]
    pages = paginate([a_writer().write(block) for block in blocks], 1_000)

    assert max(map(len, pages)) - min(map(len, pages)) <= 3


def test_a_paragraph_is_cut_after_a_sentence() -> None:
    """Where a reader would pause anyway."""
    cut = halves(paragraph("第一句话说完了。第二句话也说完了，后面还有。"))

    assert cut is not None
    assert [block.text for block in cut if isinstance(block, Paragraph)] == [
        "第一句话说完了。",
        "第二句话也说完了，后面还有。",
    ]


def test_a_table_is_cut_where_no_cell_spans_and_repeats_its_head() -> None:
    """Each half can be read alone."""
    head = (Cell("类别", header=True), Cell("标准", header=True))
    table = Table((head, (Cell("甲", rows=2), Cell("1")), (Cell("2"),), (Cell("乙"), Cell("3"))))

    cut = halves(table)

    assert cut == (
        Table((head, (Cell("甲", rows=2), Cell("1")), (Cell("2"),))),
        Table((head, (Cell("乙"), Cell("3")))),
    )
