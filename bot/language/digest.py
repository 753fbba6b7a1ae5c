"""An extractive digest: whole sentences copied from an approved text, best first."""

import math
import re
from collections import Counter
from dataclasses import dataclass

from bot.domain.text import compact
from bot.language.document_number import STRICT, parse_document_number
from bot.language.headings import is_bare_label, numbering_level
from bot.language.sentences import split_sentences

_DIGITS = re.compile(r"\d+")
_SALUTATION = re.compile(
    r"^(?:各(?:省|自治区|直辖市|市|县|区|地|有关|部门|单位|位|司局|直属|人民|银行|分行)|"
    r"国务院各|你[省市部委局行]|.{0,30}人民政府：$)|：$"
)
_FORMULA = re.compile(
    r"(?:现|特此)?(?:印发|转发|批转)给?你们|请认真贯彻执行|请(?:结合实际)?认真(?:组织)?(?:贯彻|落实)|"
    r"^特此(?:通知|公告|函复|批复|通报)|^此复|此件公开发布|此件主动公开|^附件|现(?:将.{0,60})?(?:通知|批复|"
    r"答复|函复|公告|通报)如下|现提出(?:以下|如下)意见|提出如下意见"
)
_KEY_PHRASES = (
    "目标|任务|自.{0,14}起(?:施行|执行|实施)|应当|不得|鼓励|支持|实行|建立|放假|补贴|标准|条件|对象|范围|"
    "主要|决定|同意|要求|明确|加强|推进|规范|免征|减免|施行|有效期"
)
_KEY = re.compile(_KEY_PHRASES)
_TRAILING_NOTE = re.compile(r"^[（(].*[）)]$")
SHORTEST, LONGEST = 10, 220


@dataclass(frozen=True)
class _Candidate:
    place: int
    text: str
    score: float


def make_digest(text: str, limit: int) -> str:
    """At most `limit` code points of whole sentences copied from `text`, in the text's order.

    Salutations, dispatch formulas, headings, numbers and signatures are never taken. Empty when
    no sentence fits. The same text and limit always give the same digest.
    """
    candidates = _candidates(text)
    chosen: list[_Candidate] = []
    room = limit
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.place)):
        if len(candidate.text) <= room and numbers_agree(candidate.text, text):
            chosen.append(candidate)
            room -= len(candidate.text)
    return "".join(c.text for c in sorted(chosen, key=lambda c: c.place))


def numbers_agree(digest: str, source: str) -> bool:
    """Whether every run of digits in `digest` stands in `source` as a whole run."""
    return set(_DIGITS.findall(digest)) <= set(_DIGITS.findall(source))


def _candidates(text: str) -> list[_Candidate]:
    sentences = [s for line in text.split("\n") if _is_prose(line) for s in split_sentences(line)]
    usable = [(n, s) for n, s in enumerate(sentences) if _is_quotable(s)]
    if not usable:
        return []
    weights = _word_weights([s for _, s in usable])
    return [_Candidate(n, s, _score(n, s, len(sentences), weights)) for n, s in usable]


def _is_prose(line: str) -> bool:
    text = line.strip()
    return bool(text) and not (
        "\t" in line
        or numbering_level(text) is not None
        or is_bare_label(text)
        or STRICT.match(compact(text))
        or parse_document_number(text)
        or _TRAILING_NOTE.match(text)
    )


def _is_quotable(sentence: str) -> bool:
    return (
        SHORTEST <= len(sentence) <= LONGEST
        and sentence.rstrip("”’」）)").endswith(("。", "！", "？", ".", "!", "?"))
        and not _SALUTATION.search(sentence)
        and not _FORMULA.search(sentence)
    )


def _word_weights(sentences: list[str]) -> dict[str, float]:
    """How much of the text speaks of each word; words of one character say little."""
    import jieba  # its dictionary takes most of a second: only who digests pays

    counts = Counter(word for s in sentences for word in set(_words(jieba, s)) if len(word) > 1)
    most = max(counts.values(), default=1)
    return {word: count / most for word, count in counts.items()}


def _words(jieba: object, sentence: str) -> list[str]:
    return list(jieba.lcut(sentence))  # type: ignore[attr-defined]


def _score(place: int, sentence: str, total: int, weights: dict[str, float]) -> float:
    """Early sentences, key phrases of policy, and the words the whole text repeats."""
    position = 1.0 / (1.0 + place * 6.0 / max(total, 6))
    phrases = min(len(_KEY.findall(sentence)), 4) / 4
    words = [word for word in weights if word in sentence]
    topic = sum(weights[w] for w in words) / (math.sqrt(len(sentence)) + 4)
    return 1.2 * position + 0.7 * phrases + topic
