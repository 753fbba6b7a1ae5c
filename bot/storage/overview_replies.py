"""Replies in the inbox, newest first, read along the index of their arrival."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, exists, or_, select, text

from bot.domain.replies.answer import STANDING
from bot.domain.replies.reply import ReplyKind
from bot.ports.overview import ReplyFilter, ReplyRow
from bot.storage.tables import accounts, answers, comment_standings, posts, replies

_c, _a = replies.c, accounts.c
_ANSWERED = or_(
    exists().where(answers.c.reply_id == _c.id, answers.c.state.in_(sorted(STANDING))),
    exists().where(comment_standings.c.reply_id == _c.id, comment_standings.c.author_reply != ""),
)
# In the words of the partial index: a planner does not look into a bound value.
_UNSURE = select(answers.c.reply_id).where(text("state = 'unknown'"), answers.c.next_at.is_(None))


def reply_rows(
    connection: Connection, wanted: ReplyFilter, *, limit: int, offset: int
) -> Sequence[ReplyRow]:
    """A page of the replies that `wanted` asks for."""
    columns: tuple[Any, ...] = (
        *(_c.id, _c.account_id, _c.channel, _c.kind, _c.type_name, _c.sender, _c.sender_name),
        *(_c.text, _c.said_at, _c.received_at, _c.answer_rule, _c.answer_text, _c.post_id),
        *(_c.times_received, _c.is_known_type, _a.name, _a.platform),
        posts.c.title.label("post_title"),
        *(_c.erased_at, _ANSWERED.label("answered_by_staff")),
    )
    listed = (
        select(*columns)
        .join_from(replies, accounts, _a.id == _c.account_id)
        .outerjoin(posts, posts.c.id == _c.post_id)
        .where(*_conditions(wanted))
    )
    page = listed.order_by(_c.received_at.desc(), _c.id.desc()).limit(limit).offset(offset)
    return [_reply_row(row) for row in connection.execute(page)]


def _conditions(wanted: ReplyFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.account is not None:
        conditions.append(_c.account_id == wanted.account)
    if wanted.channel is not None:
        conditions.append(_c.channel == wanted.channel)
    if wanted.sender is not None:
        conditions.append(_c.sender == wanted.sender)
    if wanted.unanswered:
        conditions += [_c.answer_rule.is_(None), _c.kind != ReplyKind.EVENT]
        conditions += [_c.erased_at.is_(None), ~_ANSWERED]
    if wanted.id is not None:
        conditions.append(_c.id == wanted.id)
    if wanted.unsure:
        conditions.append(_c.id.in_(_UNSURE))
    if wanted.search:
        places = (_c.text, _c.sender_name)
        found = (place.icontains(wanted.search, autoescape=True) for place in places)
        conditions.append(or_(*found))
    return conditions


def _reply_row(row: Row[Any]) -> ReplyRow:
    return ReplyRow(
        id=row.id,
        account_id=row.account_id,
        account_name=row.name,
        platform=row.platform,
        channel=row.channel,
        kind=row.kind,
        type_name=row.type_name,
        sender=row.sender,
        sender_name=row.sender_name,
        text=row.text,
        said_at=row.said_at,
        received_at=row.received_at,
        answered_by_rule=row.answer_rule,
        answer_text=row.answer_text or "",
        post_id=row.post_id,
        post_title=row.post_title,
        times_received=row.times_received,
        is_known_type=row.is_known_type,
        answered_by_staff=row.answered_by_staff,
        erased=row.erased_at is not None,
    )
