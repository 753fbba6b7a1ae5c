"""Which files may be handed in beside a document."""

import zipfile
from io import BytesIO

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.releases.attachments import (
    KINDS,
    LONGEST_NAME,
    MOST_ATTACHMENTS,
    added,
    attachment_of,
    carried_on,
    with_addresses,
)
from bot.domain.releases.document import Attachment

PDF, OLE = b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 8
LINKED = Attachment("目录.pdf", "https://gov.test/a.pdf")


def packed(*names: str) -> bytes:
    """An archive that holds these names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def kept(name: str, sha256: str = "1" * 64) -> Attachment:
    return Attachment(name, "", sha256, size=9)


RIGHT = {
    "表.pdf": PDF,
    "表.docx": packed("[Content_Types].xml", "word/document.xml"),
    "表.XLSX": packed("xl/workbook.xml"),
    "表.pptx": packed("ppt/presentation.xml"),
    "表.ofd": packed("OFD.xml", "Doc_0/Document.xml"),
    "表.doc": OLE,
    "表.xls": OLE,
    "表.ppt": OLE,
    "表.wps": OLE,
    "表.et": OLE,
    "表.zip": packed("a.txt"),
    "表.rar": b"Rar!\x1a\x07\x00",
    "表.7z": b"7z\xbc\xaf\x27\x1c",
    "表.txt": "目录".encode("gb18030"),
    "表.csv": "区,户数".encode(),
    "表.jpg": b"\xff\xd8\xff\xe0",
    "表.jpeg": b"\xff\xd8\xff\xe0",
    "表.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_file_is_known_by_its_content(name: str) -> None:
    """Each kind, whatever the case of its ending; its name and size are kept."""
    content = RIGHT[name]

    assert attachment_of(name, content, sha256="0" * 64, field="f") == Attachment(
        name, "", "0" * 64, size=len(content)
    )


def test_every_kind_is_tried_above() -> None:
    """A new kind joins."""
    assert {name.rpartition(".")[2].lower() for name in RIGHT} == set(KINDS)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("木马.exe", b"MZ", "不是可以公开的附件格式"),
        ("没有后缀", PDF, "不是可以公开的附件格式"),
        ("网页.html", b"<html>", "不是可以公开的附件格式"),
        ("表.pdf", b"<html>", "内容不是 PDF 文件"),
        ("表.docx", packed("xl/workbook.xml"), "内容不是 Word 文件"),
        ("表.zip", b"PK\x03\x04 broken", "内容不是 ZIP 文件"),
        ("表.txt", b"\x00\x01", "内容不是 文本 文件"),
        ("表.png", b"\xff\xd8\xff", "内容不是 图片 文件"),
        ("表.docx", packed("word/document.xml", "word/vbaProject.bin"), "里有宏"),
        ("表.doc", OLE + "_VBA_PROJECT".encode("utf-16-le"), "里有宏"),
        ("表.zip", packed("说明.txt", "安装.EXE"), "可以运行的程序"),
    ],
)
def test_what_may_not_be_handed_out_is_refused(name: str, content: bytes, said: str) -> None:
    """By ending, by content, for macros and for programs; the file and the next step are named."""
    with pytest.raises(InvalidInput) as refused:
        attachment_of(name, content, sha256="", field="attachment")

    (problem,) = refused.value.problems
    assert problem.field == "attachment"
    assert said in problem.message
    assert f"“{name}”" in problem.message


def test_a_name_is_shown_without_folders_and_hidden_signs() -> None:
    """And within its length, the ending kept."""
    long = attachment_of("长" * 300 + ".pdf", PDF, sha256="", field="f").name

    assert (
        attachment_of("C:\\桌面\\申请\u202e表\n.pdf", PDF, sha256="", field="f").name
        == "申请表.pdf"
    )
    assert (len(long), long[-4:]) == (LONGEST_NAME, ".pdf")


def test_a_file_of_the_same_name_takes_its_place() -> None:
    """One kept with us; a linked one of that name stays beside it."""
    there = (LINKED, kept("表.pdf"), kept("图.png"))

    assert added(there, kept("表.pdf", "2" * 64)) == (
        LINKED,
        kept("表.pdf", "2" * 64),
        kept("图.png"),
    )
    assert added((LINKED,), kept("目录.pdf")) == (LINKED, kept("目录.pdf"))


def test_there_is_an_end_to_them() -> None:
    """Enough for any document."""
    full = tuple(kept(f"{n}.pdf") for n in range(MOST_ATTACHMENTS))

    with pytest.raises(InvalidInput, match="最多 20 个附件"):
        added(full, kept("再来.pdf"))


def test_kept_files_outlive_a_new_text() -> None:
    """Links are those of the new text, if it has any."""
    other = Attachment("新目录.pdf", "https://gov.test/b.pdf")

    assert carried_on((LINKED, kept("表.pdf")), (other,)) == (other, kept("表.pdf"))
    assert carried_on((LINKED,), (kept("表.pdf"),)) == (LINKED, kept("表.pdf"))


def test_kept_files_get_an_address_and_links_keep_theirs() -> None:
    """What a post shows."""
    shown = with_addresses((LINKED, kept("表.pdf")), lambda sha256: f"https://x/{sha256[:2]}")

    assert [each.url for each in shown] == ["https://gov.test/a.pdf", "https://x/11"]
