"""What the layout of a 公文 says of it where no metadata does: title, 文号, who signed, when.

The order of the parts is that of GB/T 9704-2012: 发文机关标志, 发文字号, 标题, 主送机关, 正文,
发文机关署名, 成文日期.
"""

import re
from collections.abc import Sequence

from bot.domain.releases.document import Block, Document, Heading, Paragraph
from bot.domain.text import compact
from bot.language.dates import parse_date
from bot.language.document_number import parse_document_number
from bot.language.headings import opens_a_part
from bot.reading.notes import Notes

HEAD_BLOCKS, FOOT_BLOCKS = 12, 20
LONGEST_TITLE_LINE, MOST_TITLE_LINES = 90, 5
_GENRES = (
    "命令|决定|决议|公告|通告|通知|通报|公报|公示|意见|办法|规定|细则|条例|方案|规划|计划|措施|"
    "要点|纲要|指南|标准|目录|清单|函|批复|报告|请示|纪要|解读|问答|说明|倡议书|公开信|令|法"
)
_TITLE_END = re.compile(rf"(?:{_GENRES})(?:[（(][^（）()]{{1,20}}[）)])?$")
_LETTERHEAD = re.compile(r"^[\u4e00-\u9fff]{4,40}文件$")
_RUNNING = re.compile("[。；！？;!?]|[：:]$")


def fields_in(document: Document) -> dict[str, str]:
    """What can be told for sure of the fields of a release; a person looks at each."""
    head = [_line(block) for block in document.blocks[:HEAD_BLOCKS]]
    found: dict[str, str] = {}
    number = next((line for line in head if parse_document_number(_bare(line))), None)
    if number is not None:
        found["document_number"] = _bare(number)
    if title := _title(head):
        found["title"] = title
    return found | _signed(document.blocks[-FOOT_BLOCKS:])


def without_letterhead(document: Document, notes: Notes) -> Document:
    """`document` without the red 发文机关标志 above its 文号, which is no part of the text."""
    lines = [_line(block) for block in document.blocks[:3]]
    if len(lines) < 3 or not _LETTERHEAD.match(compact(lines[0])):
        return document
    if parse_document_number(_bare(lines[1])) is None:
        return document
    notes.find("letterhead", f"版头“{compact(lines[0])}”不属于正文，没有放进正文", "正文")
    return Document(document.blocks[1:])


def _title(head: Sequence[str]) -> str:
    """The first lines that together end as titles of 公文 do; without them the first heading."""
    for start, line in enumerate(head):
        if not _may_be_title(line):
            continue
        whole = ""
        for more in head[start : start + MOST_TITLE_LINES]:
            if not _may_be_title(more):
                break
            whole += more
            if _TITLE_END.search(compact(whole)):
                return whole
    return ""


def _may_be_title(line: str) -> bool:
    return bool(
        line
        and len(line) <= LONGEST_TITLE_LINE
        and not _RUNNING.search(line)
        and not _LETTERHEAD.match(compact(line))
        and compact(line) != "目录"
        and not opens_a_part(line)
        and parse_document_number(_bare(line)) is None
        and parse_date(compact(line)) is None
    )


def _signed(foot: Sequence[Block]) -> dict[str, str]:
    """The last date at the right, and the lines above it at the right."""
    for place in range(len(foot) - 1, -1, -1):
        day = parse_date(compact(_line(foot[place])))
        if day is None or not _is_right(foot[place]):
            continue
        signers: list[str] = []
        for block in reversed(foot[:place]):
            if not _is_right(block):
                break
            signers.insert(0, _line(block))
        found = {"issued_on": day.isoformat()}
        return found | ({"issuing_body": "、".join(signers)} if signers else {})
    return {}


def _is_right(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.align == "right" and bool(block.text.strip())


def _line(block: Block) -> str:
    return " ".join(block.text.split()) if isinstance(block, Heading | Paragraph) else ""


def _bare(line: str) -> str:
    """`line` without the brackets a 文号 below a title stands in."""
    return line[1:-1] if line[:1] in "（(" and line[-1:] in "）)" else line
