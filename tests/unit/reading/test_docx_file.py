"""Word files as offices hand them in: what is read, what is noted, what is refused."""

from pathlib import Path

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.releases.document import Heading, Image, ListBlock, Paragraph, Table
from bot.domain.releases.release import ReleaseReading
from bot.reading.docx_file import read_docx
from bot.reading.docx_package import LARGEST_XML
from bot.reading.files import read_release_file
from bot.reading.notes import Notes
from tests.fakes.media import FakeMediaStore

from .word_files import aligned, heading, item, package, paragraph, picture, table, word_file

HEAD = table(
    ("标题", "临河区停车管理办法"),
    ("发文机关", "临河区人民政府"),
    ("发文字号", "临政发〔2027〕8号"),
    ("成文日期", "2027年3月1日"),
)


def reading_of(
    *blocks: str, pictures: dict[str, bytes] | None = None, media: FakeMediaStore | None = None
) -> ReleaseReading:
    """What comes of a file with a table of metadata and these blocks."""
    content = word_file(HEAD, *blocks, pictures=pictures)
    return read_docx(content, Notes(), (media or FakeMediaStore()).put, default_key="parking")


def codes_of(reading: ReleaseReading) -> set[str]:
    """The codes of its findings."""
    return {finding.code for finding in reading.findings}


def test_a_table_of_names_and_values_is_the_metadata() -> None:
    """It leaves the text; the file's name is the key."""
    reading = reading_of(paragraph("正文。"))

    assert reading.source_id == "parking"
    assert reading.content.title == "临河区停车管理办法"
    assert reading.content.document_number == "临政发〔2027〕8号"
    assert reading.content.body.text == "正文。"


def test_a_block_between_fences_is_the_metadata_too() -> None:
    """As at the head of Markdown; a line end inside a paragraph counts as one."""
    head = "---</w:t><w:br/><w:t>标题: 关于停车的通知</w:t><w:br/><w:t>发文机关：临河区人民政府"
    content = word_file(paragraph(head), paragraph("---"), paragraph("正文。"))

    reading = read_docx(content, Notes(), FakeMediaStore().put, default_key="k")

    assert reading.content.title == "关于停车的通知"
    assert reading.content.issuing_bodies == ("临河区人民政府",)
    assert reading.content.body.text == "正文。"


def test_the_forms_of_a_document_are_kept() -> None:
    """Headings by style and by number, bold, alignment, lists and tables."""
    reading = reading_of(
        heading("总体要求", 2),
        paragraph("（一）范围"),
        paragraph("适用于全区。", run="<w:b/>"),
        aligned("临河区人民政府", "right"),
        item("身份证明"),
        item("行驶证"),
        table(("类别", "标准"), ("小型车", "5 元")),
    )

    headed, numbered, bold, signed, listed, prices = reading.content.body.blocks
    assert (headed, numbered) == (Heading("总体要求", 2), Heading("（一）范围", 3))
    assert isinstance(bold, Paragraph)
    assert bold.runs[0].bold
    assert isinstance(signed, Paragraph)
    assert signed.align == "right"
    assert isinstance(listed, ListBlock)
    assert len(listed.items) == 2
    assert isinstance(prices, Table)
    assert prices.rows[1][1].text == "5 元"
    assert "auto_numbers" in codes_of(reading)


def test_debris_of_the_typewriter_is_cleaned() -> None:
    """The rules are those of every reader: odd spaces become plain, invisible ones go."""
    reading = reading_of(paragraph("办理\u00a0时\u200b限为五日。"))

    assert reading.content.body.text == "办理 时限为五日。"
    assert {"odd_spaces", "zero_width"} <= codes_of(reading)


def test_pictures_are_kept_and_stand_in_their_place() -> None:
    """A stored picture needs no address."""
    media = FakeMediaStore()

    reading = reading_of(picture("a.png", "流程图"), pictures={"a.png": b"PNG"}, media=media)

    (image,) = reading.content.body.blocks
    assert isinstance(image, Image)
    assert (image.url, image.alt) == ("", "流程图")
    assert media.get(image.sha256 or "") == b"PNG"
    assert "picture_addresses" not in codes_of(reading)


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (picture("a.emf"), "picture_formats"),
        (paragraph('改</w:t></w:r><w:ins w:id="1"><w:r><w:t>了</w:t></w:r></w:ins><w:r><w:t>'),
         "revisions"),
    ],
    ids=["a picture of an odd format", "a revision"],
)  # fmt: skip
def test_what_a_person_must_look_at_is_noted(block: str, code: str) -> None:
    """Nothing is left out or decided in silence."""
    assert code in codes_of(reading_of(block, paragraph("正文。"), pictures={"a.emf": b"EMF"}))


def test_a_linked_picture_is_not_fetched_from_anywhere() -> None:
    """A file must not make us open addresses or files of its choice."""
    content = word_file(HEAD, paragraph("正文。"), picture("x", linked=True))
    outside = content_with_relation(content, "file:///etc/hostname")

    reading = read_docx(outside, Notes(), FakeMediaStore().put, default_key="k")

    assert reading.content.body.text == "正文。"
    assert codes_of(reading) & {"pictures_missing", "picture_formats"}


def content_with_relation(content: bytes, target: str) -> bytes:
    """The file with an external relation `x`."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    place = "word/_rels/document.xml.rels"
    relation = (
        '<Relationship Id="x" TargetMode="External" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/image" Target="{target}"/></Relationships>'
    )
    return package({**parts, place: parts[place].replace(b"</Relationships>", relation.encode())})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
REFUSED = {
    "an old file": (OLE, "另存为 .docx"),
    "a locked file": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "a cut file": (word_file(HEAD)[:-40], "损坏"),
    "no Word file": (package({"xl/workbook.xml": "<x/>"}), "不是 Word"),
    "a bomb": (package({"word/document.xml": bytes(LARGEST_XML + 1)}), "过大"),
    "a declaration": (package({"word/document.xml": "<!DOCTYPE x><x/>"}), "声明"),
    "no content": (package({"word/document.xml": "<x"}), "不完整"),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_opened_is_refused_with_the_next_step(
    content: bytes, words: str
) -> None:
    """One Chinese sentence for staff, whatever is wrong."""
    with pytest.raises(InvalidInput, match=words):
        read_docx(content, Notes(), FakeMediaStore().put, default_key="k")


def test_a_word_file_comes_through_the_door_of_all_files(tmp_path: Path) -> None:
    """By its suffix; the formats before it are told what to do."""
    (tmp_path / "通知.docx").write_bytes(word_file(HEAD, paragraph("正文。")))
    (tmp_path / "旧.doc").write_bytes(OLE)

    assert read_release_file(tmp_path / "通知.docx", FakeMediaStore().put).source_id == "通知"
    with pytest.raises(InvalidInput, match="另存为"):
        read_release_file(tmp_path / "旧.doc", FakeMediaStore().put)
