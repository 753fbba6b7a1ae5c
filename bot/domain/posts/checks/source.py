"""What a post may say: the approved text and what is known beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.domain.accounts.account import Account
from bot.domain.posts.checks.facts import FactBook
from bot.domain.releases.document import Image
from bot.domain.releases.related import NOTHING_BESIDE, Beside
from bot.domain.releases.release import Interpretation, ReleaseContent

_PRINTED_OPTIONS = ("author", "mentions", "staff_line", "topic")
"""Options of an account that stand in its posts."""


@dataclass(frozen=True)
class Source:
    """The approved release, the account it is for, and what is public beside it."""

    content: ReleaseContent
    account: Account
    beside: Beside = NOTHING_BESIDE

    @cached_property
    def facts(self) -> FactBook:
        """Every fact that may be told."""
        return FactBook("\n".join(self._texts()))

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles the office gave: the document's and its interpretations'."""
        return (self.content.title, *(each.title for each in self.content.interpretations))

    def _texts(self) -> Iterator[str]:
        content = self.content
        yield from (content.title, content.body.text, content.document_number or "")
        yield from (content.index_number or "", content.contact or "", content.topic or "")
        yield content.correction or ""
        yield from content.issuing_bodies
        yield from map(_written, (content.issued_on, content.published_on))
        yield from (each.name for each in content.attachments)
        for interpretation in content.interpretations:
            yield from _of_interpretation(interpretation)
        yield from map(_of_picture, content.images)
        yield self.account.name
        yield from (self.account.options.get(name, "") for name in _PRINTED_OPTIONS)
        for related in self.beside.related:
            yield from (related.title, related.document_number or "")
        yield from (article.title for article in self.beside.live)


def _of_interpretation(interpretation: Interpretation) -> Iterator[str]:
    yield from (interpretation.title, interpretation.speaker or "", interpretation.body.text)
    yield _written(interpretation.published_on)


def _of_picture(image: Image) -> str:
    return "\n".join((image.alt, image.caption, image.credit))


def _written(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
