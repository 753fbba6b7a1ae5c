"""An extractive digest: whole sentences copied from an approved text, best first."""

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain.text import compact
from bot.language.document_number import STRICT, parse_document_number
from bot.language.headings import is_bare_label, numbering_level
from bot.language.news import LEAST_NEWS, is_complete, news_in, without_article_number
from bot.language.sentences import split_sentences
from bot.language.words import split_words

_DIGITS = re.compile(r"\d+")
_SALUTATION = re.compile(
    r"^(?:各(?:省|自治区|直辖市|市|县|区|地|有关|部门|单位|位|司局|直属|人民|银行|分行)[^。]{0,80}[：:]|"
    r"国务院各|你[省市部委局行])|[：:]$"
)
_FORMULA = re.compile(
    r"(?:印发|转发|批转)给?你们|请认真贯彻执行|请(?:结合实际)?认真(?:组织)?(?:贯彻|落实)|此复|"
    r"^特此|此件公开发布|此件主动公开|^附件|现(?:将|就)?.{0,60}(?:通知|批复|答复|函复|公告|通报|公布)如下|"
    r"提出(?:以下|如下)(?:实施|指导)?意见|感谢(?:你们|您)"
)
_KEY = re.compile(
    r"目标|任务|自.{0,14}起(?:施行|执行|实施)|应当|不得|鼓励|支持|实行|建立|放假|补贴|标准|条件|对象|范围|"
    r"主要|决定|同意|要求|明确|加强|推进|规范|免征|减免|施行|有效期"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])"
)
_FIRST = re.compile(r"^(?:一、|[（(]一[）)]|1[.．、])")
_LEANS_BACK = re.compile(
    r"^(?:\d|其中|此外|同时|但|因此|该|上述|前款|前述|拒不|这|其(?!他)|并|另|另外|相关|有关|对此|以上|之后|此后|随后"
    r"|为此|据此|由此|至此|与此同时|在此(?:基础|期间|之前|之后))"
)
_NOTE = re.compile(r"^[（(].*[）)]$")
_ASKS = re.compile(r"(?:问|提问|主持人|[^，。；：:]{0,16}记者(?:提?问)?)\s*[：:]")
_ANSWERS = re.compile(r"^(?:答|回答)\s*[：:]\s*")
SHORTEST, LONGEST, LONGEST_LABEL = 10, 220, 24


@dataclass(frozen=True)
class _Candidate:
    """A sentence that may be taken, once the sentence it leans on is taken."""

    place: int
    text: str
    score: float
    news: float
    needs: int | None


def make_digest(text: str, limit: int, *, facts_first: bool = False) -> str:
    """At most `limit` code points of whole sentences copied from `text`, in the text's order.

    Salutations, dispatch formulas, headings, numbers and signatures are never taken; of an
    enumeration only its beginning is, so that nothing seems to be missing between two items.
    Of questions and answers only answers are taken, without the label before them.
    Empty when no sentence fits. The same text and limit always give the same digest.

    With `facts_first` only sentences that tell news are taken: from when, for whom, how much,
    what was decided; none where the text has no such sentence that fits.
    """
    left = _newest(text) if facts_first else _best(text)
    chosen: dict[int, str] = {}
    room = limit
    while True:
        best = next((c for c in left if _may_be_taken(c, chosen, room)), None)
        if best is None:
            return "".join(chosen[place] for place in sorted(chosen)).rstrip()
        left.remove(best)
        chosen[best.place] = best.text
        room -= len(best.text)


def _best(text: str) -> list[_Candidate]:
    return sorted(_candidates(text), key=lambda c: (-c.score, c.place))


def _newest(text: str) -> list[_Candidate]:
    """Best news first. One item of a list would pass for all of it, so none is taken."""
    told = (
        replace(each, text=without_article_number(each.text))
        for each in _candidates(text)
        if each.news >= LEAST_NEWS and is_complete(each.text) and not _NUMBERED.match(each.text)
    )
    return sorted(told, key=lambda c: (-c.news, c.place))


def numbers_agree(digest: str, source: str) -> bool:
    """Whether every run of digits in `digest` stands in `source` as a whole run."""
    return set(_DIGITS.findall(digest)) <= set(_DIGITS.findall(source))


def _may_be_taken(candidate: _Candidate, chosen: dict[int, str], room: int) -> bool:
    return len(candidate.text) <= room and (candidate.needs is None or candidate.needs in chosen)


@lru_cache(maxsize=8)
def _candidates(text: str) -> tuple[_Candidate, ...]:
    """Remembered, because one text is asked for digests of several lengths in a row."""
    prose = [_ANSWERS.sub("", line, count=1) for line in text.split("\n") if _is_prose(line)]
    sentences = [sentence for line in prose for sentence in split_sentences(line)]
    numbers = set(_DIGITS.findall(text))
    usable = [
        place
        for place, sentence in enumerate(sentences)
        if _is_quotable(sentence) and numbers.issuperset(_DIGITS.findall(sentence))
    ]
    words = {place: _topic_words(sentences[place]) for place in usable}
    counts = Counter(word for found in words.values() for word in found)
    found: list[_Candidate] = []
    previous_item: int | None = None
    for place in usable:
        sentence = sentences[place]
        needs = place - 1 if _LEANS_BACK.match(sentence) else None
        if _NUMBERED.match(sentence):
            needs = (
                None if _FIRST.match(sentence) else (-1 if previous_item is None else previous_item)
            )
            previous_item = place
        score = _score(place, sentence, len(sentences), words[place], counts)
        news = news_in(sentence, place)
        found.append(_Candidate(place, _spaced(sentence), score, news, needs))
    return tuple(found)


def _spaced(sentence: str) -> str:
    """A sentence that ends in Latin signs is parted from the next by a blank."""
    return sentence + " " if sentence[-1].isascii() else sentence


def _is_prose(line: str) -> bool:
    text = line.strip()
    return bool(text) and not (
        "\t" in line
        or numbering_level(text) is not None
        or is_bare_label(text)
        or STRICT.match(compact(text))
        or parse_document_number(text)
        or _NOTE.match(text)
        or _ASKS.match(text)
    )


def _is_quotable(sentence: str) -> bool:
    is_label = _NUMBERED.match(sentence) and len(sentence) <= LONGEST_LABEL and "：" not in sentence
    return (
        not is_label
        # A sentence that begins small lost its beginning, as beside a formula drawn as a picture.
        and not sentence[0].islower()
        and SHORTEST <= len(sentence) <= LONGEST
        and sentence.rstrip("”’」）)").endswith(("。", "！", "？", ".", "!", "?"))
        and not _SALUTATION.search(sentence)
        and not _FORMULA.search(sentence)
    )


def _topic_words(sentence: str) -> frozenset[str]:
    """Words of one character say little about a topic."""
    return frozenset(word for word in split_words(sentence) if len(word.strip()) > 1)


def _score(
    place: int, sentence: str, total: int, words: frozenset[str], counts: Counter[str]
) -> float:
    """Early sentences, key phrases of policy, and the words the whole text repeats."""
    position = 1.0 / (1.0 + place * 6.0 / max(total, 6))
    phrases = min(len(_KEY.findall(sentence)), 4) / 4
    most = max(counts.values())
    topic = sum(sorted(counts[w] / most for w in words)) / (math.sqrt(len(sentence)) + 4)
    return 1.2 * position + 0.7 * phrases + topic
