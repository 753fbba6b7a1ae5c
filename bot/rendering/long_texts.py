"""Long posts: a document told by its headings, whole where it is short, and saying which."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.releases.document import Document, Heading, ListBlock, Paragraph, Quote
from bot.domain.text import weibo_length
from bot.rendering.commission import Commission
from bot.rendering.points import in_lines, leads_of, sections_of
from bot.rendering.post_facts import PostFacts
from bot.rendering.short_texts import short_text_of
from bot.rendering.subjects import Subject

_LONG = 1_000
"""An account with fewer units a post writes short ones."""
_BELOW_A_HEADING = (220, 120, 60)
_OPENING, _WITHOUT_HEADINGS = 200, 600
_TOLD_WHOLE = (Heading, Paragraph, ListBlock, Quote)


def post_text_of(commission: Commission, subject: Subject) -> str:
    """The text of a post: long where the account may and no article tells it, else short."""
    if commission.limits.text_units >= _LONG and not commission.limits.articles:
        return _Writing(commission, subject, PostFacts(commission, subject)).text()
    return short_text_of(commission, subject)


@dataclass(frozen=True)
class _Told:
    """What is told of a document; `whole` of all its sections, so many as there are."""

    opening: str
    sections: tuple[str, ...]
    notice: str


@dataclass(frozen=True)
class _Writing:
    """One long text being brought within its length."""

    commission: Commission
    subject: Subject
    facts: PostFacts

    def text(self) -> str:
        """The fullest version that fits; where none does, a short text."""
        context = self.facts.context(self.facts.parts()) | {"related": self.facts.related()}
        for told in self._versions():
            drawn = {"opening": told.opening, "sections": told.sections, "notice": told.notice}
            text = self.commission.draw(self.commission.kind, "long.j2", context | drawn)
            if weibo_length(text) <= self.commission.limits.text_units:
                return text
        return short_text_of(self.commission, self.subject)

    def _versions(self) -> Iterator[_Told]:
        """From the whole text to the first sections alone, each with as much as is told of it."""
        body = self.subject.body
        if all(isinstance(block, _TOLD_WHOLE) for block in body.blocks):
            notice = _EDITED if self.subject.approved else "以上为正文全文。"
            yield _Told("", tuple(map(self.facts.plain, body.text.split("\n"))), notice)
        sections = sections_of(body)
        if len(sections) < 2:
            digest = self._digest(body, _WITHOUT_HEADINGS)
            yield _Told("", tuple(in_lines(digest)), _EXCERPT)
            return
        opening = self._digest(_before(body), _OPENING)
        for length in _BELOW_A_HEADING:
            told = tuple(self._section(heading, below, length) for heading, below in sections)
            yield _Told(opening, told, _EXCERPT)
        for count in range(len(told) - 1, 0, -1):
            yield _Told(opening, told[:count], _BEGINNING.format(count=count, all=len(told)))

    def _section(self, heading: Heading, below: Document, length: int) -> str:
        sentences = self._digest(below, length)
        leads = leads_of(below)
        told = leads if leads and sum(map(len, leads)) <= 2 * length else (sentences,)
        lines = (heading.text, *told)
        return "\n".join(self.facts.plain(line) for line in lines if line)

    def _digest(self, body: Document, length: int) -> str:
        text = Document(tuple(b for b in body.blocks if not isinstance(b, Heading))).text
        digest = self.facts.plain(self.commission.make_digest(text, length))
        # An address inside a sentence is glued to Chinese signs, which the platform misreads.
        return "" if "://" in digest else digest


_EDITED = "以上文字经过编辑，内容以原文为准。"
_EXCERPT = "以上摘自原文，并非全文，内容以原文为准。"
_BEGINNING = "以上摘自原文前 {count} 部分，共 {all} 部分，内容以原文为准。"


def _before(body: Document) -> Document:
    """What stands before the first heading: why the document was written."""
    blocks = list(body.blocks)
    end = next((at for at, block in enumerate(blocks) if isinstance(block, Heading)), 0)
    return Document(tuple(blocks[:end]))
