"""短标题: the titles of a post's articles beside what the platform lets them be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.posts.draft import DraftContent, Violation

_NUMBERED = re.compile(r"第 (\d+) 篇")
_INDEXED = re.compile(r"articles\.(\d+)")


@dataclass(frozen=True)
class TitleForm:
    """One article's title: as it is, or as somebody wrote it who was refused. `most` counts
    characters; 0 is without limit. `field` is the input's id on the page."""

    article: int
    title: str
    written: str
    most: int

    @property
    def field(self) -> str:
        return f"title-{self.article}"

    @property
    def is_wrong(self) -> bool:
        """Whether the post cannot go out with this title."""
        return not self.title.strip() or 0 < self.most < len(self.title)


def title_forms(
    content: DraftContent, *, most: int, tried: str = "", written: str = ""
) -> Sequence[TitleForm]:
    """A form an article; the one that was `tried` keeps what was `written` into it."""
    return [
        TitleForm(number, each.title, written if str(number) == tried else each.title, most)
        for number, each in enumerate(content.articles)
    ]


def title_field(violation: Violation, forms: Sequence[TitleForm]) -> str:
    """The input a finding about a title leads to; nothing for other findings."""
    if "title" not in f"{violation.rule} {violation.place}":
        return ""
    if numbered := _NUMBERED.search(violation.place):
        wanted = [form for form in forms if form.article == int(numbered[1]) - 1]
    elif indexed := _INDEXED.match(violation.place):
        wanted = [form for form in forms if form.article == int(indexed[1])]
    else:
        wanted = [form for form in forms if form.is_wrong]
    return wanted[0].field if wanted else ""
