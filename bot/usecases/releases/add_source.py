"""Add a source of releases."""

from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.domain.releases.source import Source, SourceKind
from bot.ports.storage import Storage

READ_AT_AN_ADDRESS = frozenset({SourceKind.FOLDER, SourceKind.FEED})


def add_source(source: Source, *, actor: Actor, storage: Storage) -> Source:
    """Store a new source.

    Raises:
        NotAllowed: the actor may not manage accounts and sources.
        InvalidInput: a folder or feed without its address.
        Conflict: the id is taken.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    if source.kind in READ_AT_AN_ADDRESS and not source.address:
        raise InvalidInput([Problem("address", "请填写文件夹路径或订阅源网址")])
    with storage.begin() as uow:
        uow.sources.add(source)
        uow.audit.write(
            actor=actor.name,
            action="source.added",
            object_kind="source",
            object_id=source.id,
            details={"kind": source.kind.value, "trust": source.trust.value},
        )
        uow.commit()
    return source
