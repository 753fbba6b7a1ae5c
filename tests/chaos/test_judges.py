"""The judges are tried too: each finds the wrong that it is there for, and nothing else."""

from dataclasses import replace

import pytest

from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.sandbox.journal import Call
from tests import factories as make
from tests.chaos import disasters, weather
from tests.chaos.city import City
from tests.chaos.extent import FULL, SMALL, Extent
from tests.chaos.followers import Said, wrongs_of_words
from tests.judging import Fate, is_resent, overdrawn, wrongs_of

RECEIPT = Receipt({"platform_post_id": "p1"}, (), Fact(make.NOW, "submit:call"), None, None)
OUT = make.delivery(state=DeliveryState.DELIVERED, next_at=None, receipt=RECEIPT)
HELD = make.delivery(state=DeliveryState.HELD, next_at=None, hold_reason="稿件没有发出，已保留")
CALL = Call(0.0, "POST", "/submit", "a1", "digest", 1, 200, "ok")


class OneTable:
    """A database with these rows."""

    url, part = "", ""

    def __init__(self, *texts: str) -> None:
        self._rows = [(text,) for text in texts]

    def ask(self, statement: str) -> list[tuple[str, ...]]:
        return self._rows


@pytest.mark.parametrize("fate", [Fate(OUT, 1, {"p1"}), Fate(HELD, 0, set())])
def test_what_is_out_once_or_held_with_a_true_reason_is_right(fate: Fate) -> None:
    """A judge that cries wolf is no judge."""
    assert list(wrongs_of(fate)) == []


@pytest.mark.parametrize(
    ("fate", "wrong"),
    [
        (Fate(OUT, 2, {"p1"}), "is out 2 times"),
        (Fate(OUT, 0, {"p1"}), "is delivered and out 0 times"),
        (Fate(OUT, 1, {"p2"}), "the platform knows no p1"),
        (Fate(replace(OUT, receipt=None), 1, {"p1"}), "without a receipt"),
        (Fate(HELD, 1, set()), "is out, yet held as"),
        (Fate(replace(HELD, hold_reason="平台已受理"), 0, set()), "is not out, yet held as"),
        (Fate(replace(HELD, next_at=make.NOW), 0, set()), "asks for attention"),
        (Fate(make.delivery(), 0, set()), "rests as waiting without a reason"),
    ],
)
def test_each_broken_promise_about_a_post_is_told(fate: Fate, wrong: str) -> None:
    """By the platform's books on one side and our database on the other."""
    assert wrong in "; ".join(wrongs_of(fate))


def test_asking_again_for_what_was_done_is_resending() -> None:
    """Asking again for what was refused is not."""
    refused = replace(CALL, outcome="error 45009")

    assert is_resent([CALL, refused])
    assert not is_resent([refused, CALL])


def test_a_budget_is_overdrawn_when_the_platform_itself_refuses() -> None:
    """Not when a fault says that it does."""
    refused = replace(CALL, outcome="error 45009")

    assert overdrawn([CALL, refused]) == {"/submit"}
    assert not overdrawn([replace(refused, fault="error")])


@pytest.mark.parametrize(
    ("stored", "wrong"),
    [
        ((), "was acknowledged, and is lost"),
        (("甲", "甲"), "is stored more than once"),
        (("甲", "丙"), "nobody said it"),
    ],
)
def test_each_broken_promise_about_words_is_told(stored: tuple[str, ...], wrong: str) -> None:
    """What was not acknowledged may be stored, or may not."""
    said = Said(("甲", "乙"), frozenset({"甲"}))

    assert wrong in "; ".join(wrongs_of_words(said, OneTable(*stored)))
    assert not list(wrongs_of_words(said, OneTable("甲")))
    assert not list(wrongs_of_words(said, OneTable("甲", "乙")))


@pytest.mark.parametrize("extent", [FULL, SMALL], ids=lambda extent: extent.name)
def test_a_seed_plans_the_same_and_every_disaster(extent: Extent) -> None:
    """Two seeds plan differently; nothing strikes after the storm."""
    strikes, city = disasters.planned(extent, 7), City(extent)

    assert strikes == disasters.planned(extent, 7) != disasters.planned(extent, 8)
    assert {strike.disaster for strike in strikes} == set(disasters.Disaster)
    assert all(0 < strike.at <= extent.storm_seconds for strike in strikes)
    assert weather.planned(city, extent, 7) == weather.planned(city, extent, 7)
    assert len(list(city.orders(make.NOW))) == extent.posts
