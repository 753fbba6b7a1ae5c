"""What else a reader may want beside a document: its family, its topic, and what is live of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.ids import ReleaseId
from bot.domain.releases.release import Interpretation, Release, ReleaseContent
from bot.domain.releases.searching import SearchHit, searchable, topic_words

MOST_RELATED = 5
MOST_OF_TOPIC = 3
_MOST_CITATIONS = 6
_SHORTEST_TITLE = 8
"""《意见》 and 《通知》 stand for the document itself."""

_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,16})(〔(?:19|20)\d{2}〕\d{1,5}号)")
_SURELY_OF_THE_NUMBER = 2
"""Characters before 〔 that belong to every 文号."""
_QUOTED = re.compile(r"《([^《》]{2,120})》")
_CHANGES = re.compile("修改|修订|废止|失效|调整")


class Relation(StrEnum):
    """What a document is to another one; the closest first."""

    AMENDED_BY = "amended_by"
    AMENDS = "amends"
    CITED = "cited"
    CITES = "cites"
    SAME_TOPIC = "same_topic"


@dataclass(frozen=True)
class Clue:
    """Words by which a related document is found; `quoted` is how the text names it, which may
    begin before its 文号 does: 依照云政发〔2024〕3号."""

    relation: Relation
    words: str
    quoted: str = ""


@dataclass(frozen=True)
class Related:
    """A released document beside this one; `url` is where it can be read, if anywhere."""

    relation: Relation
    title: str
    document_number: str | None
    url: str


@dataclass(frozen=True)
class LiveArticle:
    """An article of the same release that is public on the platform."""

    title: str
    source_url: str
    url: str
    is_document: bool


@dataclass(frozen=True)
class Beside:
    """All that is public beside what is being drawn."""

    related: tuple[Related, ...] = ()
    live: tuple[LiveArticle, ...] = ()

    @property
    def document_url(self) -> str:
        """The live article of the document itself."""
        return next((article.url for article in self.live if article.is_document), "")

    def url_of(self, interpretation: Interpretation) -> str:
        """The live article of an interpretation."""
        return next((a.url for a in self.live if _tells(a, interpretation)), "")


NOTHING_BESIDE = Beside()


def clues_of(content: ReleaseContent) -> tuple[Clue, ...]:
    """What to look for: documents its title and text name, those that name it, its topic."""
    changes = _CHANGES.search(content.title) is not None
    in_title = _titles_in(content.title)
    text = content.body.text
    clues = [Clue(Relation.AMENDS if changes else Relation.CITED, title) for title in in_title]
    cited = [*_numbers_in(text), *(Clue(Relation.CITED, title) for title in _titles_in(text))]
    clues += list(dict.fromkeys(cited))[:_MOST_CITATIONS]
    own = [content.document_number, _named(content.title)]
    clues += [Clue(Relation.CITES, words) for words in own if words]
    if content.topic:
        clues.append(Clue(Relation.SAME_TOPIC, topic_words(content.topic)))
    return tuple(clues)


def related_of(
    release: ReleaseId, found: Iterable[tuple[Clue, Sequence[SearchHit]]]
) -> tuple[Related, ...]:
    """The documents to mention, closest first, each once and never the release itself."""
    closest: dict[ReleaseId, Related] = {}
    for clue, hits in found:
        for hit in hits:
            relation = _relation(clue, hit)
            if hit.release == release or relation is None:
                continue
            known = closest.get(hit.release)
            if known is None or _rank(relation) < _rank(known.relation):
                closest[hit.release] = Related(relation, hit.title, hit.document_number, hit.url)
    ordered = sorted(closest.values(), key=lambda each: _rank(each.relation))
    family = [each for each in ordered if each.relation is not Relation.SAME_TOPIC]
    topic = [each for each in ordered if each.relation is Relation.SAME_TOPIC]
    return tuple([*family, *topic[:MOST_OF_TOPIC]][:MOST_RELATED])


def added_interpretations(
    before: ReleaseContent, now: ReleaseContent
) -> tuple[Interpretation, ...]:
    """The interpretations that `now` has more than `before`; none when anything else changed."""
    unchanged = all(
        getattr(before, name) == getattr(now, name)
        for name in ReleaseContent.__dataclass_fields__
        if name != "interpretations"
    )
    kept = all(each in now.interpretations for each in before.interpretations)
    if not (unchanged and kept):
        return ()
    return tuple(each for each in now.interpretations if each not in before.interpretations)


def with_interpretations(release: Release, numbers: tuple[int, ...] | None) -> Release:
    """The release with only these of its interpretations, by their numbers from 0; None: all."""
    if numbers is None:
        return release
    told = tuple(release.content.interpretations[number] for number in numbers)
    return replace(release, content=replace(release.content, interpretations=told))


def _relation(clue: Clue, hit: SearchHit) -> Relation | None:
    """What the hit is to the document; None when it only holds the words somewhere."""
    if clue.relation is Relation.SAME_TOPIC:
        return clue.relation
    words, title = searchable(clue.words), searchable(hit.title)
    if clue.relation is Relation.CITES:
        names_it = searchable(clue.words) in title
        return Relation.AMENDED_BY if names_it and _CHANGES.search(hit.title) else clue.relation
    number, quoted = searchable(hit.document_number or ""), searchable(clue.quoted)
    is_named = bool(number) and quoted.endswith(number)
    return clue.relation if is_named or title.endswith(words) else None


def _rank(relation: Relation) -> int:
    return list(Relation).index(relation)


def _numbers_in(text: str) -> list[Clue]:
    return [
        Clue(Relation.CITED, code[-_SURELY_OF_THE_NUMBER:] + rest, code + rest)
        for code, rest in _NUMBER.findall(text)
    ]


def _titles_in(text: str) -> list[str]:
    return [title for title in _QUOTED.findall(text) if len(title) >= _SHORTEST_TITLE]


def _named(title: str) -> str:
    """The title as others quote it: without the body before 关于."""
    at = title.find("关于")
    core = title[at:] if at > 0 else title
    return core if len(core) >= _SHORTEST_TITLE else ""


def _tells(article: LiveArticle, interpretation: Interpretation) -> bool:
    if article.is_document:
        return False
    by_address = bool(interpretation.url) and article.source_url == interpretation.url
    return by_address or article.title == interpretation.title
