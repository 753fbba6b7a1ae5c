"""The text of PDF files, page by page; pages without text are named."""

from typing import Any

from bot.reading.attachments.broken_lines import put_together
from bot.reading.attachments.gathering import Exhausted, Gathering

MOST_PAGES = 3000
_TOLD = 10
_PICTURE = 3
"""FPDF_PAGEOBJ_IMAGE."""


def read_pdf(content: bytes, gathering: Gathering) -> None:
    """Take every page."""
    import pypdfium2  # only where a PDF comes, for its memory

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        why = "设了打开密码" if is_locked else "已损坏"
        gathering.leave(f"PDF {why}，没有能读取的内容，请人工查看")
        return
    if document.count_attachments():
        gathering.leave("PDF 里另外嵌有文件，没有检查，请人工查看")
    pictures = _read_pages(document, gathering)
    if pictures:
        _tell_pictures(pictures, len(document), gathering)


def _read_pages(document: Any, gathering: Gathering) -> list[int]:
    """Numbers of the pages that are pictures only."""
    pictures = []
    for number, page in enumerate(document, 1):
        if number > MOST_PAGES:
            raise Exhausted(f"只检查了前 {MOST_PAGES} 页，其余请人工查看")
        words = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
        if words.strip():
            gathering.take("正文", f"第 {number} 页", put_together(words))
        elif any(page.get_objects(filter=[_PICTURE], max_depth=3)):
            pictures.append(number)
        page.close()
    return pictures


def _tell_pictures(pictures: list[int], pages: int, gathering: Gathering) -> None:
    if len(pictures) == pages:
        gathering.leave("PDF 里没有文字，可能是扫描件，没有能读取的内容，请人工查看")
        return
    told = "、".join(str(number) for number in pictures[:_TOLD])
    more = "等" if len(pictures) > _TOLD else ""
    gathering.leave(f"PDF 第 {told} 页{more}共 {len(pictures)} 页只有图片，没有文字，请人工查看")
