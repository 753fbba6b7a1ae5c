"""Drafting an answer from approved text: what is quoted, what nothing quoted states, and what of
the question it leaves out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Case
from bot.domain.cases.names import CaseClass
from bot.domain.posts.checks.facts import Fact, FactBook, facts_in
from bot.domain.releases.searching import searchable
from bot.domain.text import clip

LONGEST_QUOTATION = 200
FEWEST_SIGNS = 2
MOST_UNTOUCHED = 4
SHORT_LETTER = 12
"""Different words up to which each of them may be what is asked."""
LONGEST_HANDLING = timedelta(days=365)


@dataclass(frozen=True)
class Quotation:
    """Words of a released document, an interpretation or an answer the public may read; `source`
    names it as a reader would, `address` is its page in the console or the public pages."""

    words: str
    source: str
    address: str

    @property
    def as_text(self) -> str:
        """As it stands in an answer."""
        return f"{self.source}：“{self.words}”"


@dataclass(frozen=True)
class AnswerTemplate:
    """How answers of these classes (none: all) begin and end; `body` has `{quotations}` where the
    approved words go."""

    id: str
    name: str
    body: str
    classes: tuple[CaseClass, ...] = ()

    def fits(self, case_class: CaseClass) -> bool:
        """Whether it is offered for cases of this class."""
        return not self.classes or case_class in self.classes

    def filled(self, words: str) -> str:
        """The template around what is written so far."""
        return self.body.replace("{quotations}", words.strip()).strip()


def passages_with(text: str, words: str, *, most: int) -> Sequence[str]:
    """The first lines of `text` that hold `words`, compared as a search does."""
    needle = searchable(words)
    lines = (line.strip() for line in text.splitlines())
    found = (clip(line, LONGEST_QUOTATION) for line in lines if needle in searchable(line))
    return [line for line, _ in zip(found, range(most), strict=False)]


def unsourced(answer: str, sources: Sequence[str]) -> Sequence[Fact]:
    """Figures, dates, amounts and numbers of the answer that no source states."""
    book = FactBook("\n".join(sources))
    return [fact for fact in facts_in(answer) if not book.holds(fact)]


def facts_of(case: Case, now: datetime) -> Sequence[str]:
    """What an answer may state of the case itself: its number, days and term, with their basis."""
    due = _day_in_words(case.deadline.due_at.astimezone(BEIJING).date())
    days = days_of_handling(case.received_at, now)
    return [case.number, *days, due, case.deadline.term.in_words, case.deadline.basis]


def days_of_handling(received_at: datetime, now: datetime) -> Sequence[str]:
    """The days from a letter until today: on them the office did what it tells of – it went and
    looked, it called, it signs the answer –, and no document states them before."""
    today = now.astimezone(BEIJING).date()
    began = max(received_at.astimezone(BEIJING).date(), today - LONGEST_HANDLING)
    return [_day_in_words(began + timedelta(each)) for each in range((today - began).days + 1)]


def _day_in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def untouched(question: Sequence[str], answer: str) -> Sequence[str]:
    """Words of the question (as somebody split them) that the answer does not hold: a hint, not
    a judgement. In a long letter only what is said more than once is its subject; words of one
    sign and those that every letter has say nothing. The most frequent come first."""
    told = Counter(word for word in question if _says_something(word))
    fewest = 2 if len(told) > SHORT_LETTER else 1
    said = searchable(answer)
    left = [w for w, n in told.most_common() if n >= fewest and searchable(w) not in said]
    return left[:MOST_UNTOUCHED]


def _says_something(word: str) -> bool:
    compared = searchable(word)
    is_word = len(compared) >= FEWEST_SIGNS and compared.isalpha()
    return is_word and not _COMMON.fullmatch(word)


_COMMON = re.compile(
    "请问|你好|您好|谢谢|怎么|怎么办|如何|什么|时候|什么时候|为什么|多少|哪里|我们|你们|他们|没有"
    "|还没|可以|能否|是否|现在|已经|一直|这个|那个|一下|领导|政府|希望|尽快|解决|回复|问题|反映"
    "|尊敬|书记|市长|县长|市委|县委|市委书记|只是|一个|各位|老百姓|最近|看到|就是|因为|所以|而且"
    "|今年|去年|两次|几次|电话|还是|不是|需要|想要|有关|部门|相关|情况"
)
