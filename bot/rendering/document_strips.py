"""The blocks of a document as strips of a picture that is read on a phone."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image as Pillow

from bot.domain.releases.document import (
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from bot.ports.wording import SplitWords
from bot.rendering.blocks import AI_PICTURE, is_salutation
from bot.rendering.colours import INK, SOFT_INK, WHITE, Colour, mixed
from bot.rendering.drawn_tables import table_strips
from bot.rendering.lettering import Face, face
from bot.rendering.line_breaks import balanced_lines
from bot.rendering.strips import Canvas, Setting, Strip, text_strips

BODY = 38
"""Pixels of the text on a page 1080 wide: what 13 points are on a phone."""

_HEADINGS = {1: 50, 2: 46, 3: 42, 4: 40}
_CAPTION = 30
_BETWEEN = 22
_MOST_ENLARGED = 1.6

PictureBytes = Callable[[Image], bytes | None]


@dataclass(frozen=True)
class StripWriter:
    """Turns blocks into strips between two edges; no picture gets higher than `tallest`."""

    left: int
    width: int
    theme: Colour
    split_words: SplitWords
    picture_of: PictureBytes
    tallest: int

    def strips(self, body: Document) -> list[Strip]:
        """All blocks in their order."""
        found: list[Strip] = []
        for number, block in enumerate(body.blocks):
            found += self._block(block, is_first=not number)
        return found

    def note(self, text: str, *, gap: int = 0) -> list[Strip]:
        """Small print."""
        return text_strips(text, self._setting(_CAPTION, SOFT_INK), gap=gap)

    def _block(self, block: Block, *, is_first: bool) -> list[Strip]:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block, is_first=is_first)
            case ListBlock():
                return self._list(block)
            case Quote():
                return self._quote(block)
            case Table():
                return self._table(block)
            case Image():
                return self._image(block)
            case Rule():
                return [Strip(2, self._line, gap=2 * _BETWEEN)]
            case Attachment():
                return text_strips(f"附件：{block.name}", self._setting(BODY), gap=_BETWEEN)

    def _setting(self, size: int, colour: Colour = INK, weight: int = 0) -> Setting:
        return Setting(face("sans", size, weight), colour, self.left, self.width)

    def _heading(self, block: Heading) -> list[Strip]:
        letters = face("serif", _HEADINGS[block.level], 1)
        setting = Setting(letters, self.theme, self.left, self.width, leading=1.45, spread=False)
        lines = balanced_lines(block.text, letters, self.width, self.split_words)
        strips = text_strips(block.text, setting, gap=2 * _BETWEEN, lines=lines)
        return [replace(strip, clings=True) for strip in strips]

    def _paragraph(self, block: Paragraph, *, is_first: bool) -> list[Strip]:
        setting = self._setting(
            BODY, weight=int(bool(block.runs) and all(run.bold for run in block.runs))
        )
        if block.align != "left":
            # The title of what is printed below a notice, bold in the middle.
            is_title = bool(setting.letters.weight) and block.align == "center"
            strips = self._aligned(block, setting)
            return [replace(strip, clings=strip.clings or is_title) for strip in strips]
        indent = 0 if is_first and is_salutation(block) else 2 * BODY
        strips = text_strips(block.text, replace(setting, first=indent), gap=_BETWEEN)
        # A bold line of its own is a heading that nobody marked as one.
        is_heading = setting.letters.weight and len(strips) == 1
        return [replace(strip, clings=True) for strip in strips] if is_heading else strips

    def _aligned(self, block: Paragraph, setting: Setting) -> list[Strip]:
        lines = balanced_lines(block.text, setting.letters, self.width, self.split_words)
        strips: list[Strip] = []
        for number, line in enumerate(lines):
            free = self.width - setting.letters.width(line)
            left = self.left + round(free / 2 if block.align == "center" else free)
            shifted = replace(setting, left=left, spread=False)
            (strip,) = text_strips(line, shifted, lines=[line], gap=0 if number else _BETWEEN)
            strips.append(replace(strip, begins=not number))
        return strips

    def _list(self, block: ListBlock) -> list[Strip]:
        items = ["".join(run.text for run in item) for item in block.items]
        marks = [f"{number}." if block.ordered else "•" for number in range(1, len(items) + 1)]
        letters = face("sans", BODY)
        hang = round(max(map(letters.width, marks), default=0) + BODY * 0.5)
        strips: list[Strip] = []
        for mark, item in zip(marks, items, strict=True):
            setting = replace(self._setting(BODY), left=self.left + hang, width=self.width - hang)
            lines = text_strips(item, setting, gap=_BETWEEN // 2)
            strips += [_marked(lines[0], mark, self._setting(BODY)), *lines[1:]] if lines else []
        return strips

    def _quote(self, block: Quote) -> list[Strip]:
        inset = 36
        setting = replace(
            self._setting(BODY, SOFT_INK), left=self.left + inset, width=self.width - inset
        )
        strips = [
            strip for text in block.paragraphs for strip in text_strips(text, setting, gap=_BETWEEN)
        ]
        return [_barred(strip, self.left, self.theme) for strip in strips]

    def _table(self, block: Table) -> list[Strip]:
        caption = [
            replace(strip, clings=True)
            for strip in self._centred(block.caption, face("sans", BODY - 4, 1), INK)
        ]
        tint = mixed(self.theme, WHITE, 0.9)
        rows = table_strips(
            block, left=self.left, width=self.width, tint=tint, tallest=self.tallest
        )
        return [*caption, *rows]

    def _image(self, block: Image) -> list[Strip]:
        content = self.picture_of(block)
        told = block.caption + (f"（图源：{block.credit}）" if block.credit else "")
        caption = [
            strip
            for line in (told, AI_PICTURE if block.ai_generated else "")
            for strip in self._centred(line, face("sans", _CAPTION), SOFT_INK)
        ]
        if content is None:
            what = block.caption or block.alt
            said = f"（图片暂缺：{what}）" if what else "（图片暂缺，请查看原文）"
            return self._centred(said, face("sans", _CAPTION), SOFT_INK)
        picture = _on_white(content, self.width, self.tallest)
        x = self.left + (self.width - picture.width) // 2

        def ink(canvas: Canvas, top: int) -> None:
            canvas.picture.paste(picture, (x, top))

        shown = Strip(
            picture.height, ink, block.alt, 2 * _BETWEEN, clings=bool(caption), is_picture=True
        )
        return [shown, *caption]

    def _centred(self, text: str, letters: Face, colour: Colour) -> list[Strip]:
        paragraph = Paragraph((Run(text),), align="center")
        return self._aligned(paragraph, Setting(letters, colour, self.left, self.width, 1.5))

    def _line(self, canvas: Canvas, top: int) -> None:
        right = self.left + self.width
        canvas.pen.rectangle((self.left, top, right, top + 1), fill=mixed(SOFT_INK, WHITE, 0.6))


def _marked(strip: Strip, mark: str, setting: Setting) -> Strip:
    """The first line of a list item with its mark before it."""
    (marked,) = text_strips(mark, setting)

    def ink(canvas: Canvas, top: int) -> None:
        strip.ink(canvas, top)
        marked.ink(canvas, top)

    return replace(strip, ink=ink, text=f"{mark} {strip.text}")


def _barred(strip: Strip, left: int, colour: Colour) -> Strip:
    def ink(canvas: Canvas, top: int) -> None:
        canvas.pen.rectangle((left, top, left + 7, top + strip.height), fill=colour)
        strip.ink(canvas, top)

    return replace(strip, ink=ink)


def _on_white(content: bytes, width: int, tallest: int) -> Pillow.Image:
    """The picture as wide as the column, if it is not too small for that, on white."""
    with Pillow.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGBA")
    scale = min(width / picture.width, tallest / picture.height, _MOST_ENLARGED)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    scaled = picture.resize(size, Pillow.Resampling.LANCZOS)
    white = Pillow.new("RGB", size, WHITE)
    white.paste(scaled, mask=scaled.getchannel("A"))
    return white
