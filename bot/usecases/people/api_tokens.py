"""Bearer tokens of release systems: shown once, stored hashed, bound to one source."""

import secrets
from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.ids import ApiTokenId, SourceId
from bot.domain.people import ApiToken
from bot.domain.permissions import Actor, Permission
from bot.ports.clock import Ids
from bot.ports.storage import Storage
from bot.usecases.people.sign_in import hashed

TOKEN_PREFIX = "tbk_"  # noqa: S105 - a prefix that lets scanners recognise a leaked token


def issue_token(
    name: str, source: SourceId, *, actor: Actor, storage: Storage, ids: Ids
) -> tuple[ApiToken, str]:
    """Make a token for `source`; the second value is the token itself, never shown again.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with storage.begin() as uow:
        uow.sources.get(source)
        token = ApiToken(ApiTokenId(ids.new("tok")), name, source, hashed(secret), uow.now())
        uow.people.add_token(token)
        uow.audit.write(
            actor=actor.name,
            action="token.issued",
            object_kind="token",
            object_id=token.id,
            details={"source": source},
        )
        uow.commit()
    return token, secret


def revoke_token(token_id: ApiTokenId, *, actor: Actor, storage: Storage) -> ApiToken:
    """Revoke a token; requests with it are refused from now on.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    with storage.begin() as uow:
        token = uow.people.token(token_id)
        revoked = replace(token, revoked_at=token.revoked_at or uow.now())
        uow.people.save_token(revoked)
        uow.audit.write(
            actor=actor.name, action="token.revoked", object_kind="token", object_id=token_id
        )
        uow.commit()
    return revoked


def source_behind(secret: str, *, storage: Storage) -> ApiToken:
    """The living token behind a bearer secret.

    Raises:
        NotAllowed: unknown or revoked.
    """
    with storage.look() as uow:
        token = uow.people.token_by_hash(hashed(secret))
    if token is None or token.revoked_at is not None:
        raise NotAllowed("令牌无效或已撤销，请向系统管理员申请新的令牌")
    return token
