"""Writing back: words under comments and posts, private messages, and what followers sent along."""

import json
from collections.abc import Mapping
from typing import Any

from bot.platforms.transport import Answer
from bot.platforms.weibo.client.hosts import Host
from bot.platforms.weibo.client.objects import Comment
from bot.platforms.weibo.client.session import Session


def reply_to_comment(
    session: Session, comment: str, status: str, text: str, *, rip: str
) -> Comment:
    """`comments/reply`; the platform puts 回复@name: before the words."""
    form = {"cid": comment, "id": status, "comment": text, "rip": rip}
    return session.post(Host.API, "/2/comments/reply.json", form, Comment.of)


def comment_post(session: Session, status: str, text: str, *, rip: str) -> Comment:
    """`comments/create`: words under a post, for one that names the account."""
    form = {"id": status, "comment": text, "rip": rip}
    return session.post(Host.API, "/2/comments/create.json", form, Comment.of)


def delete_own_comment(session: Session, comment: str) -> None:
    """`comments/destroy`; harmless to repeat.

    Raises:
        TargetGone: it is not there (20201).
    """
    form = {"cid": comment}
    session.post(Host.API, "/2/comments/destroy.json", form, Comment.of, writes=False)


def send_letter(session: Session, receiver: str, kind: str, data: Mapping[str, Any]) -> None:
    """`messages/reply`: a private message within the window.

    What a success looks like is not documented: anything that is no refusal.
    """
    form = {
        "type": kind,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        "receiver_id": receiver,
        "save_sender_box": "1",
    }
    session.post(Host.MESSAGES, "/2/messages/reply.json", form, accepted)


def media_of_message(session: Session, fid: str) -> Answer:
    """`mss/msget`: the picture or voice of a private message, by its `tovfid`."""
    return session.fetch(Host.UPLOAD, "/2/mss/msget", {"fid": fid})


def accepted(body: Any) -> None:
    """Raises ValueError for a success that says it is none; else whatever came is one."""
    if isinstance(body, dict) and str(body.get("result", "true")).lower() == "false":
        raise ValueError("refused without a reason")
