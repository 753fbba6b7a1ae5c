"""Handing in releases over HTTP."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.api.submission import EXAMPLE
from bot.domain.ids import ReleaseId
from bot.domain.permissions import SYSTEM
from bot.domain.releases.source import Trust
from bot.usecases.people.api_tokens import revoke_token
from tests import factories
from tests.integration.api.counter import LARGEST, Counter, open_counter


def submit(counter: Counter, key: str = "", **changes: object) -> Any:
    """The answer to the example with `changes`."""
    headers = {"Idempotency-Key": key} if key else {}
    return counter.client.post("/api/releases", json={**EXAMPLE, **changes}, headers=headers)


def test_a_new_release_is_created_and_rings(counter: Counter) -> None:
    """201 with everything the caller needs to find it again, and planning is asked for."""
    answer = submit(counter)

    body = answer.json()
    assert answer.status_code == 201
    assert (body["version"], body["arrival"], body["state"]) == (1, "created", "approved")
    assert body["url"] == f"https://tongbu.example/api/releases/{body['id']}"
    assert counter.doorbell.releases == [body["id"]]


def test_the_same_content_again_changes_nothing(counter: Counter) -> None:
    """A repeated submission is answered as the first one, and nobody is rung."""
    first = submit(counter)
    second = submit(counter)

    assert second.status_code == 200
    assert second.json() == {**first.json(), "arrival": "unchanged"}
    assert len(counter.doorbell.releases) == 1


def test_other_content_under_the_same_key_is_a_new_version(counter: Counter) -> None:
    """The identity of a release is its source and source_id."""
    first = submit(counter)
    second = submit(counter, title="云岭市人民政府办公室关于优化办事时间的通知（修订）")

    assert second.status_code == 200
    assert second.json()["arrival"] == "new_version"
    assert (second.json()["id"], second.json()["version"]) == (first.json()["id"], 2)


def test_an_idempotency_key_gets_the_stored_answer(counter: Counter) -> None:
    """Same key and body: the first answer, word for word, status included."""
    first = submit(counter, key="k-1")
    again = submit(counter, key="k-1")

    assert again.status_code == first.status_code == 201
    assert again.json() == first.json()


def test_an_idempotency_key_is_not_used_for_other_content(counter: Counter) -> None:
    """Else the caller would believe that the changed release was taken."""
    submit(counter, key="k-1")
    other = submit(counter, key="k-1", title="另一份文件")

    assert other.status_code == 422
    assert other.json()["error"]["code"] == "idempotency_key_reused"


def test_a_number_that_another_release_carries_is_a_conflict(counter: Counter) -> None:
    """Until a person says that it is the same document."""
    submit(counter)
    refused = submit(counter, source_id="another")
    taken = submit(counter, source_id="another", same_document=True)

    assert refused.status_code == 409
    assert "云岭政办发〔2026〕7号" in refused.json()["error"]["message"]
    assert taken.status_code == 201


def test_every_fault_is_named(counter: Counter) -> None:
    """A caller mends all of them at once."""
    answer = submit(counter, title="", issuing_body="", issued_on="2026-13-40", colour="red")

    fields = {problem["field"] for problem in answer.json()["error"]["problems"]}
    assert answer.status_code == 422
    assert fields == {"title", "issuing_body", "issued_on", "colour"}


def test_a_source_that_is_not_trusted_waits_for_a_person(sqlite_url: str) -> None:
    """Its claim of approval is no approval, so nobody is rung."""
    source = replace(factories.source(), trust=Trust.NEEDS_APPROVAL)
    with open_counter(sqlite_url, source=source) as counter:
        answer = submit(counter)

        assert answer.json()["state"] == "received"
        assert counter.doorbell.releases == []


def test_a_disabled_source_is_refused(sqlite_url: str) -> None:
    """The token lives, but may not hand in."""
    with open_counter(sqlite_url, source=replace(factories.source(), enabled=False)) as counter:
        answer = submit(counter)

        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "source_disabled"


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        pytest.param(b"{", "application/json", 400, "not_json", id="broken JSON"),
        pytest.param(b'{"title": NaN}', "application/json", 400, "not_json", id="NaN"),
        pytest.param(b'"\\ud800"', "application/json", 400, "not_json", id="half a surrogate"),
        pytest.param(b"[" * 9000, "application/json", 400, "not_json", id="deeply nested"),
        pytest.param(b"[]", "application/json", 422, "invalid_input", id="a list"),
        pytest.param(b"<a/>", "text/xml", 415, "wrong_media_type", id="XML"),
        pytest.param(
            b" " * (LARGEST + 1), "application/json", 413, "too_large", id="larger than allowed"
        ),
    ],
)
def test_a_body_that_is_no_release_is_refused_plainly(
    counter: Counter, content: bytes, media_type: str, status: int, code: str
) -> None:
    """One shape, one code, and a sentence that says what to do."""
    answer = counter.client.post(
        "/api/releases", content=content, headers={"Content-Type": media_type}
    )

    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code


def test_null_characters_do_not_reach_the_database(counter: Counter) -> None:
    """PostgreSQL cannot hold them; readers take them out."""
    answer = submit(counter, title="标题\x00一", body_html="<p>正文\x00二</p>")

    with counter.storage.begin() as uow:
        release = uow.releases.get(answer.json()["id"])
    assert "\x00" not in release.content.title + release.content.body.text


def test_requests_without_a_living_token_are_refused(counter: Counter) -> None:
    """Missing, wrong and revoked alike: 401 with a challenge, and nothing is stored."""
    with counter.storage.begin() as uow:
        token = uow.people.tokens()[0]
    strangers = [{}, {"Authorization": "Bearer tbk_wrong"}, {"Authorization": "Basic eDp5"}]
    answers = [_post_as(counter, headers) for headers in strangers]
    revoke_token(token.id, actor=SYSTEM, storage=counter.storage)
    answers.append(submit(counter))

    assert [answer.status_code for answer in answers] == [401, 401, 401, 401]
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}
    assert counter.storage.overview().releases() == []


def _post_as(counter: Counter, headers: dict[str, str]) -> Any:
    counter.client.headers.pop("Authorization", None)
    answer = counter.client.post("/api/releases", content=json.dumps(EXAMPLE), headers=headers)
    counter.client.headers["Authorization"] = f"Bearer {counter.secret}"
    return answer


def upload(counter: Counter, name: str, content: bytes) -> Any:
    """The answer to a file."""
    return counter.client.post(f"/api/attachments?name={name}", content=content)


def test_a_release_names_files_that_were_handed_in_before(counter: Counter) -> None:
    """By name and hash; the same release again is the same."""
    answer = upload(counter, "表.pdf", b"%PDF-1.7")
    given = {name: answer.json()[name] for name in ("name", "sha256")}

    first = submit(counter, attachments=[given])
    second = submit(counter, attachments=[given])

    assert answer.status_code == 201
    assert answer.json()["size"] == 8
    assert (first.status_code, second.json()["arrival"]) == (201, "unchanged")
    with counter.storage.begin() as uow:
        (kept,) = uow.releases.get(ReleaseId(first.json()["id"])).content.attachments
    assert (kept.name, kept.url, kept.size) == ("表.pdf", "", 8)


def test_a_file_that_may_not_be_handed_out_is_refused(counter: Counter) -> None:
    """When it comes, and when a release names what was never handed in."""
    disguised = upload(counter, "表.pdf", b"<html>")
    unknown = submit(counter, attachments=[{"name": "表.pdf", "sha256": "0" * 64}])
    bare = submit(counter, attachments=[{"name": "表.pdf"}])

    assert [answer.status_code for answer in (disguised, unknown, bare)] == [422, 422, 422]
    assert "内容不是 PDF 文件" in disguised.text
    assert unknown.json()["error"]["problems"][0]["field"] == "attachments[0].sha256"
    assert "/api/attachments" in bare.text
