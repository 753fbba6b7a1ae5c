"""Edited blocks put into the approved text, with their styles and links; nothing else changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.domain.errors import InvalidInput, Problem
from bot.domain.posts.cells import MOST_CELLS, grid_of, grid_text, table_words, with_cells
from bot.domain.posts.differences import changes
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.edits import (
    MOST_COVER_WORDS,
    BlockEdit,
    BlockKey,
    Edits,
    Field,
    FieldEdit,
    fields_of,
)
from bot.domain.releases.document import (
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)
from bot.domain.releases.release import ReleaseContent


@dataclass(frozen=True)
class SourceBlock:
    """One block of the approved text, its key and its words; `can_be_rewritten` says whether it
    may get others, any block can be left out."""

    key: BlockKey
    block: Block
    words: str

    @property
    def can_be_rewritten(self) -> bool:
        if isinstance(self.block, Table):
            return sum(map(len, self.block.rows)) <= MOST_CELLS
        return isinstance(self.block, Paragraph | Heading | ListBlock | Quote)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Of a table its words cell by cell; of anything else nothing."""
        return self.cells_in(self.words)

    def cells_in(self, text: str) -> tuple[tuple[str, ...], ...]:
        """The same of words that stand in its place; where they do not fit, the approved ones."""
        if not isinstance(self.block, Table):
            return ()
        return grid_of(self.block, text) or grid_of(self.block, self.words) or ()


def parts_of(content: ReleaseContent) -> tuple[tuple[str, Document], ...]:
    """The parts of a release in the order of their numbers: its document, its interpretations."""
    others = ((each.title, each.body) for each in content.interpretations)
    return ((content.title, content.body), *others)


def source_blocks(content: ReleaseContent) -> tuple[SourceBlock, ...]:
    """Every block of the approved text, in order."""
    return tuple(
        SourceBlock(BlockKey(part, number), block, words_of_block(block))
        for part, (_, document) in enumerate(parts_of(content))
        for number, block in enumerate(document.blocks)
    )


def words_of_block(block: Block) -> str:
    """The words of one block, one line an item, row or paragraph."""
    if isinstance(block, Table):
        return table_words(block)
    return Document((block,)).text


def normalised(edits: Edits, content: ReleaseContent) -> Edits:
    """The edits as they are kept: with the approved words, without what changes nothing.

    Raises:
        InvalidInput: a block that is not there, or that can only be left out; words on a cover
            that it has no room for.
    """
    sources = {each.key: each for each in source_blocks(content)}
    blocks: list[BlockEdit] = []
    problems: list[Problem] = []
    for edit in edits.blocks:
        source = sources.get(edit.key)
        text = _kept(edit.text, source)
        if source is None:
            problems.append(Problem(f"b.{edit.key}", "批准的原文中没有这一段，请刷新页面再改"))
        elif text and not source.can_be_rewritten and text != source.words:
            said = "图片、附件和太大的表格不能改写，只能整段不用"
            problems.append(Problem(f"b.{edit.key}", said))
        elif text and isinstance(source.block, Table) and not grid_of(source.block, text):
            problems.append(Problem(f"b.{edit.key}", "表格只能改格子里的字，不能增减行和列"))
        elif text != source.words:
            blocks.append(replace(edit, was=source.words, text=text))
    fields = [replace(each, text=_in_field(each)) for each in edits.fields]
    problems += [
        Problem(f"f.{each.article}.cover", f"封面文字有 {len(each.text)} 字，最多 {_COVER} 字")
        for each in fields
        if each.field is Field.COVER and len(each.text) > _COVER
    ]
    if problems:
        raise InvalidInput(problems)
    return Edits(tuple(fields), tuple(sorted(blocks, key=lambda each: each.key)))


def by_hand(edits: Edits, *, before: Edits, said: DraftContent) -> Edits:
    """Without the fields in which nobody wrote: they say what the post `said`, and no edit of
    `before` had put it there. What templates write follows the blocks."""
    drawn = fields_of(said)
    written = (
        each
        for each in edits.fields
        if before.field(*each.place) or each.text != drawn.get(each.place)
    )
    return replace(edits, fields=tuple(written))


_COVER = MOST_COVER_WORDS


def _tidy(text: str) -> str:
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines) if any(map(str.strip, lines)) else ""


def _kept(text: str, source: SourceBlock | None) -> str:
    """Of a table, empty cells at a line's end are kept too."""
    if source is None or not isinstance(source.block, Table) or not text.strip():
        return _tidy(text)
    lines = text.replace("\r\n", "\n").split("\n")
    return grid_text("", [line.split("\t") for line in lines])


def _in_field(edit: FieldEdit) -> str:
    """Only a text has lines."""
    if edit.field is Field.TEXT:
        return _tidy(edit.text)
    return "".join(edit.text.splitlines()).strip()


def edited(content: ReleaseContent, edits: Edits) -> ReleaseContent:
    """The release with the edited blocks in it. An edit whose approved words stand elsewhere by
    now changes nothing; `rebased` finds them."""
    by_part: dict[int, dict[int, BlockEdit]] = {}
    for edit in edits.blocks:
        by_part.setdefault(edit.part, {})[edit.number] = edit
    if not by_part:
        return content
    interpretations = tuple(
        replace(each, body=_edited(each.body, by_part.get(number, {})))
        for number, each in enumerate(content.interpretations, 1)
    )
    body = _edited(content.body, by_part.get(0, {}))
    return replace(content, body=body, interpretations=interpretations)


def _edited(document: Document, edits: dict[int, BlockEdit]) -> Document:
    if not edits:
        return document
    blocks: list[Block] = []
    for number, block in enumerate(document.blocks):
        edit = edits.get(number)
        if edit is None or edit.was != words_of_block(block):
            blocks.append(block)
        elif edit.text.strip():
            blocks.extend(_rewritten(block, edit.text))
    return Document(tuple(blocks))


def _rewritten(block: Block, text: str) -> Iterator[Block]:
    """A paragraph may become several, a list or a quotation gets as many lines as there are."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    match block:
        case Paragraph():
            written = restyled(block.runs, "\n".join(lines))
            yield from (replace(block, runs=runs) for runs in _lines_of(written))
        case Heading():
            yield replace(block, text=" ".join(lines))
        case ListBlock():
            joined = tuple(run for item in block.items for run in (*item, Run("\n")))
            yield replace(block, items=tuple(_lines_of(restyled(joined, "\n".join(lines)))))
        case Table():
            yield with_cells(block, text)
        case Quote():
            yield Quote(tuple(lines))
        case _:
            yield block


def restyled(runs: Sequence[Run], text: str) -> tuple[Run, ...]:
    """`text` in the styles of `runs`: what stood there keeps its own, new words take that of
    the words before them, and no link."""
    styles = [replace(run, text="") for run in runs for _ in run.text]
    found: list[Run] = []
    for start, end, written in changes("".join(run.text for run in runs), text):
        if written is None:
            found += styles[start:end]
        else:
            before = styles[start - 1] if start else Run("")
            found += [replace(before, link=None)] * len(written)
    letters = zip(found, text, strict=True)
    return tuple(
        replace(style, text="".join(letter for _, letter in group))
        for style, group in groupby(letters, key=lambda pair: pair[0])
    )


def _lines_of(runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for other in others:
            yield tuple(each for each in line if each.text)
            line = [replace(run, text=other)]
    if any(each.text for each in line):
        yield tuple(each for each in line if each.text)


def rebased(edits: Edits, content: ReleaseContent) -> tuple[Edits, tuple[BlockEdit, ...]]:
    """The edits for another version of the release, and those whose approved words it does not
    have any more. Of several places with these words it is the nearest."""
    places: dict[str, list[BlockKey]] = {}
    for source in source_blocks(content):
        places.setdefault(source.words, []).append(source.key)
    kept: list[BlockEdit] = []
    lost: list[BlockEdit] = []
    for edit in edits.blocks:
        taken = {each.key for each in kept}
        free = [key for key in places.get(edit.was, ()) if key not in taken]
        if not free:
            lost.append(edit)
            continue
        key = min(free, key=lambda each: _distance(each, edit.key))
        kept.append(replace(edit, part=key.part, number=key.number))
    return replace(edits, blocks=tuple(kept)), tuple(lost)


def _distance(one: BlockKey, other: BlockKey) -> tuple[int, int]:
    return abs(one.part - other.part), abs(one.number - other.number)
