"""Which cases and replies a rule of retention ends, as conditions of a query."""

from sqlalchemy import ColumnElement, and_, exists, not_, true

from bot.domain.cases.names import Entry
from bot.domain.cases.retention import Reach, RetentionRule, Stream
from bot.domain.replies.reply import Channel
from bot.storage.tables import cases, replies

_c, _r = cases.c, replies.c

ERASING = "erasing"
"""The turn of whoever erases, or writes down what may have to be erased."""
IS_HELD = exists().where(_c.reply_id == _r.id, _c.hold.is_not(None))
"""A reply that may not be erased: its case is held."""


def over(reach: Reach) -> list[ColumnElement[bool]]:
    """Cases that the rule ends."""
    return [
        _c.ended_at < reach.before,
        _c.ended_at.is_not(None),
        _c.erased_at.is_(None),
        _c.hold.is_(None),
        _fits(reach.rule),
        *(not_(_fits(rule)) for rule in reach.earlier),
    ]


def received(stream: Stream) -> list[ColumnElement[bool]]:
    """Replies of a stream that never became a case."""
    is_file = _r.channel == Channel.IMPORTED
    entry = (
        and_(is_file, _r.type_name == stream.entry)
        if stream.entry is not Entry.FOLLOWER
        else (not_(is_file))
    )
    return [
        _r.account_id == stream.account,
        _r.received_at < stream.before,
        entry,
        ~exists().where(_c.reply_id == _r.id),
    ]


def _fits(rule: RetentionRule) -> ColumnElement[bool]:
    named = (
        (_c.case_class, rule.classes),
        (_c.entry, rule.entries),
        (_c.account_id, rule.accounts),
    )
    asked = [and_(column.is_not(None), column.in_(values)) for column, values in named if values]
    return and_(true(), *asked)
