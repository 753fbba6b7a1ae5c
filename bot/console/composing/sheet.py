"""The sheet a person writes on: fields and opened blocks as they stand in the form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.posts.cells import grid_text
from bot.domain.posts.edits import BlockEdit, BlockKey, Edits, Field, FieldEdit, fields_of
from bot.domain.posts.post import Post

Place = tuple[int, Field]
_BLOCK = re.compile(r"b\.(\d{1,4})-(\d{1,5})")
_CELL = re.compile(r"c\.(\d{1,4})-(\d{1,5})\.(\d{1,3})\.(\d{1,3})")
_FIELD = re.compile(r"f\.(-1|\d{1,2})\.(\w+)")


@dataclass(frozen=True)
class Sheet:
    """What somebody writes, and the hash of the post they began with. An opened block that says
    what was approved is no edit yet."""

    base: str
    fields: Mapping[Place, str] = field(default_factory=dict)
    blocks: Mapping[BlockKey, str] = field(default_factory=dict)

    @property
    def edits(self) -> Edits:
        """As the post would keep them."""
        return Edits(
            tuple(FieldEdit(kind, text, article) for (article, kind), text in self.fields.items()),
            tuple(BlockEdit(key.part, key.number, "", text) for key, text in self.blocks.items()),
        )

    def with_block(self, key: BlockKey, text: str) -> "Sheet":
        """With this block opened, or written anew."""
        return replace(self, blocks={**self.blocks, key: text})

    def without_block(self, key: BlockKey) -> "Sheet":
        """With the block as it was approved."""
        return replace(self, blocks={k: v for k, v in self.blocks.items() if k != key})

    def with_field(self, place: Place, text: str) -> "Sheet":
        """With another text in a field."""
        return replace(self, fields={**self.fields, place: text})


def sheet_of(post: Post, *, with_covers: bool) -> Sheet:
    """The post as it is, its edited blocks open."""
    fields = dict(fields_of(post.draft.content))
    if with_covers:
        for number in range(len(post.draft.content.articles)):
            fields[number, Field.COVER] = post.edits.covers.get(number, "")
    return Sheet(post.content_hash, fields, {each.key: each.text for each in post.edits.blocks})


def sheet_in(form: Mapping[str, str]) -> Sheet:
    """What a form holds; names that are none of ours are passed over."""
    fields: dict[Place, str] = {}
    blocks: dict[BlockKey, str] = {}
    cells: dict[BlockKey, dict[tuple[int, int], str]] = {}
    for name, given in form.items():
        text = given.replace("\r\n", "\n")
        if found := _BLOCK.fullmatch(name):
            blocks[BlockKey(int(found[1]), int(found[2]))] = text
        elif found := _CELL.fullmatch(name):
            key = BlockKey(int(found[1]), int(found[2]))
            cells.setdefault(key, {})[int(found[3]), int(found[4])] = text
        elif (found := _FIELD.fullmatch(name)) and found[2] in set(Field):
            fields[int(found[1]), Field(found[2])] = text
    tables = {key: _table(blocks.get(key, ""), found) for key, found in cells.items()}
    return Sheet(form.get("base", ""), fields, {**blocks, **tables})


def _table(caption: str, cells: Mapping[tuple[int, int], str]) -> str:
    """A table's words from its cells, in the order of rows and columns. Where every cell was
    emptied it is left out."""
    rows: dict[int, list[str]] = {}
    for place in sorted(cells):
        rows.setdefault(place[0], []).append(cells[place])
    return grid_text(caption, list(rows.values())) if any(map(str.strip, cells.values())) else ""


def key_in(name: str) -> BlockKey | None:
    """The block that `0-12` names."""
    found = _BLOCK.fullmatch(f"b.{name}")
    return BlockKey(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class Merged:
    """Two people's sheets in one. `theirs` says what the other one wrote where both changed the
    same field or block; the sheet has one's own words there."""

    sheet: Sheet
    theirs: Mapping[str, str]


def merged(mine: Sheet, theirs: Sheet, base: Sheet | None) -> Merged:
    """Where only one changed something, that stands. Without a `base` to compare with, every
    difference is told."""
    told: dict[str, str] = {}
    fields = {
        place: _chosen(
            field_name(place),
            mine.fields.get(place),
            text,
            base.fields.get(place) if base else None,
            told,
        )
        for place, text in theirs.fields.items()
    }
    blocks: dict[BlockKey, str] = {}
    for key in dict.fromkeys((*theirs.blocks, *mine.blocks)):
        old = base.blocks.get(key) if base else None
        text = _chosen_block(key, mine.blocks.get(key), theirs.blocks.get(key), old, told)
        if text is not None:
            blocks[key] = text
    return Merged(Sheet(theirs.base, fields, blocks), told)


def _chosen(
    name: str, mine: str | None, theirs: str, base: str | None, told: dict[str, str]
) -> str:
    if mine is None or mine in {theirs, base}:
        return theirs
    if theirs != base:
        told[name] = theirs
    return mine


def _chosen_block(
    key: BlockKey, mine: str | None, theirs: str | None, base: str | None, told: dict[str, str]
) -> str | None:
    """None stands for the approved words."""
    if mine == theirs or (mine == base and theirs is not None):
        return theirs
    if mine is None:
        return None if theirs == base else theirs
    if theirs is not None and theirs != base:
        told[f"b.{key}"] = theirs
    return mine


def field_name(place: Place) -> str:
    """The name of a field in the form."""
    return f"f.{place[0]}.{place[1].value}"
