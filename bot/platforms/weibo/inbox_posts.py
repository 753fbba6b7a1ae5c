"""What a round learns of our own posts: how many comments, those under one, whether still shown."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.accounts.budgets import Purpose
from bot.domain.errors import NotPermitted, RateLimited, TargetGone
from bot.domain.replies.reply import Incoming
from bot.platforms.weibo import inbox_rounds as rounds
from bot.platforms.weibo.client import timeline
from bot.platforms.weibo.client.comments import Span
from bot.platforms.weibo.client.session import Session
from bot.platforms.weibo.inbox_cursor import NEWEST_PAGES, InboxCursor, UnderPost
from bot.platforms.weibo.inbox_streams import read_comments_under
from bot.ports.platform import CollectedPage, LivePost, VanishedPost

MOST_PAGES_UNDER = 8


def count_comments(session: Session, inbox: InboxCursor, live: Sequence[LivePost]) -> CollectedPage:
    """Which posts have more comments than we know of, and which are gone."""
    now, rest = session.link.clock.now(), inbox.todo[1:]
    posts = rounds.counted_posts(live, now)
    inbox = replace(inbox, counted_at=now)
    if not posts:
        return done(inbox, rest)
    try:
        found = timeline.counts(session.spent_on(Purpose.PROBING), list(posts))
    except NotPermitted:
        return done(inbox, rest)
    counts = {mid: one.comments for mid, one in found.items()}
    gone = [posts[mid] for mid in posts if mid not in counts]
    inbox = inbox.only_under(counts)
    under = rounds.worth_reading_under(inbox, counts, now)
    deeper = [mid for mid in rounds.worth_going_deeper(inbox, now) if mid not in under]
    known = {mid: min(count, inbox.counts.get(mid, 0)) for mid, count in counts.items()}
    known |= {mid: counts[mid] for mid in under}
    read_at = {**inbox.under_at} | dict.fromkeys([*under, *deeper], now)
    todo = (
        *rest,
        *(f"{rounds.UNDER}{mid}" for mid in under),
        *(f"{rounds.DEEPER}{mid}" for mid in deeper),
    )
    page = done(
        replace(inbox, counts=known, under_at=read_at),
        todo,
        vanished=tuple(VanishedPost(post.post_id, _DELETED) for post in gone),
    )
    counted = {posts[mid].post_id: count for mid, count in counts.items() if mid in posts}
    return replace(page, counted=counted)


def read_under(session: Session, inbox: InboxCursor) -> CollectedPage:
    """A page of the comments under one post, those with old ids among them. A round has few
    pages; the next one goes on where it stopped, until the oldest has been read."""
    name, rest = inbox.todo[0], inbox.todo[1:]
    mid, at = name.partition(":")[2], inbox.under
    deep = inbox.deep.get(mid, 0)
    if name.startswith(rounds.DEEPER) and not at.pages:
        at = UnderPost(NEWEST_PAGES, deep)
    begin = inbox.stopped_under(mid, 0)
    try:
        batch = read_comments_under(session.spent_on(Purpose.SWEEPING), mid, Span(0, at.max_id))
    except (NotPermitted, TargetGone):
        return done(begin, rest)
    except RateLimited:
        # Not on the commercial host: what is read there does not wait for this.
        return done(replace(inbox, under=UnderPost()).without_count(mid), rest)
    after = at.after_page(batch.ids, batch.next_max_id, deep=deep)
    if after is None:
        return done(begin, rest, batch.incoming)
    if after.pages >= MOST_PAGES_UNDER:
        return done(inbox.stopped_under(mid, after.max_id), rest, batch.incoming)
    return done(replace(inbox, under=after), inbox.todo, batch.incoming)


def see_posts(session: Session, inbox: InboxCursor, live: Sequence[LivePost]) -> CollectedPage:
    """Whether our newest posts are still shown to everybody."""
    inbox = replace(inbox, seen_at=session.link.clock.now())
    try:
        newest = timeline.own_timeline(session.spent_on(Purpose.VERIFYING)).statuses
    except NotPermitted:
        return done(inbox, inbox.todo[1:])
    hidden = {status.id for status in newest if not status.is_shown}
    vanished = tuple(
        VanishedPost(post.post_id, _HIDDEN)
        for post in live
        if post.platform_ids.get("platform_post_id") in hidden
    )
    return done(inbox, inbox.todo[1:], vanished=vanished)


_DELETED = "微博上已经没有这条微博，可能在微博网页或后台被删除"
_HIDDEN = "这条微博在微博上已被隐藏，公众看不到"


def done(
    inbox: InboxCursor,
    todo: Sequence[str],
    incoming: tuple[Incoming, ...] = (),
    *,
    vanished: tuple[VanishedPost, ...] = (),
) -> CollectedPage:
    """One step of a round is done, and that is left to do."""
    fields = replace(inbox, todo=tuple(todo)).fields()
    return CollectedPage(incoming, fields, more=bool(todo), vanished=vanished)
