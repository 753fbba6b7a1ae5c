"""How much of a platform's limits a draft uses, counted as the platform counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.posts.draft import PICTURE_SCHEME, Article, ArticleForm, DraftContent
from bot.domain.posts.edits import OWN_TEXT
from bot.domain.posts.limits import Limits
from bot.domain.text import weibo_length


@dataclass(frozen=True)
class Count:
    """How many `unit`s a field of an article has, and may have; `most` 0 is without limit."""

    article: int
    field: str
    number: int
    most: int
    unit: str = "字"

    @property
    def is_over(self) -> bool:
        """Whether the platform would refuse it."""
        return 0 < self.most < self.number


def counts_of(content: DraftContent, limits: Limits) -> tuple[Count, ...]:
    """Every field that a platform counts, in the order of reading."""
    own = Count(OWN_TEXT, "text", weibo_length(content.text), limits.text_units)
    articles = enumerate(content.articles)
    found = (each for number, article in articles for each in _of(article, number, limits))
    return (*([own] if content.text or not content.articles else []), *found)


def _of(article: Article, number: int, limits: Limits) -> Iterator[Count]:
    yield Count(number, "title", len(article.title), limits.title)
    if article.form is ArticleForm.PICTURES:
        size = len(article.text.encode())
        yield Count(number, "text", size, limits.gallery_text_bytes, "字节")
        return
    yield Count(number, "digest", len(article.digest), limits.digest)
    yield Count(number, "author", len(article.author), limits.author)
    yield Count(number, "html", as_sent(article.html, limits)[0], limits.html, "字符")


def as_sent(html: str, limits: Limits) -> tuple[int, int]:
    """Characters and bytes of a body once its pictures have their addresses on the platform."""
    ours = len(PICTURE_SCHEME) + 64
    growth = html.count(PICTURE_SCHEME) * max(0, limits.picture_address - ours)
    return len(html) + growth, len(html.encode()) + growth
