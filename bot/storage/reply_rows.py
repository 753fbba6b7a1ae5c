"""Replies as rows, and back."""

from typing import Any

from sqlalchemy import Row

from bot.domain.ids import AccountId, PostId, ReplyId
from bot.domain.replies.reply import (
    Answered,
    Channel,
    Incoming,
    JobReport,
    LinkCard,
    Reply,
    ReplyKind,
)
from bot.storage.encoding import decode, encode
from bot.storage.open_replies import open_since


def reply_values(reply: Reply) -> dict[str, Any]:
    """The columns of a reply."""
    incoming, answered = reply.incoming, reply.answered
    return {
        "id": reply.id,
        "account_id": incoming.account,
        "channel": incoming.channel,
        "kind": incoming.kind,
        "key": incoming.key,
        "type_name": incoming.type_name,
        "sender": incoming.sender,
        "sender_name": incoming.sender_name,
        "text": incoming.text,
        "target": incoming.target,
        "platform_id": incoming.platform_id,
        "recipient": incoming.recipient,
        "raw": incoming.raw,
        "job": encode(JobReport, incoming.job) if incoming.job else None,
        "job_pending_since": reply.received_at if incoming.job else None,
        "is_known_type": incoming.is_known_type,
        "said_at": incoming.said_at,
        "received_at": reply.received_at,
        "answer_rule": answered.rule if answered else None,
        "answer_text": answered.text if answered else None,
        "answer_card": encode(LinkCard, answered.card) if answered and answered.card else None,
        "answer_body": reply.answer_body,
        "post_id": reply.post,
        "times_received": reply.times_received,
        "erased_at": reply.erased_at,
        "open_since": open_since(reply),
    }


def incoming_of(row: Row[Any]) -> Incoming:
    """What arrived, unaltered."""
    return Incoming(
        account=AccountId(row.account_id),
        channel=Channel(row.channel),
        kind=ReplyKind(row.kind),
        key=row.key,
        sender=row.sender,
        text=row.text,
        said_at=row.said_at,
        raw=row.raw,
        type_name=row.type_name,
        sender_name=row.sender_name,
        target=row.target,
        platform_id=row.platform_id,
        recipient=row.recipient,
        job=decode(JobReport, row.job) if row.job else None,
        is_known_type=row.is_known_type,
    )


def reply_of(row: Row[Any]) -> Reply:
    """The stored reply of a whole row."""
    answered = None
    if row.answer_rule is not None:
        card = decode(LinkCard, row.answer_card) if row.answer_card else None
        answered = Answered(text=row.answer_text or "", rule=row.answer_rule, card=card)
    return Reply(
        id=ReplyId(row.id),
        incoming=incoming_of(row),
        received_at=row.received_at,
        answered=answered,
        answer_body=row.answer_body,
        post=PostId(row.post_id) if row.post_id else None,
        times_received=row.times_received,
        erased_at=row.erased_at,
    )
