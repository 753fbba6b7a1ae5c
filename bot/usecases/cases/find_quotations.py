"""Find what an answer may be drawn from: released documents, interpretations, public answers."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.cases.drafting import AnswerTemplate, Quotation, passages_with, unsourced, untouched
from bot.domain.ids import AccountId, ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.checks.facts import facts_in
from bot.domain.releases.release import Release
from bot.ports.case_publication import AnswerFilter, AnswerShelf
from bot.ports.searching import ReleaseSearch
from bot.ports.storage import Storage

MOST_DOCUMENTS = 5
PASSAGES_A_DOCUMENT = 2
MOST_ANSWERS = 3
_TITLES = re.compile(r"《([^《》]{4,100})》")
_PUBLIC = re.compile(r"/wenda/(\w{1,64})")
_NOBODYS = AccountId("")


@dataclass(frozen=True)
class QuotingTools:
    """`split(text)` gives the words of a text, in order."""

    storage: Storage
    search: ReleaseSearch
    shelf: AnswerShelf
    split: Callable[[str], Sequence[str]]
    templates: Sequence[AnswerTemplate] = ()


@dataclass(frozen=True)
class Checked:
    """What a person should look at in an answer: facts that nothing quoted states, and words of
    the question that it does not touch."""

    unsourced: Sequence[str]
    untouched: Sequence[str]


def find_quotations(words: str, *, actor: Actor, tools: QuotingTools) -> Sequence[Quotation]:
    """Passages that hold these words, documents before answers.

    Raises:
        NotAllowed.
        StorageUnavailable: the database is away.
    """
    actor.require(Permission.READ)
    if not words.strip():
        return []
    return [*_of_documents(words, tools), *_of_answers(words, tools)]


def check_answer(
    answer: str,
    question: str,
    *,
    actor: Actor,
    tools: QuotingTools,
    facts: Sequence[str] = (),
) -> Checked:
    """Compare an answer with what it names in 《》, the public answers it links, the question, the
    `facts` of its case, and what the office has written beforehand.

    Raises:
        NotAllowed.
        StorageUnavailable: the database is away.
    """
    actor.require(Permission.READ)
    without = figures_without_source(answer, [question, *facts], tools=tools)
    return Checked(without, untouched(tools.split(question), answer))


def figures_without_source(
    answer: str, sources: Sequence[str], *, tools: QuotingTools
) -> Sequence[str]:
    """Figures, dates, amounts and numbers that neither `sources` state, nor what the answer names
    in 《》 or links, nor a template or an automatic answer of the office.

    Raises:
        StorageUnavailable: the database is away.
    """
    if not facts_in(answer):
        return []
    known = [*sources, *_named(answer, tools), *_written_beforehand(tools)]
    return list(dict.fromkeys(fact.words for fact in unsourced(answer, known)))


def _of_documents(words: str, tools: QuotingTools) -> Iterator[Quotation]:
    for release in _released(words, MOST_DOCUMENTS, tools):
        content, address = release.content, f"/releases/{release.id}"
        number = f"（{content.document_number}）" if content.document_number else ""
        for line in passages_with(content.body.text, words, most=PASSAGES_A_DOCUMENT):
            yield Quotation(line, f"《{content.title}》{number}", address)
        for each in content.interpretations:
            for line in passages_with(each.body.text, words, most=1):
                yield Quotation(line, f"《{content.title}》的解读《{each.title}》", address)


def _of_answers(words: str, tools: QuotingTools) -> Iterator[Quotation]:
    for row in tools.shelf.answers(AnswerFilter(words=words), limit=MOST_ANSWERS):
        for line in passages_with(row.answer, words, most=1) or [row.answer[:200]]:
            yield Quotation(line, f"公开的答复（/wenda/{row.id}）", f"/wenda/{row.id}")


def _named(answer: str, tools: QuotingTools) -> Iterator[str]:
    """The texts that the answer names."""
    for title in dict.fromkeys(_TITLES.findall(answer)):
        for release in _released(title, 1, tools):
            content = release.content
            yield "\n".join(
                [content.title, content.document_number or "", content.body.text]
                + [each.body.text for each in content.interpretations]
            )
    for case in dict.fromkeys(_PUBLIC.findall(answer)):
        row = tools.shelf.answer(case)
        if row is not None:
            yield row.answer


def _written_beforehand(tools: QuotingTools) -> Iterator[str]:
    """Words that the office has settled upon."""
    yield from (template.body for template in tools.templates)
    with tools.storage.look() as uow:
        rules = uow.rules.answer_rules()
    yield from (rule.answer for rule in rules)


def _released(words: str, most: int, tools: QuotingTools) -> Sequence[Release]:
    hits = tools.search.released(words, account=_NOBODYS, limit=most)
    with tools.storage.look() as uow:
        return [uow.releases.get(ReleaseId(hit.release)) for hit in hits]
