"""The index of what releases say: filed when a version is stored, read by whoever searches.

Every newest version is filed. What of it may be shown is for the query to say, from the release's
own row: so nothing withdrawn can be left behind in the index.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Join,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
)

from bot.domain.releases.release import Release
from bot.domain.releases.searching import index_terms, searchable, text_to_search, wanted_terms
from bot.storage.tables import release_terms, release_texts, releases

_t, _x, _r = release_terms.c, release_texts.c, releases.c
EXACT_SIGNS = 2
"""A term this long is the needle itself: having it needs no further comparison."""

_HIGHEST = "\U0010ffff"
"""No sign sorts behind it."""

OF_RELEASE = and_(_x.release_id == _r.id, _x.version == _r.version)
_FILED = select(_x.number, _x.text).where(_x.release_id == bindparam("release"))
_UNFILE = delete(release_terms).where(
    _t.term == bindparam("old_term"), _t.number == bindparam("old_number")
)


def file_release(connection: Connection, release: Release) -> None:
    """File a release's newest version, in place of the one before."""
    for number, text in connection.execute(_FILED, {"release": release.id}).all():
        old = [{"old_term": term, "old_number": number} for term in index_terms(text)]
        connection.execute(_UNFILE, old)
        connection.execute(delete(release_texts).where(_x.number == number))
    text = text_to_search(release)
    values = {
        "release_id": release.id,
        "version": release.version,
        "title": searchable(release.content.title),
        "url": release.content.source_url,
        "text": text,
    }
    number = connection.scalar(insert(release_texts).values(**values).returning(_x.number))
    terms = [{"term": term, "number": number} for term in sorted(index_terms(text))]
    connection.execute(insert(release_terms), terms)


def found(needle: str) -> Join:
    """The rows of `release_texts` whose text holds `needle` (searchable, not empty).

    Terms are counted in one pass and joined: asked for one by one, or with IN, they mislead the
    planner of one database or the other into looking at every row for every row.
    """
    wanted = wanted_terms(needle)
    filed = select(_t.number).group_by(_t.number)
    if len(needle) == 1:
        filed = filed.where(_t.term >= needle, _t.term <= needle + _HIGHEST)
    else:
        filed = filed.where(_t.term.in_(wanted)).having(func.count() == len(wanted))
    candidates = filed.subquery()
    holds = candidates.c.number == _x.number
    if len(needle) > EXACT_SIGNS:
        # The title is short and at hand; the text has to be fetched.
        holds &= or_(*(part.contains(needle, autoescape=True) for part in (_x.title, _x.text)))
    return candidates.join(release_texts, holds)


def best_first(needle: str) -> Sequence[Any]:
    """Titles that hold `needle` first, then the last received."""
    return case((_x.title.contains(needle, autoescape=True), 0), else_=1), _x.number.desc()
