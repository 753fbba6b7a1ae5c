"""The simulated WeChat accepts every request of our samples and answers in their shape."""

import json
from typing import Any

import pytest

from bot.sandbox.wechat.endpoints import DATACUBE_CALLS, GET_CALLS, POST_CALLS, UPLOADS
from tests.exchanges import RID, Ids, conversations, exchanges, lines_of, misfits
from tests.unit.sandbox.wechat.desk import JPEG, Desk

FILES = {"image/jpeg": JPEG, "audio/mpeg": b"ID3 sound", "video/mp4": b"ftyp film"}
WITHOUT_TABLE = {
    "/cgi-bin/token",
    "/cgi-bin/stable_token",
    "/cgi-bin/clear_quota/v2",
}


@pytest.mark.parametrize("conversation", conversations())
def test_every_request_is_accepted_and_answered_in_shape(make_desk, conversation):
    """Same code, same words, every key of the sample with a value of its kind."""
    desk = make_desk(callback_url="http://127.0.0.1:9/callback")
    ids, faults = Ids(), []

    for line in lines_of(conversation):
        if "act" in line:
            desk.act(line["act"], **ids.filled(line["arguments"]))
        elif "switches" in line:
            desk.request(
                "POST", "/_sandbox/acts", json={"act": "change_switches"} | line["switches"]
            )
        elif "wait" in line:
            desk.wait(line["wait"])
            desk.forget_token()
        else:
            answer = _ask(desk, ids.filled(line["request"]))
            faults += [f"{line['name']}: {one}" for one in _faults(line["response"], answer)]
            ids.learn(line["response"], answer)

    assert faults == []


def test_every_call_has_a_sample():
    """A new endpoint comes with an exchange in samples/wechat/exchanges."""
    served = {f"/cgi-bin/{name}" for table in (GET_CALLS, POST_CALLS, UPLOADS) for name in table}
    served |= {f"/datacube/{name}" for name in DATACUBE_CALLS}

    assert served | WITHOUT_TABLE == {one.path for one in exchanges()}


def _ask(desk: Desk, request: dict[str, Any]) -> Any:
    query = dict(request.get("query", {}))
    options: dict[str, Any] = {}
    if request["path"] not in WITHOUT_TABLE:
        query["access_token"] = desk.token
    if "json" in request:
        options["content"] = json.dumps(request["json"], ensure_ascii=False).encode()
    if "multipart" in request:
        part = request["multipart"]["media"]
        kind = part["content_type"]
        options["files"] = {"media": (part["filename"], FILES[kind], kind)}
        options["data"] = {k: v for k, v in request["multipart"].items() if k != "media"}
    return desk.request(request["method"], request["path"], params=query, **options).json()


def _faults(sample: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    code = answer.get("errcode", 0)
    if code != sample.get("errcode", 0):
        return [f"{code} {answer.get('errmsg')}"]
    said, wanted = (RID.sub("", str(one.get("errmsg", ""))) for one in (answer, sample))
    other_words = [f"says {said!r}"] if wanted and said != wanted else []
    return misfits(sample, answer) + other_words
