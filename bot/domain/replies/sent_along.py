"""What came along with a message – a picture, a voice, a video – and how long it can be had."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.replies.reply import Channel


class SentAlong(StrEnum):
    """What a message can bring."""

    PICTURE = "picture"
    VOICE = "voice"
    VIDEO = "video"


KEPT_FOR: Mapping[Channel, timedelta] = {Channel.WECHAT_MESSAGE: timedelta(days=3)}
"""How long a platform hands it out; of others nothing is written down."""

_BROUGHT: Mapping[Channel, Mapping[str, SentAlong]] = {
    Channel.WECHAT_MESSAGE: {
        "image": SentAlong.PICTURE,
        "voice": SentAlong.VOICE,
        "video": SentAlong.VIDEO,
        "shortvideo": SentAlong.VIDEO,
    },
    Channel.WEIBO_MESSAGE: {"image": SentAlong.PICTURE, "voice": SentAlong.VOICE},
}
_ENDINGS: Mapping[bytes, str] = {
    b"#!AMR": "amr",
    b"ID3": "mp3",
    b"\xff\xfb": "mp3",
    b"\xff\xf3": "mp3",
    b"RIFF": "wav",
    b"OggS": "ogg",
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG": "png",
    b"GIF8": "gif",
}


def sent_along(channel: str, type_name: str) -> SentAlong | None:
    """What a message of this type brings, if anything."""
    known = _BROUGHT.get(Channel(channel)) if channel in set(Channel) else None
    return known.get(type_name.strip().lower()) if known else None


def kept_until(channel: str, said_at: datetime) -> datetime | None:
    """When the platform stops handing it out, where that is known."""
    kept = KEPT_FOR.get(Channel(channel)) if channel in set(Channel) else None
    return said_at + kept if kept else None


def ending_of(content: bytes) -> str:
    """The ending under which programs know a file, by how it begins."""
    if content[4:8] == b"ftyp":
        return "mp4"
    if content[8:12] == b"WEBP":
        return "webp"
    return next((end for start, end in _ENDINGS.items() if content.startswith(start)), "bin")
