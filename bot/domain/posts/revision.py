"""A Revision: a draft that a post had, kept when another took its place or its approval ended."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PostId
from bot.domain.posts.draft import Draft
from bot.domain.posts.edits import Edits


@dataclass(frozen=True)
class Revision:
    """Revision `number` of a post. `approved_by` is who approved these very words, if anybody
    did; `replaced_by` who wrote the next one, empty while there is none."""

    post: PostId
    number: int
    draft: Draft
    edits: Edits
    kept_at: datetime
    approved_by: str | None = None
    replaced_by: str = ""
