"""Release files of every kind, and files that are none."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.releases.document import Heading, ListBlock, Table
from bot.reading.files import LARGEST_FILE, read_release_file
from tests.fakes.media import FakeMediaStore

KEEP = FakeMediaStore().put

SAMPLES = Path(__file__).parents[2] / "samples" / "releases"


def test_reads_a_json_file() -> None:
    """The file's own id is its key."""
    assert read_release_file(SAMPLES / "parking.json", KEEP).source_id == "linhe-2027-1"


def test_reads_markdown_with_chinese_metadata() -> None:
    """The block at the head gives the fields; the file name is the key."""
    reading = read_release_file(SAMPLES / "water.md", KEEP)
    content = reading.content

    assert reading.source_id == "water"
    assert content.issuing_bodies == ("临河区水务局", "临河区财政局")
    assert (content.document_number, content.issued_on) == ("临水发〔2027〕3号", date(2027, 2, 1))
    assert reading.approval is not None
    assert [type(block) for block in content.body.blocks[::2]] == [Heading, Table]
    assert isinstance(content.body.blocks[-1], ListBlock)


def test_reads_a_page_of_a_government_site() -> None:
    """Header table, standard page metadata and the marked body element."""
    content = read_release_file(SAMPLES / "garbage.html", KEEP).content

    assert content.title == "临河区城市管理局关于垃圾分类的意见"
    assert content.document_number == "临城管〔2027〕5号"
    assert content.index_number == "010101010/2027-00003"
    assert (content.issued_on, content.published_on) == (date(2027, 3, 1), date(2027, 3, 2))
    assert content.source_url == "https://www.linhe.example/zwgk/t3.html"
    assert content.body.text == "本意见自2027年4月1日起施行。"


def test_reads_plain_text_with_metadata(tmp_path: Path) -> None:
    """A .txt file is never Markdown."""
    path = tmp_path / "notice.txt"
    path.write_text("---\ntitle: 通知\n发文机关: 甲局\n---\n# 号入口\n请走正门。\n")

    assert read_release_file(path, KEEP).content.body.text == "号入口\n请走正门。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_reads_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """Offices still save as GBK."""
    path = tmp_path / "water.md"
    path.write_bytes((SAMPLES / "water.md").read_text().encode(encoding))

    reading = read_release_file(path, KEEP)

    assert reading.content.title == "临河区水务局关于节约用水的通告"
    assert ("encoding" in {f.code for f in reading.findings}) == (encoding == "gb18030")


def _sentence(path: Path, *, largest: int = LARGEST_FILE) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_release_file(path, KEEP, largest=largest)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.json", b'{"title": ', "不是正确的 JSON（第 1 行）"),
        ("a.json", b"[" * 100_000, "不是正确的 JSON"),
        ("a.json", b"[1]", "应当是一个对象"),
        ("a.md", b"  \n", "是空的"),
        ("a.md", "日本語テキスト".encode("shift-jis"), "编码无法确认"),
        ("a.md", b"\xff\xfe\x00", "编码无法确认"),
        ("a.pdf", b"%PDF", "不支持 .pdf"),
        ("a", b"x", "不支持"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    """Each refusal is a sentence for the person who handed it in."""
    path = tmp_path / name
    path.write_bytes(content)

    assert sentence in _sentence(path)


def test_a_missing_file_and_a_large_file_are_refused(tmp_path: Path) -> None:
    """The limit is named in megabytes."""
    large = tmp_path / "large.json"
    large.write_text(json.dumps({"title": "x" * 2_000_000}))

    assert "无法读取" in _sentence(tmp_path / "gone.md")
    assert "最大 1 MB" in _sentence(large, largest=1024 * 1024)


def test_wrong_metadata_lines_are_all_named(tmp_path: Path) -> None:
    """Line numbers are those of the file."""
    path = tmp_path / "a.md"
    path.write_text("---\n标题: 通知\n颜色: 红\n没有冒号\n标题: 又一\n---\n正文。\n")

    sentence = _sentence(path)

    for place in ("第 3 行", "第 4 行", "第 5 行", "issuing_body"):
        assert place in sentence


def test_the_first_heading_is_the_title_of_markdown_without_one(tmp_path: Path) -> None:
    """A finding says where the title came from."""
    path = tmp_path / "a.md"
    path.write_text("---\n发文机关: 甲局\n---\n\n# 关于放假的通知\n\n正文。\n")

    reading = read_release_file(path, KEEP)

    assert reading.content.title == "关于放假的通知"
    assert "title_from_body" in {finding.code for finding in reading.findings}


def test_own_metadata_of_a_page_goes_before_its_table(tmp_path: Path) -> None:
    """What the publisher wrote for us is meant."""
    page = (SAMPLES / "garbage.html").read_text()
    path = tmp_path / "a.html"
    path.write_text(page.replace("<title>", '<meta name="tongbu:title" content="新标题"><title>'))

    assert read_release_file(path, KEEP).content.title == "新标题"


def test_a_header_table_inside_the_body_is_not_shown_again(tmp_path: Path) -> None:
    """Without a marked body element the table is part of the page."""
    page = (SAMPLES / "garbage.html").read_text().replace('id="UCAP-CONTENT"', "")
    path = tmp_path / "a.html"
    path.write_text(page)

    assert "010101010" not in read_release_file(path, KEEP).content.body.text
