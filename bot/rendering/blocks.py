"""Blocks as HTML that a platform keeps: bare paragraphs, few inline styles, no class and no id.

This is a plain function a block instead of a template a block: a document has hundreds of them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.posts.draft import PICTURE_SCHEME, Picture
from bot.domain.releases.document import (
    Attachment,
    Block,
    Cell,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from bot.rendering.dialogue import Dialogue, Turn
from bot.rendering.leads import lead_length, with_bold_start
from bot.rendering.markup import attribute, escaped, host_of, safe_link
from bot.rendering.tables import Entry, Layout, entries_of, layout_of

_LONGEST_SALUTATION = 400
_OUR_ADDRESS = len(PICTURE_SCHEME) + 64
_THEIR_ADDRESS = 150
AI_PICTURE = "本图由人工智能辅助生成"
_TELLING_ALT = 12
"""Characters from which the words for a picture say something that its caption does not."""
"""A picture's address on WeChat's servers, which stands in for ours when the post is sent."""


def length_as_sent(html: str) -> int:
    """Characters of `html` once every picture has its address on the platform."""
    return len(html) + html.count(PICTURE_SCHEME) * (_THEIR_ADDRESS - _OUR_ADDRESS)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block drawn: its HTML, the footnotes it needs, and the pictures it shows."""

    block: Block
    html: str
    footnotes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def size(self) -> int:
        """Characters it takes when sent, footnotes included."""
        return length_as_sent(self.html) + sum(map(len, self.footnotes))

    @property
    def level(self) -> int:
        """The heading's level, 0 for anything else."""
        return self.block.level if isinstance(self.block, Heading) else 0


@dataclass(frozen=True)
class LinkPolicy:
    """Which links stay clickable; the others become footnotes with a visible address."""

    all_survive: bool = False
    kept_hosts: Collection[str] = ()

    def keeps(self, url: str) -> bool:
        return bool(url) and (self.all_survive or host_of(url) in self.kept_hosts)


@dataclass(frozen=True)
class Manner:
    """How a document is read: `leads` makes the words a paragraph opens with bold, `dialogue`
    sets questions and speakers apart, `alt_as_text` prints what a picture shows below it."""

    leads: bool = False
    dialogue: Dialogue | None = None
    alt_as_text: bool = False


@dataclass
class BlockWriter:
    """Draws the blocks of one document; footnotes are numbered through the whole of it.

    `styles` are inline styles by place; `picture_of` gives the stored picture of an image, or
    None when it could not be had.
    """

    styles: Mapping[str, str]
    links: LinkPolicy
    picture_of: Callable[[Image], Picture | None]
    manner: Manner = Manner()
    _numbers: dict[str, int] = field(default_factory=dict)
    _is_begun: bool = False
    _is_signing: bool = False

    def write(self, block: Block) -> Piece:
        """`block` as a well-formed piece of HTML."""
        footnotes: list[str] = []
        match block:
            case Paragraph():
                return Piece(block, self._paragraph(block, footnotes), tuple(footnotes))
            case Heading():
                return Piece(block, self._heading(block))
            case ListBlock():
                return Piece(block, self._list(block, footnotes), tuple(footnotes))
            case Table():
                return Piece(block, self._table(block))
            case Image():
                return self._image(block)
            case Quote():
                lines = "".join(f"<p>{escaped(line)}</p>" for line in block.paragraphs)
                return Piece(block, f"<blockquote{self._style('quote')}>{lines}</blockquote>")
            case Rule():
                return Piece(block, f"<hr{self._style('rule')}/>")
            case Attachment():
                # Justified, its name would be stretched over the line above the address.
                style = self._style("attachment")
                return Piece(block, f"<p{style}>附件：{escaped(_named(block))}</p>")

    def _style(self, place: str) -> str:
        style = self.styles.get(place, "")
        return f' style="{style}"' if style else ""

    def _paragraph(self, block: Paragraph, footnotes: list[str]) -> str:
        is_first, self._is_begun = not self._is_begun, True
        was_signing, self._is_signing = self._is_signing, block.align == "right"
        if block.align != "left":
            is_signature = self._is_signing and not was_signing
            style = self._style("signature" if is_signature else block.align)
            return f"<p{style}>{self._runs(block.runs, footnotes)}</p>"
        if is_first and is_salutation(block):
            style = self._style("salutation")
            return f"<p{style}>{self._runs(block.runs, footnotes)}</p>"
        turn = self.manner.dialogue.turn_of(block) if self.manner.dialogue else None
        if turn and turn[0] is Turn.QUESTION:
            plain = [replace(run, bold=False) for run in block.runs]
            return self._question(self._runs(plain, footnotes))
        opening = turn[1] if turn else 0
        if self.manner.leads and not turn and block.runs:
            opening = lead_length(block.runs[0].text)
        runs = with_bold_start(block.runs, opening) if opening else block.runs
        return f"<p>{self._runs(runs, footnotes)}</p>"

    def _heading(self, block: Heading) -> str:
        if self.manner.dialogue and self.manner.dialogue.turn_of(block):
            return self._question(escaped(block.text))
        tag = f"h{block.level + 1}"
        style = self._style(f"heading_{block.level}")
        return f"<{tag}{style}><strong>{escaped(block.text)}</strong></{tag}>"

    def _question(self, html: str) -> str:
        return f"<p{self._style('question')}><strong>{html}</strong></p>"

    def _runs(self, runs: Iterable[Run], footnotes: list[str]) -> str:
        return "".join([self._run(run, footnotes) for run in runs])

    def _run(self, run: Run, footnotes: list[str]) -> str:
        html = escaped(run.text)
        if run.bold:
            html = f"<strong>{html}</strong>"
        if run.italic:
            html = f"<em>{html}</em>"
        url = safe_link(run.link)
        if not url:
            return html
        if self.links.keeps(url):
            return f'<a href="{attribute(url)}">{html}</a>'
        return html if url in run.text else html + self._footnote(url, footnotes)

    def _footnote(self, url: str, footnotes: list[str]) -> str:
        number = self._numbers.setdefault(url, len(self._numbers) + 1)
        line = f"<p>[{number}] {escaped(url)}</p>"
        if line not in footnotes:
            footnotes.append(line)
        return f"<sup>[{number}]</sup>"

    def _list(self, block: ListBlock, footnotes: list[str]) -> str:
        tag = "ol" if block.ordered else "ul"
        items = "".join(f"<li>{self._runs(item, footnotes)}</li>" for item in block.items)
        return f"<{tag}{self._style('list')}>{items}</{tag}>"

    def _table(self, block: Table) -> str:
        caption = f"<p{self._style('beside')}>{escaped(block.caption)}</p>" * bool(block.caption)
        layout = layout_of(block)
        style = self._style(layout.value)
        if layout is Layout.ROWS:
            rows = "".join(map(self._entry, entries_of(block)))
            return f"{caption}<section{style}>{rows}</section>"
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows)
        return f'{caption}<table border="1" cellpadding="5"{style}>{rows}</table>'

    def _entry(self, entry: Entry) -> str:
        title = f"<p><strong>{escaped(entry.title)}</strong></p>" if entry.title else ""
        lines = [f"{name}：{text}" if name else text for name, text in entry.lines]
        style = "" if lines else self._style("table_group")
        body = "".join(f"<p>{escaped(line)}</p>" for line in lines)
        return f"<section{style}>{title}{body}</section>" if title or body else ""

    def _image(self, block: Image) -> Piece:
        picture = self.picture_of(block)
        if picture is None:
            what = block.caption or block.alt
            said = f"（图片暂缺：{escaped(what)}）" if what else "（图片暂缺，请查看原文）"
            return Piece(block, f"<p{self._style('beside')}>{said}</p>")
        image = (
            f'<img src="{PICTURE_SCHEME}{picture.sha256}" alt="{attribute(block.alt)}"'
            f"{self._style('image')}/>"
        )
        below = "".join(f"<p{self._style('caption')}>{line}</p>" for line in _below(block))
        told = f"<p>{escaped(block.alt)}</p>" if self.manner.alt_as_text and _tells(block) else ""
        html = f"<section{self._style('figure')}>{image}{below}</section>{told}"
        return Piece(block, html, pictures=(picture,))


def _below(block: Image) -> Iterator[str]:
    """What stands below a picture: its caption with the credit, and the label the law wants."""
    caption = block.caption + (f"（图源：{block.credit}）" if block.credit else "")
    if caption:
        yield escaped(caption)
    if block.ai_generated:
        yield AI_PICTURE


def _tells(block: Image) -> bool:
    return len(block.alt) >= _TELLING_ALT and block.alt not in block.caption


def is_salutation(block: Paragraph) -> bool:
    """Whether this opening line names the receivers (主送机关), which 公文 set without indent."""
    text = block.text.rstrip()
    return (
        block.align == "left"
        and text.endswith(("：", ":"))
        and len(text) <= _LONGEST_SALUTATION
        and "。" not in text
        and not text.endswith(("如下：", "如下:"))
    )


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    if cell.rows > 1:
        spans += f' rowspan="{cell.rows}"'
    return f"<{tag}{spans}>{escaped(cell.text)}</{tag}>"


def _named(attachment: Attachment) -> str:
    url = safe_link(attachment.url)
    return f"{attachment.name}（{url}）" if url else attachment.name
