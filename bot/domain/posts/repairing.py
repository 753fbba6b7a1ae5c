"""Where a finding stands in a post, and its sure repair as an edit."""

import re
from dataclasses import dataclass

from bot.domain.posts.draft import Violation
from bot.domain.posts.editing import SourceBlock, source_blocks
from bot.domain.posts.edits import (
    OWN_TEXT,
    BlockEdit,
    BlockKey,
    Edits,
    Field,
    FieldEdit,
    fields_of,
)
from bot.domain.posts.post import Post
from bot.domain.releases.release import ReleaseContent

_INDEXED = re.compile(r"articles\.(\d+)(?:\.(\w+))?")
_NUMBERED = re.compile(r"第 (\d+) 篇")


@dataclass(frozen=True)
class Spot:
    """Where a finding stands: article and field, the field empty where it is the body or unknown;
    and the approved blocks in which its words are."""

    article: int = OWN_TEXT
    field: Field | None = None
    blocks: tuple[BlockKey, ...] = ()


def spot_of(violation: Violation, content: ReleaseContent, edits: Edits) -> Spot:
    """The place a finding speaks of."""
    article, name = _named(violation)
    field = next((each for each in Field if each.value == name), None)
    if field is not None:
        return Spot(article, field)
    return Spot(article, None, tuple(each.key for each, _ in _holding(violation, content, edits)))


def _named(violation: Violation) -> tuple[int, str]:
    """Article and field as the place names them, or as the platform's rule does."""
    place, rule = violation.place, violation.rule.rpartition(".")[2]
    if indexed := _INDEXED.match(place):
        return int(indexed[1]), indexed[2] or ""
    if numbered := _NUMBERED.search(place):
        return int(numbered[1]) - 1, rule.removeprefix("article_").partition("_")[0]
    if place in (Field.TEXT.value, ""):
        return OWN_TEXT, place
    return 0, place


def repaired(violation: Violation, post: Post, content: ReleaseContent) -> Edits | None:
    """The post's edits with the finding's repair in them; None where it has none that is sure,
    or where its words stand in what no edit reaches."""
    quote, repair = violation.quote, violation.repair
    if not quote or not repair:
        return None
    spot = spot_of(violation, content, post.edits)
    if spot.field is not None:
        now = fields_of(post.draft.content).get((spot.article, spot.field), "")
        if quote not in now:
            return None
        edit = FieldEdit(spot.field, now.replace(quote, repair), spot.article)
        return post.edits.with_field(edit)
    edits = post.edits
    for source, words in _holding(violation, content, post.edits):
        if source.can_be_rewritten:
            key = source.key
            edits = edits.with_block(
                BlockEdit(key.part, key.number, source.words, words.replace(quote, repair))
            )
    return None if edits == post.edits else edits


def _holding(
    violation: Violation, content: ReleaseContent, edits: Edits
) -> list[tuple[SourceBlock, str]]:
    """The blocks with the finding's words in them, and what they say now."""
    if not violation.quote:
        return []
    found = ((source, words_now(source, edits)) for source in source_blocks(content))
    return [(source, words) for source, words in found if violation.quote in words]


def words_now(source: SourceBlock, edits: Edits) -> str:
    """What a block says with its edit, if it has one."""
    edit = edits.block(source.key)
    return edit.text if edit and edit.was == source.words else source.words
