"""The console's words cover everything the code can say, in Chinese."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest

from bot.console.words import names, states, times
from bot.domain.durations import span
from bot.domain.errors import InvalidInput
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from tests.factories import NOW, after

KINDS = [*states.STATE_WORDS, *names.NAMES]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_value_has_its_word(kind: type[StrEnum]) -> None:
    """A value without a word would be shown as code; a word without a value is dead."""
    words = states.STATE_WORDS.get(kind) or names.NAMES[kind]

    assert set(words) == {member.value for member in kind}
    assert all(not str(getattr(word, "text", word)).isascii() for word in words.values())


def test_every_tone_has_its_shape() -> None:
    """Colour alone tells nothing to who cannot see it; no two tones look alike."""
    assert set(states.SHAPES) == set(states.Tone)
    assert len(set(states.SHAPES.values())) == len(states.Tone)


@pytest.mark.parametrize(
    ("post", "delivery", "word"),
    [
        (PostState.IN_REVIEW, None, "待审核"),
        (PostState.SCHEDULED, None, "已定时"),
        (PostState.SCHEDULED, DeliveryState.DELIVERED, "已发布"),
        (PostState.SCHEDULED, DeliveryState.HELD, "待处理"),
        (PostState.HELD, DeliveryState.HELD, "已暂停"),
        (PostState.CANCELLED, DeliveryState.CANCELLED, "已取消"),
    ],
)
def test_a_post_stands_in_one_word(
    post: PostState, delivery: DeliveryState | None, word: str
) -> None:
    """Once scheduled, the delivery speaks; what a person decided about the post wins."""
    assert states.standing(post, delivery).text == word


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (after(5.5 * 3600), "今天 15:30"),
        (after(14 * 3600), "明天 00:00"),
        (after(-10.5 * 3600), "昨天 23:30"),
        (datetime(2026, 11, 26, 1, 0, tzinfo=UTC), "11月26日（周四）09:00"),
        (datetime(2027, 1, 1, 1, 0, tzinfo=UTC), "2027年1月1日（周五）09:00"),
    ],
)
def test_moments_are_said_in_beijing(at: datetime, said: str) -> None:
    """Midnight in Beijing divides the days, not midnight in UTC."""
    assert times.moment(at, NOW) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "0 秒"),
        (59, "59 秒"),
        (60, "1 分钟"),
        (61, "1 分 1 秒"),
        (3599, "59 分 59 秒"),
        (3600, "1 小时"),
        (5369, "1 小时 29 分"),
        (5370, "1 小时 30 分"),
        (5399, "1 小时 30 分"),
        (7199, "2 小时"),
        (86_380, "1 天"),
        (11_520, "3 小时 12 分"),
        (86_400, "1 天"),
        (93_600, "1 天 2 小时"),
    ],
)
def test_spans_have_two_units_at_most(seconds: float, said: str) -> None:
    """Nobody needs seconds on a post of tomorrow; a time that was set for half past is half past,
    whatever seconds it carries."""
    assert span(seconds) == said


def test_times_of_a_form_are_beijing_times() -> None:
    """There and back again."""
    at = times.from_input("2026-11-26T09:00")

    assert at == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    assert times.as_input(at) == "2026-11-26T09:00"


@pytest.mark.parametrize("value", ["", "明早", "2026-13-01T09:00", "2026-11-26T09:00+00:00"])
def test_what_is_no_beijing_time_is_refused(value: str) -> None:
    """A time zone in the input would contradict the label of the field."""
    with pytest.raises(InvalidInput):
        times.from_input(value)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, ""), (-2, "准时"), (0.8, "准时"), (3, "晚 3 秒"), (120, "晚 2 分钟")],
)
def test_lateness_is_said_only_when_there_is_some(seconds: float | None, said: str) -> None:
    """A second is on time."""
    assert times.lateness(seconds) == said


def test_days_between_documents() -> None:
    """Published on the same day, later, or before its date."""
    first = date(2026, 11, 20)

    said = [times.days_between(first, first + timedelta(days=days)) for days in (0, 3, -1)]

    assert said == ["同日", "3 天", "提前 1 天"]


@pytest.mark.parametrize(
    ("sender", "shown"),
    [("oXy12abcdefghijklmnop9Zk", "oXy1…p9Zk"), ("12345678", "1…"), ("a", "a…")],
)
def test_a_sender_is_masked(sender: str, shown: str) -> None:
    """Short ids lose even more: four and four would be all of them."""
    assert names.masked(sender) == shown


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (6, None),
        (8, "已 8 天没有更新，6 天内须更新"),
        (13, "已 13 天没有更新，1 天内须更新"),
        (15, "已 15 天没有更新，超过两周"),
    ],
)
def test_a_silent_account_is_told_before_two_weeks_are_over(days: int, said: str | None) -> None:
    """With how long is left; nothing while it speaks."""
    word = states.silence_word(NOW - timedelta(days=days), NOW)

    assert (word.text if word else None) == said
