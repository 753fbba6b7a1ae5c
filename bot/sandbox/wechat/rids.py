"""Request ids: what each refused call was, for a week, to those who made it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import RefusedCall, World

KEPT_SECONDS = 7 * 24 * 3600
SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}")
OWN_ADDRESS = "127.0.0.1"


def keep(world: World, answer: Mapping[str, Any], query: Mapping[str, str], body: bytes) -> None:
    """Remember a refusal under the request id in its errmsg, if the caller's token is known."""
    owner = world.token_owners.get(query.get("access_token", ""))
    found = SHAPE.search(str(answer.get("errmsg", "")))
    if owner is None or found is None:
        return
    world.refused[found[0]] = RefusedCall(
        app_id=owner.spec.app_id,
        at=int(world.now()),
        query=urlencode(query),
        body=body.decode("utf-8", "replace"),
        answer=json.dumps(answer, ensure_ascii=False, separators=(",", ":")),
    )


def look_up(world: World, call: ApiCall) -> dict[str, Any]:
    """openapi/rid/get."""
    rid = call.text("rid", 76002)
    if not SHAPE.fullmatch(rid):
        raise Refusal(76002)
    refused = world.refused.get(rid)
    if refused is None:
        raise Refusal(76001)
    if refused.app_id != call.account.spec.app_id:
        raise Refusal(76003)
    if world.now() - refused.at > KEPT_SECONDS:
        raise Refusal(76004)
    return {
        "errcode": 0,
        "errmsg": "ok",
        "request": {
            "invoke_time": refused.at,
            "cost_in_ms": 30,
            "request_url": refused.query,
            "request_body": refused.body,
            "response_body": refused.answer,
            "client_ip": OWN_ADDRESS,
        },
    }
