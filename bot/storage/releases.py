"""Releases in all their versions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import ReleaseId, SourceId
from bot.domain.releases.release import Release, ReleaseState
from bot.storage.encoding import decode, decode_shared, encode
from bot.storage.release_index import file_release
from bot.storage.statements import insert_new, take_turn
from bot.storage.tables import releases, rollouts

_c = releases.c
_NEWEST = select(_c.body).where(_c.id == bindparam("release"), _c.is_newest)
_VERSION = select(_c.body).where(_c.id == bindparam("release"), _c.version == bindparam("version"))


class SqlReleases:
    """Keeps the promises of `ports.storage.Releases`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, release: Release) -> None:
        older = update(releases).where(_c.id == release.id, _c.is_newest)
        self._connection.execute(older.values(is_newest=False))
        insert_new(
            self._connection,
            releases,
            _row(release) | {"is_newest": True},
            taken=f"政策“{release.content.title}”的第 {release.version} 版已经存在，请重新提交一次",
        )
        file_release(self._connection, release)

    def save(self, release: Release) -> None:
        this = (_c.id == release.id, _c.version == release.version)
        saved = self._connection.execute(update(releases).where(*this).values(**_row(release)))
        if saved.rowcount == 0:
            raise NotFound("发布", release.id)

    def get(self, release: ReleaseId, *, version: int | None = None) -> Release:
        if version is None:
            body = self._connection.scalar(_NEWEST, {"release": release})
        else:
            body = self._connection.scalar(_VERSION, {"release": release, "version": version})
        if body is None:
            raise NotFound("发布", release)
        return decode_shared(Release, body)

    def by_key(self, source: SourceId, source_key: str) -> Release | None:
        return self._one(_c.source_id == source, _c.source_key == source_key, _c.is_newest)

    def by_document_number(self, number: str) -> Release | None:
        # Two sources may hand in the same 文号 at once; the second must see the first.
        take_turn(self._connection, f"document_number {number}")
        return self._one(_c.document_number == number, _c.is_newest)

    def in_state(self, state: ReleaseState, *, limit: int = 100) -> Sequence[Release]:
        wanted = select(_c.body).where(_c.state == state, _c.is_newest)
        ordered = wanted.order_by(_c.received_at, _c.id).limit(limit)
        return [decode(Release, body) for body in self._connection.scalars(ordered)]

    def emergencies(self, *, limit: int = 20) -> Sequence[Release]:
        wanted = select(_c.body).where(_c.emergency_since.is_not(None), _c.is_newest)
        ordered = wanted.order_by(_c.emergency_since.desc(), _c.id.desc()).limit(limit)
        return [decode(Release, body) for body in self._connection.scalars(ordered)]

    def awaiting_plan(self, *, limit: int = 20) -> Sequence[ReleaseId]:
        planned = exists().where(
            rollouts.c.release_id == _c.id, rollouts.c.release_version == _c.version
        )
        wanted = select(_c.id).where(_c.state == ReleaseState.APPROVED, _c.is_newest, ~planned)
        ordered = wanted.order_by(_c.received_at, _c.id).limit(limit)
        return [ReleaseId(found) for found in self._connection.scalars(ordered)]

    def _one(self, *where: Any) -> Release | None:
        wanted = select(_c.body).where(*where).order_by(_c.received_at, _c.id).limit(1)
        body = self._connection.scalar(wanted)
        return None if body is None else decode(Release, body)


def _row(release: Release) -> dict[str, Any]:
    content = release.content
    return {
        "id": release.id,
        "version": release.version,
        "source_id": release.source,
        "emergency_since": release.emergency_since,
        "source_key": release.source_key,
        "state": release.state,
        "title": content.title,
        "document_number": content.document_number,
        "issuing_bodies": encode(tuple[str, ...], content.issuing_bodies),
        "issued_on": content.issued_on,
        "published_on": content.published_on,
        "received_at": release.received_at,
        "interpretations": len(content.interpretations),
        "body": encode(Release, release),
    }
