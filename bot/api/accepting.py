"""POST /api/releases: take a release in, once, and say what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Response

from bot.api.answers import AcceptedAnswer
from bot.api.bodies import Body, JsonBody
from bot.api.failures import RequestRefused, documented
from bot.api.submission import request_body
from bot.api.tokens import Token, Tools
from bot.api.tools import ApiTools
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import SourceId
from bot.domain.people import ApiToken
from bot.domain.permissions import API_PREFIX, Actor
from bot.domain.releases.release import ReleaseState
from bot.usecases.releases.accept_release import Accepted, Arrival, accept_release
from bot.usecases.releases.attach_file import with_kept_files

SAME_DOCUMENT = "same_document"

router = APIRouter(prefix="/api", tags=["releases"])

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]*$",
        description="The same key with the same body gets the same answer again.",
    ),
]


@router.post(
    "/releases",
    response_model=AcceptedAnswer,
    status_code=201,
    responses={
        200: {"model": AcceptedAnswer, "description": "内容没有变化，或已成为新版本"},
        201: {"description": "已收到新的政策发布"},
        **documented(400, 401, 403, 409, 413, 415, 422),
    },
    openapi_extra={"requestBody": request_body()},
    summary="Hand in a release",
)
def hand_in_release(
    token: Token,
    body: Body,
    tools: Tools,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> AcceptedAnswer:
    """Store the release, or a new version of it; the same content again changes nothing.

    A release is known by the token's source and its `source_id`. When it counts as approved, its
    posts are planned at once.
    """
    require_open_source(token.source, tools)
    answer = _earlier_answer(token, idempotency_key, body, tools)
    if answer is None:
        answer = _accept(token, body, tools)
        _remember(token, idempotency_key, body, answer, tools)
    if answer.arrival is not Arrival.CREATED:
        response.status_code = 200
    return answer


def require_open_source(source_id: SourceId, tools: ApiTools) -> None:
    """Refuse what comes from a source that is switched off."""
    with tools.storage.look() as uow:
        source = uow.sources.get(source_id)
    if not source.enabled:
        raise RequestRefused(403, "source_disabled", f"来源“{source.name}”已停用，请联系系统管理员")


def _accept(token: ApiToken, body: JsonBody, tools: ApiTools) -> AcceptedAnswer:
    payload, says_same = _without_same_document(body.payload)
    reading = tools.reader.read_json(payload)
    accepted = accept_release(
        replace(reading, content=with_kept_files(reading.content, tools.media)),
        source_id=token.source,
        actor=Actor(f"{API_PREFIX}{token.name}"),
        storage=tools.storage,
        ids=tools.ids,
        person_says_same=says_same,
    )
    _ring_if_approved(accepted, tools)
    return AcceptedAnswer.of(accepted, f"{tools.public_url}/api/releases/{accepted.release.id}")


def _without_same_document(payload: object) -> tuple[object, bool]:
    """The field is about this submission, not about the release, so the reader never sees it."""
    if not isinstance(payload, Mapping) or SAME_DOCUMENT not in payload:
        return payload, False
    says_same = payload[SAME_DOCUMENT]
    if not isinstance(says_same, bool):
        raise InvalidInput([Problem(SAME_DOCUMENT, "应当是 true 或 false，请按接口说明改正")])
    return {name: value for name, value in payload.items() if name != SAME_DOCUMENT}, says_same


def _ring_if_approved(accepted: Accepted, tools: ApiTools) -> None:
    is_new = accepted.arrival is not Arrival.UNCHANGED
    if is_new and accepted.release.state is ReleaseState.APPROVED:
        tools.doorbell.release_is_approved(accepted.release.id)


def _scope(token: ApiToken) -> str:
    """Keys belong to the source: a renewed token repeats the old one's requests safely."""
    return f"api:{token.source}"


def _earlier_answer(
    token: ApiToken, key: str | None, body: JsonBody, tools: ApiTools
) -> AcceptedAnswer | None:
    if key is None:
        return None
    with tools.storage.look() as uow:
        earlier = uow.requests.answer_to(_scope(token), key)
    if earlier is None:
        return None
    digest, answer = earlier
    if digest != body.digest:
        raise RequestRefused(
            422,
            "idempotency_key_reused",
            "这个 Idempotency-Key 已用于另一份内容；内容有改动时请换用新的 Idempotency-Key",
        )
    return AcceptedAnswer.model_validate_json(answer)


def _remember(
    token: ApiToken, key: str | None, body: JsonBody, answer: AcceptedAnswer, tools: ApiTools
) -> None:
    """Kept apart from accepting: should it fail, a repeat is told `unchanged`, never accepted
    twice, because the content hash decides."""
    if key is None:
        return
    with tools.storage.begin() as uow:
        try:
            uow.requests.remember(
                _scope(token), key, digest=body.digest, answer=answer.model_dump_json()
            )
        except Conflict as conflict:
            raise RequestRefused(409, "request_in_progress", str(conflict)) from conflict
        uow.commit()
