"""One push from a platform: decide the passive answer and make the row to be stored."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ids import ReplyId
from bot.domain.replies.answering import AnswerRule, automatic_answer
from bot.domain.replies.reply import Incoming, Reply
from bot.ports.clock import Ids


def reply_to_push(
    incoming: Incoming, rules: Sequence[AnswerRule], *, ids: Ids, now: datetime
) -> Reply:
    """The reply as it will be stored, with the answer a rule gives. Reads nothing, writes nothing:
    the door stores it, and answers only once it is committed."""
    return Reply(
        id=ReplyId(ids.new("rpy")),
        incoming=incoming,
        received_at=now,
        answered=automatic_answer(incoming, rules),
    )
