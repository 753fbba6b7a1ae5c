"""The commercial host: pictures first, then a post with topics, long text and up to nine."""

from collections.abc import Sequence
from typing import Any

from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.objects import Status
from bot.platforms.weibo.client.session import Fields, Session, Upload


def upload_picture(session: Session, picture: Upload) -> str:
    """`upload_pic/biz`: the picture's id, good only for posting."""
    path = "/2/statuses/upload_pic/biz.json"
    return session.post(Host.COMMERCIAL, path, {}, _picture_id, picture=picture)


def update(session: Session, form: Fields, pic_ids: Sequence[str]) -> Status:
    """`update/biz`, or `upload_url_text/biz` when pictures go along.

    Raises:
        AlreadyDone: accepted, it appears in a minute or two (20032).
        OutcomeUnknown: it may have been posted.
    """
    if not pic_ids:
        return session.post(Host.COMMERCIAL, "/2/statuses/update/biz.json", form, Status.of)
    with_pictures = {**form, "pic_id": ",".join(pic_ids)}
    path = "/2/statuses/upload_url_text/biz.json"
    return session.post(Host.COMMERCIAL, path, with_pictures, Status.of)


def _picture_id(body: Any) -> str:
    return str(body["pic_id"])
