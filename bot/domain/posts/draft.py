"""A Draft: exactly what would be sent, and every violation of the platform's limits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.domain.canonical import digest

PICTURE_SCHEME = "tongbu-picture:"
"""In a draft's HTML a picture's `src` is this scheme and the picture's SHA-256."""


class Severity(StrEnum):
    """`blocking` stops the post; `warning` asks for a look."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True)
class Violation:
    """One limit or rule the draft breaks: id, place, plain Chinese message with the next step.

    `quote` is the words it speaks of, `repair` what may stand in their place without a doubt.
    A justified violation says why it stays, and by whose word.
    """

    rule: str
    message: str
    place: str = ""
    severity: Severity = Severity.BLOCKING
    quote: str = ""
    repair: str = ""
    version: int = 0
    justified: str = ""
    justified_by: str = ""

    @property
    def is_in_the_way(self) -> bool:
        """Whether the post may not be submitted because of it."""
        return self.severity is Severity.BLOCKING and not self.justified


@dataclass(frozen=True)
class Picture:
    """A stored picture: its bytes are in the media store under `sha256`.

    `alt` is what it says, for whoever cannot see it; `credit` whose it is, where that is told.
    """

    sha256: str
    media_type: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""


class CoverShape(StrEnum):
    """A shape, width to height, in which a platform shows covers."""

    WIDE = "2.35:1"
    SCREEN = "16:9"
    SQUARE = "1:1"

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        width, height = self.value.split(":")
        return float(width) / float(height)


@dataclass(frozen=True)
class Crop:
    """The part of a cover that is shown in one shape, in pixels of the cover."""

    shape: CoverShape
    left: int
    top: int
    right: int
    bottom: int


class ArticleForm(StrEnum):
    """`text`: HTML with pictures inside it. `pictures`: pictures to leaf through, the first of
    them its cover, and a plain text below (图片消息)."""

    TEXT = "text"
    PICTURES = "pictures"


@dataclass(frozen=True)
class Article:
    """One article of a bundle, a headline article, or a picture message.

    Of `html` and `text` the form uses one. `crops` are parts of the cover.
    """

    title: str
    html: str = ""
    digest: str = ""
    author: str = ""
    source_url: str = ""
    cover: Picture | None = None
    pictures: tuple[Picture, ...] = ()
    open_comments: bool = False
    form: ArticleForm = ArticleForm.TEXT
    text: str = ""
    crops: tuple[Crop, ...] = ()

    @property
    def front(self) -> Picture | None:
        """The picture lists show: the cover, or a picture message's first picture."""
        if self.form is ArticleForm.PICTURES:
            return self.pictures[0] if self.pictures else None
        return self.cover


@dataclass(frozen=True)
class DraftContent:
    """What goes out: articles, or a short text with pictures, or both (a companion post)."""

    articles: tuple[Article, ...] = ()
    text: str = ""
    pictures: tuple[Picture, ...] = ()
    marker: str = ""

    @property
    def hash(self) -> str:
        """The hash that approvals are bound to."""
        return digest(self)


@dataclass(frozen=True)
class Draft:
    """A rendered post with what the platform's limits say about it."""

    content: DraftContent
    violations: tuple[Violation, ...] = ()
    notes: tuple[str, ...] = ()
    form: Literal["whole", "split", "excerpt"] = "whole"

    @property
    def is_sendable(self) -> bool:
        return not any(violation.is_in_the_way for violation in self.violations)


def title_of(content: DraftContent) -> str:
    """What a post is called: its first title, or the beginning of its text."""
    if content.articles:
        return content.articles[0].title
    first = content.text.strip().partition("\n")[0]
    return first if len(first) <= 40 else first[:39] + "…"
