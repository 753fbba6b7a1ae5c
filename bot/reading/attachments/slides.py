"""The text of .pptx and .ofd files, slide by slide and page by page."""

import re

from bot.reading.attachments.broken_lines import put_together
from bot.reading.attachments.gathering import Gathering
from bot.reading.attachments.packages import Package, forget

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = re.compile(r"ppt/(?P<kind>slides|notesSlides)/\D+(?P<number>\d+)\.xml")
_SHOWN = "{http://schemas.openxmlformats.org/presentationml/2006/main}sld"
_PAGE = re.compile(r"(?:.*/)?Pages?/Page_?(?P<number>\d+)/\w+\.xml", re.IGNORECASE)
_CODE = "{*}TextCode"


def read_slides(package: Package, gathering: Gathering) -> None:
    """Take slides and the notes under them."""
    for name in package.matching(lambda each: _SLIDE.fullmatch(each) is not None):
        found = _SLIDE.fullmatch(name)
        if found is None:
            continue
        part = "演讲者备注" if found["kind"] == "notesSlides" else "幻灯片"
        wanted = (f"{_DRAWING}p", _SHOWN)
        for _, element in package.events(name, *wanted):
            if element.tag == _SHOWN and element.get("show") in ("0", "false"):
                gathering.hide(f"第 {found['number']} 张幻灯片是隐藏的")
            words = "".join(text.text or "" for text in element.iter(f"{_DRAWING}t"))
            gathering.take(part, f"第 {found['number']} 张", words)
            element.clear(keep_tail=True)


def read_ofd(package: Package, gathering: Gathering) -> None:
    """Take the pages. One line is often several pieces: a page is read in one."""
    for name in package.matching(lambda each: _PAGE.fullmatch(each) is not None):
        found = _PAGE.fullmatch(name)
        words = []
        for _, element in package.events(name, _CODE):
            words.append((element.text or "").strip())
            forget(element)
        page = int(found["number"]) + 1 if found else 0
        gathering.take("正文", f"第 {page} 页", put_together("\n".join(words)))
