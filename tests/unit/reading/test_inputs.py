"""Inputs handed in by hand: what Word and WPS put on the clipboard, and what a layout says."""

import base64

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.releases.document import Image, Paragraph, Run, Table
from bot.ports.reading import InputForm, RawInput, Recognised
from bot.reading.inputs import read_input, read_interpretation_input, recognise
from tests.fakes.media import FakeMediaStore

PNG = b"\x89PNG\r\n\x1a\n"


def _keep(content: bytes) -> str:
    raise AssertionError(f"there is no picture here: {content!r}")


def _pasted(html: str, media: FakeMediaStore | None = None) -> Recognised:
    return recognise(RawInput(InputForm.PASTE, html.encode()), (media or FakeMediaStore()).put)


def _codes(recognised: Recognised) -> set[str]:
    return {finding.code for finding in recognised.findings}


def test_only_the_fragment_is_read() -> None:
    """Around it stand Word's style sheets and settings."""
    html = (
        "<html><head><style>p{mso-x:1}</style><!--[if gte mso 9]><xml><w:Zoom>1</w:Zoom></xml>"
        "<![endif]--></head><body>前<!--StartFragment--><p class=MsoNormal>正文。<o:p>&nbsp;</o:p>"
        "</p><!--EndFragment-->后</body></html>"
    )

    assert _pasted(html).body.blocks == (Paragraph((Run("正文。"),)),)


def test_word_lists_keep_their_numbers_and_lose_symbol_letters() -> None:
    """A bullet of the font Wingdings is the letter l anywhere else."""
    ignored = "<span style='mso-list:Ignore'>{}<span style='font:7pt Times'>&nbsp; </span></span>"
    html = (
        f"<p style='mso-list:l0 level1 lfo1'><span>{ignored.format('1.')}</span>一次办好。</p>"
        f"<p><span style='font-family:Wingdings'>{ignored.format('l')}</span>周六办公。</p>"
    )

    assert _pasted(html).body.text == "1.一次办好。\n周六办公。"


def test_bold_is_not_undone_by_words_own_declarations() -> None:
    """mso-bidi-font-weight is about scripts written from right to left."""
    body = _pasted("<p><b style='mso-bidi-font-weight:normal'>每户</b>八千元</p>").body

    assert body.blocks == (Paragraph((Run("每户", bold=True), Run("八千元"))),)


def test_deleted_text_comments_and_hidden_text_stay_behind_and_are_told() -> None:
    """What a reviewer struck out must not be published."""
    recognised = _pasted(
        "<p>每户<del cite='mailto:z'>八千</del><ins>九千</ins>元"
        "<span style='mso-hide:all'>草稿</span><span class=MsoCommentReference>[a1]</span>。</p>"
        "<div style='mso-element:comment-list'><p>这里再核</p></div>"
    )

    assert recognised.body.text == "每户九千元。"
    assert {"revisions", "comments", "hidden"} <= _codes(recognised)


def test_a_picture_on_the_writers_disk_is_left_and_counted() -> None:
    """Neither the path nor the user's name in it goes anywhere."""
    recognised = _pasted("<p>正文。</p><img src='file:///C:/Users/zhang/clip.png'>")

    assert recognised.body.images == ()
    assert "pictures_left" in _codes(recognised)


def test_a_picture_that_the_paste_carries_is_kept() -> None:
    """WPS puts small ones into the HTML itself."""
    media = FakeMediaStore()
    source = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"

    recognised = _pasted(f"<p>正文。</p><img src='{source}' alt='图'>", media)

    (image,) = recognised.body.images
    assert image == Image("", "图", sha256=image.sha256)
    assert media.get(image.sha256 or "") == PNG


def test_tables_stay_tables() -> None:
    """Cells of Word hold paragraphs."""
    cell = "<td><p class=MsoNormal>{}<o:p></o:p></p></td>"
    html = f"<table><tr>{cell.format('项目')}{cell.format('标准')}</tr></table><p>正文。</p>"

    assert isinstance(_pasted(html).body.blocks[0], Table)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于停水的通知\n\n各单位：\n\n今晚停水。", {"title": "关于停水的通知"}),
        (
            "云岭政办发〔2026〕7号\n\n关于印发\n\n停车办法的通知\n\n正文。",
            {"document_number": "云岭政办发〔2026〕7号", "title": "关于印发停车办法的通知"},
        ),
        ("今天下午召开了会议。\n\n一、总体要求", {}),
        (
            "停水通知\n\n正文。\n\n云岭市水务局\n\n2026年11月20日",
            {"title": "停水通知", "issuing_body": "云岭市水务局", "issued_on": "2026-11-20"},
        ),
    ],
    ids=["title", "number and broken title", "nothing sure", "signature"],
)
def test_the_layout_of_a_document_gives_its_fields(text: str, expected: dict[str, str]) -> None:
    """Only what is sure: a person looks at each."""
    fields = dict(recognise(RawInput(InputForm.TEXT, text.encode()), _keep).fields)

    fields.pop("kind")
    assert fields == expected


def test_written_metadata_counts_before_the_layout() -> None:
    """Somebody wrote it on purpose."""
    text = "---\n标题: 停水公告\n---\n停水通知\n\n正文。"

    assert recognise(RawInput(InputForm.TEXT, text.encode()), _keep).fields["title"] == "停水公告"


def test_fields_and_text_are_judged_as_over_the_api() -> None:
    """Every problem at once, secrecy among them."""
    raw = RawInput(InputForm.TEXT, "机密★1年\n\n正文。".encode())

    with pytest.raises(InvalidInput) as refusal:
        read_input(raw, {"title": "通知", "disclosure": "withheld"}, _keep)

    fields = {problem.field for problem in refusal.value.problems}
    assert fields == {"issuing_body", "source_id", "disclosure", "正文"}


def test_an_interpretation_needs_a_title() -> None:
    """The sentence says so."""
    with pytest.raises(InvalidInput, match="缺少解读标题"):
        read_interpretation_input(RawInput(InputForm.TEXT, "正文。".encode()), {}, _keep)
