"""How long and how often a follower may be written to."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.replies.window import (
    Allowance,
    Closed,
    Exchange,
    Interaction,
    Window,
    WindowRules,
    window_at,
    window_in_words,
)
from tests.factories import NOW, after

HOUR = 3600
RULES = WindowRules(
    {
        "message": Allowance(5, timedelta(hours=48)),
        "click": Allowance(3, timedelta(minutes=1)),
        "subscribe": Allowance(3, timedelta(minutes=1)),
    },
    endings=frozenset({"unsubscribe"}),
)


def exchange(*acts: tuple[str, float], letters: tuple[float, ...] = ()) -> Exchange:
    return Exchange(
        [Interaction(what, after(at)) for what, at in acts], [after(x) for x in letters]
    )


def window(now: float, *acts: tuple[str, float], letters: tuple[float, ...] = ()) -> Window:
    return window_at(after(now), exchange(*acts, letters=letters), RULES)


def test_a_message_allows_five_for_two_days() -> None:
    """Each letter takes one."""
    assert window(60, ("message", 0)) == Window(5, after(48 * HOUR))
    assert window(60, ("message", 0), letters=(10, 20)).left == 3


def test_a_new_message_renews_all() -> None:
    """What was sent before it no longer counts."""
    found = window(100, ("message", 0), ("message", 50), letters=(1, 2, 3, 60))

    assert found == Window(4, after(50 + 48 * HOUR))


def test_five_letters_use_it_up() -> None:
    """The window still runs, and nothing fits in."""
    found = window(60, ("message", 0), letters=(1, 2, 3, 4, 5))

    assert found == Window(0, after(48 * HOUR), Closed.USED_UP)


@pytest.mark.parametrize(
    ("now", "acts", "closed"),
    [
        pytest.param(0, (), Closed.SILENT, id="never wrote"),
        pytest.param(48 * HOUR, (("message", 0),), Closed.SILENT, id="two days over"),
        pytest.param(48 * HOUR - 1, (("message", 0),), None, id="a second before"),
        pytest.param(60, (("click", 0),), Closed.SILENT, id="a minute after a tap"),
        pytest.param(59, (("click", 0),), None, id="just after a tap"),
        pytest.param(60, (("message", 0), ("unsubscribe", 9)), Closed.LEFT, id="left"),
        pytest.param(20, (("unsubscribe", 0), ("subscribe", 9)), None, id="came back"),
        pytest.param(20, (("location", 0),), Closed.SILENT, id="an act that allows nothing"),
    ],
)
def test_a_window_opens_and_closes(
    now: float, acts: tuple[tuple[str, float], ...], closed: Closed | None
) -> None:
    """By what the follower did last, of each kind."""
    assert window(now, *acts).closed is closed


def test_a_tap_adds_to_what_a_message_allowed_and_is_used_first() -> None:
    """The short allowance ends first, so letters are taken from it."""
    acts = (("message", 0), ("click", 100))

    assert window(110, *acts, letters=(105,)) == Window(7, after(48 * HOUR))
    assert window(200, *acts, letters=(105, 106, 107)) == Window(5, after(48 * HOUR))


def test_a_message_and_a_letter_at_one_moment() -> None:
    """The platform tells whole seconds: the letter answers the message."""
    assert window(10, ("message", 5), letters=(5,)).left == 4


@given(
    acts=st.lists(
        st.tuples(st.sampled_from(["message", "click", "subscribe"]), st.integers(0, 200_000))
    ),
    letters=st.lists(st.integers(0, 200_000)),
    now=st.integers(0, 400_000),
)
def test_a_letter_never_adds_and_an_act_never_takes(
    acts: list[tuple[str, int]], letters: list[int], now: int
) -> None:
    """What is left is between nothing and the sum of all allowances."""
    past = tuple(min(at, now) for at in letters)
    before = window(now, *acts, letters=past)
    sent = window(now, *acts, letters=(*past, now))
    written = window(now, *acts, ("message", now), letters=past)

    assert 0 <= sent.left <= before.left <= 11
    assert written.left >= max(0, 5 - past.count(now))
    assert before.is_open is (before.left > 0)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Window(4, after(11_520)), "微信窗口还剩 3 小时 12 分，还可发送 4 条"),
        (Window(3, after(45)), "微信窗口还剩 45 秒，还可发送 3 条"),
        (Window(0, after(99), Closed.USED_UP), "请等对方再次来信"),
        (Window(0, None, Closed.LEFT), "对方已取消关注"),
        (Window(0, None, Closed.SILENT), "对方最近 2 天内没有来信"),
    ],
)
def test_the_desk_reads_what_is_left_and_the_way_out(found: Window, words: str) -> None:
    """One sentence; a closed window says what else can be done."""
    said = window_in_words(found, NOW, platform="微信", rules=RULES)

    assert words in said
    assert found.is_open or "其他渠道" in said
