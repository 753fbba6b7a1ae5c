"""A small model that learns labels from texts an office has labelled: complement naive Bayes over
pairs of signs (Rennie et al. 2003), without any library. The same examples give the same model."""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.releases.searching import searchable
from bot.ports.suggesting import Suggestion

SMOOTHING = 0.3
FOLDS = 5
HINT_WEIGHT = 3
"""A hint is short and surely right: it counts like this many texts with its words."""
SURE_ENOUGH = 0.85
"""A suggestion is made where, on texts the model had not seen, this share of such was right."""
FEWEST_TRIED = 20
WORDS_SHOWN = 5

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Example:
    """A text with the label that a person gave it."""

    text: str
    label: str


@dataclass(frozen=True)
class Model:
    """Weights by label and term, and how far ahead the first label has to be of the second."""

    weights: Weights
    margin: float
    examples: int


@dataclass(frozen=True)
class Tried:
    """One example, judged by a model that had not seen it."""

    label: str
    guess: str
    margin: float


def train(examples: Sequence[Example], hints: Sequence[Example] = ()) -> Model:
    """Learn from examples of two labels at least. `hints` are words of a label that are no texts,
    as the names of what belongs to it; those of labels without an example are left out.

    Raises:
        ValueError: there are not two labels.
    """
    if len({example.label for example in examples}) < 2:
        raise ValueError("a model needs examples of two labels at least")
    learnt = [(_terms(e.text), e.label) for e in examples] + _hinted(examples, hints)
    tried = cross_validate(examples, hints)
    return Model(_weights(learnt), _sure_margin(tried), len(examples))


def suggest(model: Model, text: str) -> Suggestion | None:
    """The likeliest label; None where the model is not sure enough."""
    terms = _terms(text)
    label, margin = _judge(model.weights, terms)
    if margin < model.margin:
        return None
    weights = model.weights[label]
    heaviest = sorted(terms & weights.keys(), key=lambda term: (-weights[term], term))
    return Suggestion(label, SURE_ENOUGH, tuple(heaviest[:WORDS_SHOWN]))


def cross_validate(examples: Sequence[Example], hints: Sequence[Example] = ()) -> Sequence[Tried]:
    """Each example judged by a model of the others and the hints. Equal texts stay on one side,
    and the sides are the same every time."""
    known = [(_terms(e.text), e.label, _side(e.text)) for e in examples]
    tried: list[Tried] = []
    for side in range(FOLDS):
        seen = [(terms, label) for terms, label, own in known if own != side]
        if len({label for _, label in seen}) < 2:
            continue
        weights = _weights(seen + _hinted(examples, hints))
        tried += [Tried(label, *_judge(weights, t)) for t, label, own in known if own == side]
    return tried


def f1_by_label(tried: Iterable[Tried]) -> Mapping[str, float]:
    """The harmonic mean of precision and recall of each label."""
    right, guessed, labelled = Counter[str](), Counter[str](), Counter[str]()
    for one in tried:
        labelled[one.label] += 1
        guessed[one.guess] += 1
        right[one.label] += one.label == one.guess
    return {name: 2 * right[name] / (labelled[name] + guessed[name]) for name in sorted(labelled)}


def _terms(text: str) -> frozenset[str]:
    read = searchable(text)
    return frozenset(read[at : at + 2] for at in range(len(read) - 1))


def _hinted(
    examples: Sequence[Example], hints: Sequence[Example]
) -> list[tuple[frozenset[str], str]]:
    labels = {example.label for example in examples}
    return [(_terms(h.text), h.label) for h in hints if h.label in labels] * HINT_WEIGHT


def _side(text: str) -> int:
    return hashlib.sha256(searchable(text).encode()).digest()[0] % FOLDS


def _weights(examples: Sequence[tuple[frozenset[str], str]]) -> Weights:
    """Of each term and label, how unusual the term is everywhere else."""
    total: Counter[str] = Counter()
    own: dict[str, Counter[str]] = defaultdict(Counter)
    for terms, label in examples:
        total.update(terms)
        own[label].update(terms)
    everything, kinds = total.total(), len(total)
    learnt: dict[str, Mapping[str, float]] = {}
    for label, counts in sorted(own.items()):
        others = everything - counts.total() + SMOOTHING * kinds
        raw = {t: -math.log((n - counts[t] + SMOOTHING) / others) for t, n in total.items()}
        length = sum(raw.values())
        learnt[label] = {term: value / length for term, value in raw.items()}
    return learnt


def _judge(weights: Weights, terms: frozenset[str]) -> tuple[str, float]:
    """The label that is ahead, and by how much for each term that is known."""
    scores = {label: sum(own.get(t, 0.0) for t in terms) for label, own in weights.items()}
    first, second = sorted(scores, key=lambda label: (-scores[label], label))[:2]
    known = sum(1 for term in terms if term in weights[first]) or 1
    return first, (scores[first] - scores[second]) * len(weights[first]) / known


def _sure_margin(tried: Sequence[Tried]) -> float:
    """The smallest margin from which enough were right; none is small enough if never."""
    best, right = math.inf, 0
    for count, one in enumerate(sorted(tried, key=lambda one: -one.margin), 1):
        right += one.label == one.guess
        if count >= FEWEST_TRIED and right / count >= SURE_ENOUGH:
            best = one.margin
    return best
