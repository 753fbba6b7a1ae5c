"""The words of a post that readers see, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

from bot.domain.posts.draft import Article, ArticleForm, DraftContent


class Part(StrEnum):
    """Where words stand in a post: the name of the field."""

    TITLE = "title"
    DIGEST = "digest"
    BODY = "html"
    TEXT = "text"


WRITTEN_FOR_THE_POST = frozenset({Part.TITLE, Part.DIGEST, Part.TEXT})
"""Parts that are composed or shortened for a platform; a body is the approved text itself."""


@dataclass(frozen=True)
class Passage:
    """Words and where they stand; `article` counts from 1, 0 is the short text."""

    part: Part
    words: str
    article: int = 0

    @property
    def place(self) -> str:
        """The field, as other findings name it: `articles.0.title`, `text`."""
        return f"articles.{self.article - 1}.{self.part}" if self.article else self.part.value


def passages_of(content: DraftContent) -> tuple[Passage, ...]:
    """Every part that has words, in the order in which it is read."""
    found = [*_of_articles(content.articles), Passage(Part.TEXT, content.text)]
    return tuple(passage for passage in found if passage.words.strip())


def _of_articles(articles: tuple[Article, ...]) -> Iterator[Passage]:
    for number, article in enumerate(articles, 1):
        yield Passage(Part.TITLE, article.title, number)
        yield Passage(Part.DIGEST, article.digest, number)
        if article.form is ArticleForm.PICTURES:
            yield Passage(Part.TEXT, article.text, number)
        else:
            yield Passage(Part.BODY, words_of(article.html), number)


def words_of(html: str) -> str:
    """The text of HTML, one line a block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = ("".join(line.split("\n")).strip() for line in "".join(reader.pieces).split(_BREAK))
    return "\n".join(line for line in lines if line)


_BREAK = "\x1e"
_INLINE = frozenset({"a", "b", "em", "i", "img", "span", "strong", "sub", "sup", "u"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in _INLINE:
            self.pieces.append(_BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.pieces.append(_BREAK)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
