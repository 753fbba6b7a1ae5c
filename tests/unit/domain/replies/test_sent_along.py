"""What a message brings, and until when."""

import pytest

from bot.domain.replies.reply import Channel
from bot.domain.replies.sent_along import SentAlong, ending_of, kept_until, sent_along
from tests.factories import NOW, after

DAYS = 3 * 24 * 3600


@pytest.mark.parametrize(
    ("channel", "type_name", "brought"),
    [
        (Channel.WECHAT_MESSAGE, "image", SentAlong.PICTURE),
        (Channel.WECHAT_MESSAGE, "Voice", SentAlong.VOICE),
        (Channel.WECHAT_MESSAGE, "shortvideo", SentAlong.VIDEO),
        (Channel.WECHAT_MESSAGE, "text", None),
        (Channel.WEIBO_MESSAGE, "image", SentAlong.PICTURE),
        (Channel.WEIBO_MESSAGE, "video", None),
        (Channel.WECHAT_COMMENT, "image", None),
        ("another", "image", None),
    ],
)
def test_some_messages_bring_something(
    channel: str, type_name: str, brought: SentAlong | None
) -> None:
    """By their channel and type."""
    assert sent_along(channel, type_name) is brought


def test_wechat_keeps_it_three_days() -> None:
    """Of others nothing is written down."""
    assert kept_until(Channel.WECHAT_MESSAGE, NOW) == after(DAYS)
    assert kept_until(Channel.WEIBO_MESSAGE, NOW) is None
    assert kept_until("another", NOW) is None


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"#!AMR-WB\n", "amr"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (b"\0\0\0\x18ftypmp42", "mp4"),
        (b"words", "bin"),
    ],
)
def test_a_file_is_named_by_how_it_begins(content: bytes, ending: str) -> None:
    """Nobody's word is taken for it."""
    assert ending_of(content) == ending
