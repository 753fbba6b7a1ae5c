"""Uploading pictures: into an article's text, and into the library."""

from bot.platforms.wechat.client.sdk import SdkClient
from bot.platforms.wechat.client.session import Session, Upload


def upload_picture(session: Session, picture: Upload) -> str:
    """Upload a picture for the text of an article; returns its address on mmbiz.qpic.cn.

    It takes no place in the library. Jpg and png under 1 MB.
    """
    part = (picture.name, picture.content, picture.media_type)
    return str(SdkClient(session).media.upload_image(part))


def add_to_library(session: Session, picture: Upload) -> str:
    """Add a permanent picture to the library; returns its media_id.

    Each call takes one of 100,000 places, so callers remember what they uploaded.
    """
    part = (picture.name, picture.content, picture.media_type)
    return str(SdkClient(session).material.add("image", part)["media_id"])
