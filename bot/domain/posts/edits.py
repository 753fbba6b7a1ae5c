"""What people changed of a post: fields, and blocks of the approved text with what stood there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.posts.draft import Article, ArticleForm, DraftContent
from bot.domain.text import fingerprint, is_web_address

MOST_COVER_WORDS = 40
"""Characters that a drawn cover has room for."""
OWN_TEXT = -1
"""In the place of an article's number: the text of the post itself."""


class Field(StrEnum):
    """A field of a post that people may write; the name is that of the draft's own field.

    `COVER` is what a drawn cover says; empty, its kind and from whom it is.
    """

    TITLE = "title"
    DIGEST = "digest"
    AUTHOR = "author"
    COVER = "cover"
    TEXT = "text"


@dataclass(frozen=True)
class FieldEdit:
    """`text` in a field of article `article` (from 0), in the place of `was`."""

    field: Field
    text: str
    article: int = OWN_TEXT
    was: str = ""

    @property
    def place(self) -> tuple[int, Field]:
        """Which field it is."""
        return self.article, self.field


@dataclass(frozen=True, order=True)
class BlockKey:
    """A block of the approved text: `part` 0 is the document, 1 its first interpretation, and so
    on; `number` counts the part's blocks from 0."""

    part: int
    number: int

    def __str__(self) -> str:
        return f"{self.part}-{self.number}"


@dataclass(frozen=True)
class BlockEdit:
    """`text` in the place of the approved words `was`; empty, the block is left out."""

    part: int
    number: int
    was: str
    text: str

    @property
    def key(self) -> BlockKey:
        """Which block it is."""
        return BlockKey(self.part, self.number)


@dataclass(frozen=True)
class Edits:
    """Everything people changed of one post."""

    fields: tuple[FieldEdit, ...] = ()
    blocks: tuple[BlockEdit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.blocks)

    @property
    def drawing(self) -> tuple[object, ...]:
        """What of it the templates draw; the rest is written over what they drew."""
        return (tuple(sorted(self.blocks, key=lambda each: each.key)), self.covers)

    @property
    def covers(self) -> Mapping[int, str]:
        """What covers say, by article."""
        return {e.article: e.text for e in self.fields if e.field is Field.COVER and e.text}

    def field(self, article: int, field: Field) -> FieldEdit | None:
        """The edit of one field, if there is one."""
        return next((each for each in self.fields if each.place == (article, field)), None)

    def block(self, key: BlockKey) -> BlockEdit | None:
        """The edit of one block, if there is one."""
        return next((each for each in self.blocks if each.key == key), None)

    def with_field(self, edit: FieldEdit) -> "Edits":
        """These with `edit` in place of one of the same field."""
        others = (each for each in self.fields if each.place != edit.place)
        return replace(self, fields=(*others, edit))

    def with_block(self, edit: BlockEdit) -> "Edits":
        """These with `edit` in place of one of the same block."""
        others = (each for each in self.blocks if each.key != edit.key)
        return replace(self, blocks=(*others, edit))


UNEDITED = Edits()


def fields_of(content: DraftContent) -> Mapping[tuple[int, Field], str]:
    """Every field that people may write, with what it says; covers are not told by a draft."""
    found: dict[tuple[int, Field], str] = {}
    for number, article in enumerate(content.articles):
        for field in _FIELDS_OF[article.form]:
            found[number, field] = str(getattr(article, field.value))
    if content.text or not content.articles:
        found[OWN_TEXT, Field.TEXT] = content.text
    return found


_FIELDS_OF = {
    ArticleForm.TEXT: (Field.TITLE, Field.DIGEST, Field.AUTHOR),
    ArticleForm.PICTURES: (Field.TITLE, Field.TEXT),
}


def with_fields(content: DraftContent, edits: Edits) -> tuple[DraftContent, Edits]:
    """`content` as drawn with the edited fields written over it, and the edits as they stand
    now: `was` is what the templates wrote, and an edit whose field is not there, or says that
    anyway, is gone."""
    drawn, kept = fields_of(content), list[FieldEdit]()
    for edit in edits.fields:
        if edit.field is Field.COVER:
            if edit.text and 0 <= edit.article < len(content.articles):
                kept.append(replace(edit, was=""))
        elif edit.place in drawn and drawn[edit.place] != edit.text:
            kept.append(replace(edit, was=drawn[edit.place]))
    return _written(content, kept), replace(edits, fields=tuple(kept))


def without_fields(content: DraftContent, edits: Edits) -> DraftContent:
    """What the templates drew before `with_fields`."""
    return _written(content, [replace(edit, text=edit.was) for edit in edits.fields])


def _written(content: DraftContent, edits: Iterable[FieldEdit]) -> DraftContent:
    articles: list[Article] = list(content.articles)
    text = content.text
    for edit in edits:
        if edit.field is Field.COVER:
            continue
        if edit.article == OWN_TEXT:
            text = edit.text
        elif edit.article < len(articles):
            told = {edit.field.value: edit.text}
            articles[edit.article] = replace(articles[edit.article], **told)  # type: ignore[arg-type]
    written = replace(content, articles=tuple(articles), text=text)
    return replace(written, marker=_marker(content, written))


def _marker(before: DraftContent, after: DraftContent) -> str:
    """By what it says a post is found again where it has no address: it says something else now."""
    if is_web_address(before.marker):
        return before.marker
    for old, new in zip(_tellings(before), _tellings(after), strict=True):
        if before.marker == fingerprint(old):
            return fingerprint(new)
    return before.marker


def _tellings(content: DraftContent) -> tuple[str, ...]:
    return (content.text, *(article.text for article in content.articles))
