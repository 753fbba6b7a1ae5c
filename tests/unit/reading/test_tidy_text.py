"""Plain text out of PDF files and web pages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.releases.document import Document, Heading, Paragraph
from bot.reading.bodies import read_markdown_or_text
from bot.reading.notes import Notes
from bot.reading.tidy_text import read_text

_PDF = """- 1 -
  为规范临河区共享单车停放秩序，保障市民出行安全，改善城市面貌，根
据《临河区城市管理办法》（临政发〔 2026〕8号），现就有关事项通知如下：
  一、停放范围
  （一）主次干道两侧划定停放点 312处，市民应当在停放点内停车，违反规
定的由运营单位通知使用人及时挪车，不得以任何名义收取费用，也不得影响

— 2 —

他人正常通行和市容环境卫生，相关费用由运营单位自行承担并及时公示。
  运营单位应当每日巡查，并在两小时内处理市民投诉，投诉处理情况定期报
送区城市管理部门。清算机 构另行规定。
  临河区人民政府办公室
  2027年1月8日
"""


def _texts(text: str) -> tuple[list[str], Notes]:
    notes = Notes()
    return read_text(text, notes).text.split("\n"), notes


def test_a_stray_blank_after_a_page_break_is_no_indent() -> None:
    """The sentence goes on; only an indent two wide begins a paragraph."""
    stray = _PDF.replace("\n他人", "\n 他人")

    assert stray != _PDF
    assert _texts(stray)[0] == _texts(_PDF)[0]


def test_joins_lines_broken_inside_a_sentence_even_over_a_page() -> None:
    """Paragraphs come back whole; page marks go; everything is counted."""
    lines, notes = _texts(_PDF)

    assert lines[0] == (
        "为规范临河区共享单车停放秩序，保障市民出行安全，改善城市面貌，根据《临河区城市管理办法》"
        "（临政发〔2026〕8号），现就有关事项通知如下："
    )
    assert lines[2].startswith("（一）主次干道两侧划定停放点312处")
    assert lines[2].endswith(
        "也不得影响他人正常通行和市容环境卫生，相关费用由运营单位自行承担并及时公示。"
    )
    assert notes.counts["page_marks"] == 2
    assert notes.counts["lines_joined"] == 4


def test_headings_signatures_and_dates_stay_on_their_own() -> None:
    """What stands alone in the paper stands alone in the document."""
    notes = Notes()
    document = read_text(_PDF, notes)

    assert Heading("一、停放范围", 2) in document.blocks
    assert [b.text for b in document.blocks[-2:] if isinstance(b, Paragraph)] == [
        "临河区人民政府办公室",
        "2027年1月8日",
    ]


def test_blanks_between_words_go_and_blanks_between_bodies_stay() -> None:
    """清算机 构 is debris of extraction, 财政部 公安部 is not."""
    lines, notes = _texts(_PDF.replace("现就有关", "财政局 公安局现就有关"))

    assert "清算机构另行规定" in lines[3]
    assert "财政局 公安局" in lines[0]
    assert notes.counts["word_spaces_closed"] == 1


def test_a_label_on_its_own_line_joins_its_words() -> None:
    """第一条 and its text are one paragraph; 第一章 and its name one heading."""
    notes = Notes()
    document = read_text("第一章\n\u3000\n总 则\n第一条\n 为了规范管理，制定本办法。\n", notes)

    assert document.blocks[0] == Heading("第一章\u3000总 则", 2)
    assert document.text.endswith("第一条\u3000为了规范管理，制定本办法。")


def test_chapters_in_a_table_of_contents_are_no_headings() -> None:
    """Only the chapter itself is one."""
    notes = Notes()
    document = read_text(
        "目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n", notes
    )

    assert [block.block for block in document.blocks] == [
        "paragraph",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "heading",
    ]


def test_site_chrome_is_reported_and_not_dropped() -> None:
    """A person decides what of a scraped page is not the document."""
    text = "本办法自发布之日起施行。\n网站地图\n联系我们\n主办单位：临河区人民政府\n"

    lines, notes = _texts(text)

    assert "主办单位：临河区人民政府" in lines
    assert [finding.code for finding in notes.findings] == ["site_chrome"]


def test_tidy_markdown_is_read_as_markdown_and_untidy_is_not() -> None:
    """A PDF's indentation would be a code block to Markdown."""
    tidy, untidy = Notes(), Notes()

    document = read_markdown_or_text(
        "## 一、范围\n\n- 甲\n- 乙\n\n见[全文](https://a.example/x)\n", tidy
    )
    read_markdown_or_text(_PDF, untidy)

    assert [block.block for block in document.blocks] == ["heading", "list", "paragraph"]
    assert not tidy.findings
    assert [finding.code for finding in untidy.findings] == ["read_as_text"]


_LINES = st.lists(
    st.text(alphabet="政策文件规定。，：（一）、第条章 12 abc《》", max_size=45), max_size=30
)


@settings(max_examples=150)
@given(_LINES, st.sampled_from(["", "  ", "\u3000\u3000"]))
def test_nothing_but_blanks_is_ever_lost(lines: list[str], indent: str) -> None:
    """Joining and closing changes no character that can be seen."""
    text = "\n".join(indent + line for line in lines)

    document: Document = read_text(text, Notes())

    assert "".join(document.text.split()) == "".join(text.split())
