"""The index of what releases say: filed when a version is stored, read by whoever searches.

Every newest version is filed. What of it may be shown is for the query to say, from the release's
own row: so nothing withdrawn can be left behind in the index.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    insert,
    select,
)

from bot.domain.releases.release import Release
from bot.domain.releases.searching import index_terms, searchable, text_to_search, wanted_terms
from bot.storage.tables import release_terms, release_texts, releases

_t, _x, _r = release_terms.c, release_texts.c, releases.c
EXACT_SIGNS = 2
"""A term this long is the needle itself: having it needs no further comparison."""

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


def holds(needle: str) -> ColumnElement[bool]:
    """Whether the text of a row of `release_texts` joined with `release_terms` holds `needle`
    (searchable, not empty); such a join has one row a release."""
    first, *others = wanted_terms(needle)
    conditions = [_t.number == _x.number, _t.term == first]
    for term in others:
        also = release_terms.alias()
        conditions.append(exists().where(also.c.term == term, also.c.number == _t.number))
    if len(needle) > EXACT_SIGNS:
        conditions.append(_x.text.contains(needle, autoescape=True))
    return and_(*conditions)


def best_first(needle: str) -> Sequence[Any]:
    """Titles that hold `needle` first, then the last received."""
    return case((_x.title.contains(needle, autoescape=True), 0), else_=1), _x.number.desc()
