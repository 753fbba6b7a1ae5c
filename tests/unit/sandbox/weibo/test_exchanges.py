"""The simulated Weibo accepts every request of our samples and answers in their shape."""

import asyncio
from typing import Any

import httpx
import pytest

from bot.sandbox.weibo.endpoints import ENDPOINTS
from tests.exchanges import WEIBO_IDS, Ids, conversations, exchanges, lines_of, misfits
from tests.unit.sandbox.weibo.stand import PNG, TOKEN
from tests.unit.sandbox.weibo.test_app import act, app_of

FILES = {"image/png": PNG, "text/plain": b"no picture"}
CODE = "0123456789abcdef0123456789abcdef"
WITHOUT_TOKEN = "/oauth2/"
NOT_SAMPLED = {
    "/2/users/counts.json",
    "/2/short_url/shorten.json",
    "/2/statuses/upload.json",
    "/2/statuses/upload_url_text.json",
    "/2/statuses/upload_pic.json",
    "/2/statuses/show_batch.json",
    "/2/mss/msget",
}
"""Not used by us; or the same as their commercial or ordinary twin; or no JSON."""


@pytest.mark.parametrize("conversation", conversations("weibo"))
def test_every_request_is_accepted_and_answered_in_shape(conversation: str) -> None:
    """Same status, same code, same words, every key of the sample with a value of its kind."""
    faults = asyncio.run(_played(conversation))

    assert faults == []


def test_every_call_has_a_sample() -> None:
    """A new endpoint comes with an exchange in samples/weibo/exchanges; a commercial twin is
    answered by the same code as the ordinary call."""
    sampled = {one.path.replace("/biz.json", ".json") for one in exchanges("weibo")}
    served = {path.replace("/biz.json", ".json") for path in ENDPOINTS}

    assert served - sampled == NOT_SAMPLED - sampled
    assert served >= NOT_SAMPLED


async def _played(conversation: str) -> list[str]:
    ids, faults = Ids(WEIBO_IDS), list[str]()
    transport = httpx.ASGITransport(app_of())
    async with httpx.AsyncClient(transport=transport, base_url="http://weibo.test") as client:
        for line in lines_of(conversation, "weibo"):
            if "act" in line:
                await act(client, line["act"], **ids.filled(line["arguments"]))
                continue
            answer = await _asked(client, ids.filled(line["request"]))
            faults += [f"{line['name']}: {one}" for one in _faults(line["response"], answer)]
            _learn(ids, line["response"], answer)
    return faults


async def _asked(client: httpx.AsyncClient, request: dict[str, Any]) -> httpx.Response:
    query, form = dict(request.get("query", {})), dict(request.get("form", {}))
    options: dict[str, Any] = {}
    if not request["path"].startswith(WITHOUT_TOKEN):
        query["access_token"] = TOKEN
    if "picture" in request:
        kind = request["picture"]
        options["files"] = {"pic": ("picture", FILES[kind], kind)}
    if "json" in request:
        options["json"] = request["json"]
    elif request["method"] == "POST":
        options["data"] = form
    return await client.request(request["method"], request["path"], params=query, **options)


def _faults(sample: dict[str, Any], answer: httpx.Response) -> list[str]:
    if answer.status_code != sample["status"]:
        return [f"{answer.status_code} {answer.text[:120]}"]
    if "location" in sample:
        begins = sample["location"].partition("?")[0]
        return [] if answer.headers["location"].startswith(begins) else ["redirects elsewhere"]
    wanted, said = sample["body"], answer.json()
    return misfits(wanted, said) + [
        f"{key} is {said.get(key)!r}"
        for key in ("error", "error_code", "code", "msg", "errcode", "errmsg", "request")
        if isinstance(wanted, dict) and key in wanted and said.get(key) != wanted[key]
    ]


def _learn(ids: Ids, sample: dict[str, Any], answer: httpx.Response) -> None:
    if "location" in sample:
        ids.known[CODE] = httpx.URL(answer.headers["location"]).params["code"]
    elif answer.status_code == 200:
        ids.learn(sample["body"], answer.json())
