"""The read model of replies: filtered, searched, newest first."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, and_, exists, func, or_, select, text

from bot.domain.cases.case import RUNNING
from bot.domain.ids import ReplyId
from bot.domain.releases.searching import searchable
from bot.domain.replies.answer import STANDING
from bot.domain.replies.handling import Handling, SetAside
from bot.domain.replies.reply import Channel, ReplyKind
from bot.ports.overview import CommentsOfPost, ReplyFilter, ReplyRow
from bot.storage.reply_search import count_replies_found, listed_after, search_replies
from bot.storage.tables import (
    accounts,
    answers,
    cases,
    comment_counts,
    comment_standings,
    posts,
    replies,
    set_asides,
)

_c, _a, _k, _s = replies.c, accounts.c, cases.c, set_asides.c
_own_case, _mark = cases.alias("own_case"), set_asides.alias("mark")
_running = cases.alias("running")
_ANSWERED = or_(
    exists().where(answers.c.reply_id == _c.id, answers.c.state.in_(sorted(STANDING))),
    exists().where(comment_standings.c.reply_id == _c.id, comment_standings.c.author_reply != ""),
)
_IS_LEFT = and_(
    *(_c.kind != ReplyKind.EVENT, _c.answer_rule.is_(None), _c.erased_at.is_(None)),
    *(~_ANSWERED, ~exists().where(_k.reply_id == _c.id)),
)
"""Nobody has answered it or taken it up."""
_IS_OPEN = and_(_IS_LEFT, ~exists().where(_mark.c.reply_id == _c.id))
_RUNS = exists().where(_k.reply_id == _c.id, _k.is_running.is_(True))
_HANDLED: Mapping[Handling, ColumnElement[bool]] = {
    Handling.WAITING: and_(_c.open_since.is_not(None), _IS_OPEN),
    # Joined in so many words, for a list to begin with cases that run, or what was set aside.
    Handling.TAKEN_UP: and_(
        *(_running.c.reply_id == _c.id, text("running.is_running"), _c.erased_at.is_(None)),
    ),
    Handling.SET_ASIDE: and_(_s.reply_id == _c.id, _IS_LEFT),
    # Where words are searched for: a list has both of its parts by themselves.
    Handling.UNANSWERED: or_(and_(_RUNS, _c.erased_at.is_(None)), _IS_OPEN),
}
_BY_MARK = frozenset({Handling.WAITING, Handling.TAKEN_UP, Handling.SET_ASIDE})
_ACCOUNTS: Mapping[Handling | None, Column[str]] = {
    Handling.TAKEN_UP: _running.c.account_id,
    Handling.SET_ASIDE: _s.account_id,
}
_UNDER_POSTS = (Channel.WECHAT_COMMENT, Channel.WEIBO_COMMENT, Channel.WEIBO_MENTION)
# In the words of the partial index: a planner does not look into a bound value.
_UNSURE = select(answers.c.reply_id).where(text("state = 'unknown'"), answers.c.next_at.is_(None))

_LISTED = (
    select(
        *(_c.id, _c.account_id, _c.channel, _c.kind, _c.type_name, _c.sender, _c.sender_name),
        *(_c.text, _c.said_at, _c.received_at, _c.answer_rule, _c.answer_text, _c.post_id),
        *(_c.times_received, _c.is_known_type, _a.name, _a.platform),
        posts.c.title.label("post_title"),
        *(_c.erased_at, _c.number, _ANSWERED.label("answered_by_staff")),
        _own_case.c.id.label("case_id"),
        _own_case.c.number.label("case_number"),
        _own_case.c.state.label("case_state"),
        *(_s.by.label("aside_by"), _s.at.label("aside_at"), _s.reason.label("aside_reason")),
    )
    .join_from(replies, accounts, _a.id == _c.account_id)
    .outerjoin(posts, posts.c.id == _c.post_id)
    .outerjoin(_own_case, _own_case.c.reply_id == _c.id)
    .outerjoin(set_asides, _s.reply_id == _c.id)
)
_COUNTED = select(_c.number, _c.text, _c.sender_name)


def reply_rows(
    connection: Connection, wanted: ReplyFilter, *, limit: int, offset: int
) -> Sequence[ReplyRow]:
    """A page of the replies that `wanted` asks for."""
    found = _found(connection, wanted, _LISTED, most=offset + limit)
    return [_reply_row(row) for row in islice(found, offset, offset + limit)]


def reply_count(connection: Connection, wanted: ReplyFilter, *, most: int) -> int:
    """How many there are; `most + 1` says that there are more than `most`."""
    if needle := searchable(wanted.search):
        rows = _COUNTED.where(*_conditions(wanted))
        return count_replies_found(connection, wanted, needle, rows, most=most + 1)
    if wanted.search:
        return 0
    return sum(_count(connection, part, most=most) for part in _parts(wanted))


def _count(connection: Connection, wanted: ReplyFilter, *, most: int) -> int:
    some = select(_c.id).where(*_conditions(wanted)).limit(most + 1).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def _found(
    connection: Connection, wanted: ReplyFilter, listed: Any, *, most: int
) -> Iterator[Row[Any]]:
    needle, conditions = searchable(wanted.search), _conditions(wanted)
    after = _place(connection, wanted.after) if wanted.after else None
    if needle:
        wanted_rows = listed.where(*conditions)
        return search_replies(connection, wanted, needle, wanted_rows, after=after, most=most)
    if wanted.search:  # nothing in it that can be compared
        return iter(())
    parts = [_listed(connection, part, listed, after, most) for part in _parts(wanted)]
    return heapq.merge(*parts, key=lambda row: (row.received_at, row.id), reverse=True)


def _listed(
    connection: Connection, wanted: ReplyFilter, listed: Any, after: Any, most: int
) -> Iterator[Row[Any]]:
    at, id_ = _place_in_time(wanted)
    conditions = _conditions(wanted)
    if after is not None:
        conditions.append(listed_after(after, at, id_))
    newest_first = listed.where(*conditions).order_by(at.desc(), id_.desc())
    return iter(connection.execute(newest_first.limit(most)))


def _parts(wanted: ReplyFilter) -> Sequence[ReplyFilter]:
    """What nobody has answered is found in two places: among what waits, and behind the cases
    that run. No reply is in both."""
    if wanted.handling is not Handling.UNANSWERED or wanted.search:
        return [wanted]
    waits, taken_up = Handling.WAITING, Handling.TAKEN_UP
    return [replace(wanted, handling=waits), replace(wanted, handling=taken_up)]


def _place_in_time(wanted: ReplyFilter) -> tuple[ColumnElement[datetime], ColumnElement[str]]:
    """The columns whose index lists these the newest first; they say the same."""
    if wanted.handling is Handling.WAITING:
        return _c.open_since, _c.id
    if wanted.handling is Handling.TAKEN_UP:
        return _running.c.asked_at, _running.c.reply_id
    if wanted.handling is Handling.SET_ASIDE:
        return _s.received_at, _s.reply_id
    return _c.received_at, _c.id


def _place(connection: Connection, reply: str) -> Any:
    """Where a list goes on; nowhere for a reply that is not there."""
    wanted = select(_c.id, _c.number, _c.received_at).where(_c.id == reply)
    return connection.execute(wanted).first()


def comments_of(connection: Connection, post: str) -> CommentsOfPost | None:
    """What is counted under a post, and how much of it is here."""
    received = (
        select(func.count())
        .where(_c.post_id == post, _c.channel.in_(_UNDER_POSTS))
        .scalar_subquery()
    )
    c = comment_counts.c
    wanted = select(c.counted, c.counted_at, received.label("received")).where(c.post_id == post)
    row = connection.execute(wanted).first()
    return CommentsOfPost(row.counted, row.counted_at, row.received) if row else None


def _conditions(wanted: ReplyFilter) -> list[Any]:
    at, _ = _place_in_time(wanted)
    conditions = _equal(wanted)
    if wanted.since is not None:
        conditions.append(at >= wanted.since)
    if wanted.until is not None:
        conditions.append(at < wanted.until)
    if wanted.handling is not None:
        conditions.append(_HANDLED[wanted.handling])
    if wanted.unsure:
        conditions.append(_c.id.in_(_UNSURE))
    if wanted.department is not None:
        of_theirs = (_k.department_id == wanted.department, _k.reply_id.is_not(None))
        conditions.append(_c.id.in_(select(_k.reply_id).where(*of_theirs)))
    if wanted.release is not None:
        of_it = select(posts.c.id).where(posts.c.release_id == wanted.release)
        conditions.append(_c.post_id.in_(of_it))
    if wanted.case_states:
        conditions.append(_in_states(wanted.case_states))
    return conditions


def _equal(wanted: ReplyFilter) -> list[ColumnElement[bool]]:
    account = _ACCOUNTS.get(wanted.handling, _c.account_id)
    own = ((account, wanted.account), (_c.sender, wanted.sender), (_c.id, wanted.id))
    filed = ((_c.channel, wanted.channel), (_c.kind, wanted.kind), (_c.post_id, wanted.post))
    equal = [column == value for column, value in own if value is not None]
    # Beside a mark no bare column: SQLite would begin with all that ever came through a channel.
    is_bare = wanted.handling not in _BY_MARK
    return equal + [
        (column if is_bare else column.concat("")) == value
        for column, value in filed
        if value is not None
    ]


def _in_states(states: Sequence[str]) -> ColumnElement[bool]:
    """Few cases run: they are read first. Most have ended: there the replies are."""
    theirs = (_k.state.in_(states), _k.reply_id.is_not(None))
    if set(states) <= RUNNING:
        return _c.id.in_(select(_k.reply_id).where(*theirs, _k.is_running.is_(True)))
    return exists().where(_k.reply_id == _c.id, *theirs)


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
        case_id=row.case_id,
        case_number=row.case_number,
        case_state=row.case_state,
        set_aside=_set_aside(row),
    )


def _set_aside(row: Row[Any]) -> SetAside | None:
    if row.aside_at is None:
        return None
    return SetAside(ReplyId(row.id), row.aside_by, row.aside_at, row.aside_reason)
