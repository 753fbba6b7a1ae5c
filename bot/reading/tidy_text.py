"""Plain text as blocks: joins lines broken inside a sentence, drops page marks, finds headings."""

import re
from dataclasses import dataclass

from bot.domain.releases.document import Block, Document, Heading, Paragraph, Rule, Run
from bot.language.dates import parse_date
from bot.language.headings import is_bare_label, numbering_level, opens_a_part
from bot.reading.line_shapes import Shape, is_page_mark, shape_of, width
from bot.reading.notes import Notes
from bot.reading.numbered_headings import with_plain_contents

_ENDS = "。；！？：….;!?:"
_CLOSERS = "”’」』）】》)\"'"
_ATX = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_NUMBERED_TITLE = re.compile(r"^[^。；]{4,120}[（(][^（()）]*[〕\]]\s*第?\s*\d+\s*号\s*[）)]$")
_RULE = re.compile(r"^([-*_])(?:\s*\1){2,}$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HAN = "\u3400-\u9fff"
_NUMBER_BLANK = re.compile(
    rf"(?<=[〔（(《“{_HAN}]) +(?=[0-9])|(?<=[0-9]) +(?=[{_HAN}〕）)%％年月日])|"
    r"(?<=[，。；：、！？）》」”〕]) +(?=\S)|(?<=\S) +(?=[，。；：、！？）》」”〕])"
)
_WORD_BLANK = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_BODY_END = "部委局行会院署办厅央府关军"
_CHROME = re.compile(
    r"版权所有|主办单位[:：]|网站标识码|ICP备|公网安备|网站地图|网站声明|关于本网|联系我们|网站纠错|扫一扫|"
    r"打印本页|关闭窗口|分享到|^登录$|^注册$|^退出$|电脑版|客户端"
)


@dataclass
class _Line:
    """A paragraph as it grows: its text, its last source line, and of how many it is made."""

    text: str
    last: str
    lines: int = 1


def read_text(text: str, notes: Notes) -> Document:
    """The blocks of a plain text. Only blanks, page marks and comments go; all is noted."""
    cleaned = notes.clean(_COMMENT.sub("", text))
    lines = [line.rstrip() for line in cleaned.expandtabs(4).split("\n")]
    kept = [line for line in lines if not is_page_mark(line)]
    notes.count("page_marks", len(lines) - len(kept))
    shape = shape_of(kept)
    blocks: list[Block] = [_block(line, shape, notes) for line in _join(kept, shape, notes)]
    _note_chrome(blocks, notes)
    return with_plain_contents(Document(tuple(blocks)))


def _join(lines: list[str], shape: Shape, notes: Notes) -> list[str]:
    """Source lines grown together into paragraphs."""
    grown: list[_Line] = []
    blank = True
    for line in lines:
        if not line.strip():
            blank = True
            continue
        above = grown[-1] if grown else None
        if above is not None and is_bare_label(above.text) and not opens_a_part(line):
            notes.count("labels_joined")
            above.text, above.last = f"{above.text}\u3000{line.strip()}", line
        elif above is not None and _continues(line, above, shape, after_blank=blank):
            notes.count("lines_joined")
            above.text, above.last = _glue(above.text, line.strip()), line
            above.lines += 1
        else:
            grown.append(_Line(line.strip(), line))
        blank = False
    return [line.text for line in grown]


def _continues(line: str, above: _Line, shape: Shape, *, after_blank: bool) -> bool:
    """Whether `line` goes on with the sentence or paragraph above it."""
    if shape.wrap is None or _stands_alone(line) or _ATX.match(above.text):
        return False
    if _NUMBERED_TITLE.search(above.text):
        return False
    if width(above.last) < shape.wrap - 3:
        return False
    # PDF extraction leaves one stray blank where a page begins; an indent is two wide.
    starts_anew = shape.indents and line.startswith(("  ", "\u3000"))
    sentence_over = above.text.rstrip(_CLOSERS).endswith(tuple(_ENDS))
    if sentence_over:
        return shape.indents and not starts_anew and not after_blank
    # A page break leaves a blank line inside a paragraph; a single line above it is a title.
    return not starts_anew and (not after_blank or above.lines > 1)


def _stands_alone(line: str) -> bool:
    text = line.strip()
    return bool(
        opens_a_part(text) or _ATX.match(text) or _RULE.match(text) or parse_date(text) is not None
    )


def _glue(above: str, below: str) -> str:
    both_latin = above[-1].isascii() and below[0].isascii()
    return f"{above} {below}" if both_latin else above + below


def _block(line: str, shape: Shape, notes: Notes) -> Block:
    if _RULE.match(line):
        return Rule()
    heading = _ATX.match(line)
    if heading:
        return Heading(heading[2], min(len(heading[1]), 4))
    text = _close_blanks(line, notes) if shape.wrap is not None else line
    level = numbering_level(text)
    if level is not None:
        notes.count("headings_found")
        return Heading(text, level)
    return Paragraph((Run(text),))


def _close_blanks(text: str, notes: Notes) -> str:
    """Blanks that PDF extraction left in running text; those between bodies stay."""
    text, closed = _NUMBER_BLANK.subn("", text)
    notes.count("spaces_closed", closed)
    if not re.search("[。；：，]", text):
        return text
    titled = [m.span() for m in re.finditer(r"《[^》]*》", text)]

    def close(match: re.Match[str]) -> str:
        place = match.start()
        if text[place - 1] in _BODY_END or any(a < place < b for a, b in titled):
            return " "
        if re.match(r"第\S+[条章节]", text[max(0, place - 6) : place]):
            return " "
        notes.count("word_spaces_closed")
        return ""

    return _WORD_BLANK.sub(close, text)


def _note_chrome(blocks: list[Block], notes: Notes) -> None:
    suspects = [
        block.text
        for block in blocks
        if isinstance(block, Paragraph) and _CHROME.search(block.text)
    ]
    if len(suspects) > 1:
        shown = "、".join(f"“{text[:16]}”" for text in suspects[:3])
        notes.find(
            "site_chrome",
            f"正文里疑似混入网站页脚或菜单（{shown} 等 {len(suspects)} 行），请核对后删去再提交",
            place="正文",
        )
