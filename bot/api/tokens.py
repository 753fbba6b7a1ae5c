"""The bearer token of a request: who asks, and from which source."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.api.failures import RequestRefused
from bot.api.tools import ApiTools
from bot.domain.errors import NotAllowed
from bot.domain.people import ApiToken
from bot.usecases.people.api_tokens import source_behind

_CHALLENGE = {"WWW-Authenticate": "Bearer"}

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description=(
        "A token made with `tongbu token add`. It is bound to one source: what it hands in belongs "
        "to that source. Reading is not divided: every living token may read everything."
    ),
)


def tools_of(request: Request) -> ApiTools:
    """The tools the application was made with."""
    tools: ApiTools = request.app.state.tools
    return tools


Tools = Annotated[ApiTools, Depends(tools_of)]


def _living_token(
    tools: Tools,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> ApiToken:
    if given is None:
        raise RequestRefused(
            401, "token_missing", "请在 Authorization 请求头中带上 Bearer 令牌", headers=_CHALLENGE
        )
    try:
        return source_behind(given.credentials, storage=tools.storage)
    except NotAllowed as refusal:
        raise RequestRefused(401, "token_invalid", str(refusal), headers=_CHALLENGE) from refusal


Token = Annotated[ApiToken, Depends(_living_token)]
