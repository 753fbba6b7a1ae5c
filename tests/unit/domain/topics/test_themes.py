"""Words of a reply, and terms that belong together."""

import pytest

from bot.domain.ids import ReplyId
from bot.domain.replies.reply import ReplyKind
from bot.domain.topics.growth import Growth, Window
from bot.domain.topics.rules import WatchRules
from bot.domain.topics.terms import EVERYTHING, NAMES_US, Sighting, is_word, terms_of, titles_in
from bot.domain.topics.theme import themes_of
from tests.factories import NOW, incoming

RULES = WatchRules(names=("云岭市",), grave_words=("爆炸",), common_words=("请问",))


def spoken(text: str, **changes: object) -> frozenset[str]:
    return terms_of(
        incoming(text=text, **changes), RULES, lambda said: said.split("的"), names_document=False
    )


def test_words_are_counted_and_common_ones_are_not() -> None:
    """Neither are signs, numbers and single characters."""
    assert spoken("请问的燃气的涨价的１２的啊") == {EVERYTHING, "燃气", "涨价"}


@pytest.mark.parametrize(
    ("text", "kind", "marks"),
    [
        ("燃气爆炸", ReplyKind.MESSAGE, {"!爆炸"}),
        ("云岭市燃气爆炸", ReplyKind.MESSAGE, {NAMES_US, "!!爆炸"}),
        ("燃气爆炸", ReplyKind.MENTION, set()),
        ("云岭市燃气爆炸", ReplyKind.MENTION, {NAMES_US, "!!爆炸"}),
    ],
)
def test_a_grave_word_counts_where_it_is_about_us(
    text: str, kind: ReplyKind, marks: set[str]
) -> None:
    """What is said to us concerns us; what is said in public must name us."""
    assert {term for term in spoken(text, kind=kind) if term and not is_word(term)} == marks


def test_titles_of_documents_are_read_out_of_their_marks() -> None:
    """Short ones are books."""
    assert titles_in("见《停车泊位建设管理办法》和《家》") == ["停车泊位建设管理办法"]


def seen(term: str, *askers: int) -> list[Sighting]:
    return [Sighting(NOW, term, f"a{n}", ReplyId(f"rpy_{n}")) for n in askers]


def test_terms_of_the_same_people_are_one_theme() -> None:
    """The most telling word names it first; who named us is counted."""
    sightings = [
        *seen("燃气", 1, 2, 3, 4, 5),
        *seen("涨价", 1, 2, 3, 4),
        *seen("校车", 7, 8, 9),
        *seen(NAMES_US, 2, 9),
    ]
    growing = {
        "燃气": Growth(Window.DAY, 5, 2.0, 0.05),
        "涨价": Growth(Window.DAY, 4, 0.1, 1e-6),
        "校车": Growth(Window.DAY, 3, 0.1, 1e-5),
    }

    first, second = themes_of(growing, sightings)

    assert (first.name, first.askers, first.names_us) == ("涨价、燃气", 5, 1)
    assert (second.terms, second.askers, second.samples[0]) == (("校车",), 3, "rpy_7")
