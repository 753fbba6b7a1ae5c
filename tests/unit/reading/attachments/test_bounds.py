"""Files that nobody can or should read to their end: said plainly, never taken for clean."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from bot.reading.attachments.gathering import Allowance
from bot.reading.attachments.inspector import NOTHING_READ, inspect
from bot.reading.attachments.old_office import OLE
from tests.unit.reading.attachments.planting import csv_file, list_of, pdf_of, people, xlsx
from tests.unit.reading.word_files import package

SAMPLES = Path(__file__).parents[3] / "samples" / "attachments"
MEGABYTE = 1024 * 1024
LOCKED_OFFICE = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def scan() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 60)).save(file, "PDF")
    return file.getvalue()


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 60)).save(file, "PNG")
    return file.getvalue()


def locked_zip() -> bytes:
    content = bytearray(package({"名单.csv": csv_file(list_of(people(1, seed=1)))}))
    directory = content.rindex(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (scan(), "PDF 里没有文字，可能是扫描件，没有能读取的内容，请人工查看"),
        (b"%PDF-1.7 broken", "PDF 已损坏，没有能读取的内容，请人工查看"),
        (picture(), f"是图片，{NOTHING_READ}"),
        (LOCKED_OFFICE, f"设了打开密码，{NOTHING_READ}"),
        (OLE + b"\0" * 900, f"已损坏，{NOTHING_READ}"),
        (b"Rar!\x1a\x07\x00", f"是不能检查的压缩格式，{NOTHING_READ}"),
        (b"\x00\x01\x02", f"不是能检查的格式，{NOTHING_READ}"),
        (locked_zip(), f"名单.csv › 设了密码，{NOTHING_READ}"),
        (xlsx([["空"]])[:-40], "已损坏或格式不完整，没有全部检查，请人工查看"),
        (b"\n \n", NOTHING_READ),
    ],
    ids=["scan", "broken", "picture", "locked", "ole", "rar", "other", "zip", "cut", "empty"],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str) -> None:
    """And a person is asked to look."""
    inspection = inspect(content)

    assert inspection.unread == (said,)
    assert not inspection.personal


def test_pages_without_text_are_named_among_others() -> None:
    """A scan behind a cover page is no clean file."""
    import pypdfium2

    whole = pypdfium2.PdfDocument(pdf_of([list_of(people(2, seed=2))]))
    whole.import_pages(pypdfium2.PdfDocument(scan()))
    file = io.BytesIO()
    whole.save(file)

    inspection = inspect(file.getvalue())

    assert inspection.unread == ("PDF 第 2 页共 1 页只有图片，没有文字，请人工查看",)
    assert inspection.grave


def test_a_bomb_is_read_as_far_as_the_allowance_lasts() -> None:
    """What was found before it stays."""
    parts = {"a.csv": csv_file(list_of(people(4, seed=3))), "b.txt": b"0 " * 20 * MEGABYTE}

    inspection = inspect(package(parts), Allowance(bytes_left=8 * MEGABYTE))

    assert inspection.unread == ("b.txt › 解压后过大，只检查了前面一部分，其余请人工查看",)
    assert inspection.grave[0].count == 4


def test_an_archive_in_itself_ends() -> None:
    """Layers are counted."""
    content = csv_file(list_of(people(1, seed=4)))
    for _ in range(6):
        content = package({"内.zip": content})

    assert "压缩包层数太多" in inspect(content).unread[0]


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    """By the clock, between two pieces."""
    inspection = inspect(csv_file(list_of(people(9, seed=5))), Allowance(seconds=-1))

    assert inspection.unread == ("内容太多，只检查了前面一部分，其余请人工查看",)


def test_declarations_that_office_programs_do_not_write_are_not_read() -> None:
    """A few bytes of entities could stand for gigabytes."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="w">&a;</w:document>'

    assert "声明" in inspect(package({"word/document.xml": bomb})).unread[0]


def test_a_ring_of_sectors_is_no_stream() -> None:
    """A library would follow it for ever."""
    content = bytearray((SAMPLES / "table.doc").read_bytes())
    chains = 512 * (1 + int.from_bytes(content[60:64], "little"))
    for entry in range(chains, chains + 512, 4):
        content[entry : entry + 4] = bytes(4)

    assert inspect(bytes(content)).unread == (f"已损坏，{NOTHING_READ}",)


def test_names_in_archives_are_read_as_windows_writes_them() -> None:
    """And a number in the name of a file counts too."""
    one = people(1, seed=6)[0]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{one.id_number}.txt", "附件")

    found = inspect(file.getvalue()).grave

    assert (found[0].part, found[0].count) == ("文件名", 1)
