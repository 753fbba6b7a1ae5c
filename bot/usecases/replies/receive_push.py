"""One push from a platform: make the row to be stored."""

from datetime import datetime

from bot.domain.ids import ReplyId
from bot.domain.replies.reply import Answered, Incoming, Reply
from bot.ports.clock import Ids


def reply_to_push(
    incoming: Incoming, answered: Answered | None, *, ids: Ids, now: datetime
) -> Reply:
    """The reply as it will be stored, with the answer it gets. Reads nothing, writes nothing:
    the door stores it, and answers only once it is committed."""
    return Reply(id=ReplyId(ids.new("rpy")), incoming=incoming, received_at=now, answered=answered)
