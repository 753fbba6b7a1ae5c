"""The whole server: HTTP in, faults, acts, pushes out, public pages."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.sandbox.clock import Clock
from bot.sandbox.platform import open_stage
from bot.sandbox.pusher import Pusher
from bot.sandbox.scenario import Scenario, ScriptedAct
from bot.sandbox.server import assemble, create_weibo_app
from bot.sandbox.tables import ScenarioError
from bot.sandbox.weibo.app import make_platform
from tests.unit.sandbox.weibo.stand import LINK, NOON, PNG, RIP, TOKEN, UID, script

FORM = {"access_token": TOKEN, "status": f"办法解读 {LINK} ", "rip": RIP}
SHARE = "/2/statuses/share.json"
Walk = Callable[[httpx.AsyncClient], Awaitable[None]]


def app_of(**kwargs: Any) -> Starlette:
    scenario = Scenario(weibo=script(**kwargs))
    return create_weibo_app(scenario, clock=Clock.frozen_at(NOON), public_base="http://weibo.test")


def app_pushing_to(
    transport: httpx.AsyncBaseTransport, *, app: dict[str, Any] | None = None, **account: Any
) -> Starlette:
    """An app whose pushes end in this process."""
    callback = {"callback_url": "http://bot.test/weibo"}
    scenario = Scenario(weibo=script(app=app, account=callback | account))
    clock = Clock.frozen_at(NOON)
    stage = open_stage(scenario, "weibo", clock=clock, public_base="http://weibo.test")
    pusher = Pusher(
        clock=clock,
        agenda=stage.agenda,
        faults=stage.faults,
        timeout_seconds=5.0,
        attempts=3,
        transport=transport,
    )
    stage = replace(stage, pusher=pusher)
    return assemble(make_platform(stage), stage, title="模拟微博")


def walk(app: Starlette, steps: Walk) -> None:
    async def run() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://weibo.test") as client:
            await steps(client)

    asyncio.run(run())


async def act(client: httpx.AsyncClient, name: str, **arguments: Any) -> Any:
    answer = await client.post("/_sandbox/acts", json={"act": name, **arguments})
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


async def fault(client: httpx.AsyncClient, **table: Any) -> None:
    answer = await client.post("/_sandbox/faults", json=table)
    assert answer.status_code == 200, answer.text


async def state(client: httpx.AsyncClient) -> Any:
    return (await client.get("/_sandbox/state")).json()["accounts"]["fabu"]


def test_a_shared_post_can_be_read_at_its_public_path() -> None:
    """The address is uid and base 62 of the mid; the picture and the long link are there."""

    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post(SHARE, data=FORM, files={"pic": ("a.png", PNG)})
        post = (await state(client))["posts"][0]
        page = await client.get(post["url"])
        picture = await client.get(f"/large/{post['pictures'][0]}.jpg")
        home = await client.get("/")

        assert answer.headers["content-type"] == "application/json;charset=UTF-8"
        assert page.status_code == 200
        assert LINK in page.text
        assert picture.content == PNG
        assert "办法解读" in home.text

    walk(app_of(), steps)


def test_a_hidden_or_deleted_post_is_gone_for_readers() -> None:
    """404, as for a post that never was."""

    async def steps(client: httpx.AsyncClient) -> None:
        await client.post(SHARE, data=FORM)
        url = (await state(client))["posts"][0]["url"]
        await act(client, "hide_post", account="fabu")
        assert (await client.get(url)).status_code == 404
        assert (await client.get(f"/{UID}/zzzz")).status_code == 404

    walk(app_of(), steps)


def test_an_article_has_a_page_at_the_path_of_its_url() -> None:
    """Same path and query as on weibo.com."""

    async def steps(client: httpx.AsyncClient) -> None:
        form = {
            "access_token": TOKEN,
            "title": "一文读懂",
            "content": "<p>一、背景</p>",
            "cover": "https://www.example.gov.cn/c.jpg",
            "text": "解读发布",
            "rip": RIP,
        }
        body = (await client.post("/proxy/article/publish.json", data=form)).json()
        page = await client.get(body["data"]["url"].removeprefix("https://weibo.com"))
        assert page.status_code == 200
        assert "<p>一、背景</p>" in page.text

    walk(app_of(), steps)


def test_a_post_made_before_the_connection_drops_is_really_there() -> None:
    """The double-post trap: the caller hears nothing, the timeline has the post."""

    async def steps(client: httpx.AsyncClient) -> None:
        await fault(client, kind="reset_after", path=SHARE, account="fabu")
        with pytest.raises(ConnectionError):
            await client.post(SHARE, data=FORM)
        assert len((await state(client))["posts"]) == 1
        again = await client.post(SHARE, data=FORM)
        assert again.json()["error_code"] == 20019

    walk(app_of(), steps)


def test_20032_is_a_post_that_appears_later() -> None:
    """Refused in words, done in fact, visible after the delay."""

    async def steps(client: httpx.AsyncClient) -> None:
        await fault(client, kind="error_after", path=SHARE, code=20032, seconds=90)
        refused = await client.post(SHARE, data=FORM)
        timeline = "/2/statuses/user_timeline.json"
        early = await client.get(timeline, params={"access_token": TOKEN})
        await client.post("/_sandbox/clock", json={"shift_seconds": 91})
        late = await client.get(timeline, params={"access_token": TOKEN})

        assert refused.json()["error_code"] == 20032
        assert early.json()["statuses"] == []
        assert len(late.json()["statuses"]) == 1

    walk(app_of(), steps)


def test_a_planned_delay_does_the_same_without_a_fault() -> None:
    """delay_next_post."""

    async def steps(client: httpx.AsyncClient) -> None:
        await act(client, "delay_next_post", account="fabu", seconds=60)
        assert (await client.post(SHARE, data=FORM)).json()["error_code"] == 20032
        post = (await state(client))["posts"][0]
        assert not post["is_public"]

    walk(app_of(), steps)


def test_an_error_may_come_under_http_200_with_a_string_code() -> None:
    """A gateway's habit that clients must survive."""

    async def steps(client: httpx.AsyncClient) -> None:
        await fault(client, kind="error", path=SHARE, code=10001, status=200)
        answer = await client.post(SHARE, data=FORM)
        assert answer.status_code == 200
        assert answer.json() == {
            "error": "system error!",
            "error_code": "10001",
            "request": SHARE,
        }
        assert (await state(client))["posts"] == []

    walk(app_of(), steps)


def test_calls_are_recorded_with_account_and_outcome() -> None:
    """The token tells the account, in a form, a multipart body, a query or a header."""

    async def steps(client: httpx.AsyncClient) -> None:
        header = {"Authorization": f"OAuth2 {TOKEN}"}
        await client.post(SHARE, data=FORM)
        await client.post(SHARE, data=FORM, files={"pic": ("a.png", PNG)})
        await client.get("/2/account/get_uid.json", headers=header)
        await client.get("/2/nothing.json", params={"access_token": TOKEN})
        calls = (await client.get("/_sandbox/calls")).json()["calls"]
        assert {one["account"] for one in calls} == {"fabu"}
        assert [one["outcome"] for one in calls] == ["ok", "error 20019", "ok", "error 10020"]

    walk(app_of(), steps)


def test_citizens_comment_mention_and_leave() -> None:
    """Acts reach the API's lists; a late approval too."""

    async def steps(client: httpx.AsyncClient) -> None:
        await client.post(SHARE, data=FORM)
        made = await act(client, "comment", account="fabu", text="请问", pending=True)
        await act(client, "mention", account="fabu", text="路灯坏了")
        query = {"access_token": TOKEN}
        hidden = (await client.get("/2/comments/to_me.json", params=query)).json()
        await act(client, "approve_comment", comment=int(made["comment"]))
        await act(client, "delete_user", citizen=2_900_000_002)
        shown = (await client.get("/2/comments/to_me.json", params=query)).json()
        named = (await client.get("/2/statuses/mentions.json", params=query)).json()

        assert hidden["comments"] == []
        assert [one["idstr"] for one in shown["comments"]] == [made["comment"]]
        assert "user" not in shown["comments"][0]
        assert named["statuses"] == []

    walk(app_of(), steps)


def test_dead_tokens_and_levels_are_acts() -> None:
    """revoke_tokens, issue_token, expire_tokens, set_app_level."""

    async def steps(client: httpx.AsyncClient) -> None:
        await act(client, "revoke_tokens", account="fabu", code=21319)
        revoked = await client.post(SHARE, data=FORM)
        fresh = await act(client, "issue_token", account="fabu")
        form = FORM | {"access_token": fresh["access_token"]}
        works = await client.post(SHARE, data=form)
        await act(client, "set_app_level", app_key="1000000001", level="test")
        unreviewed = await client.post(SHARE, data=form)

        assert revoked.json()["error_code"] == 21319
        assert "id" in works.json()
        assert unreviewed.json()["error_code"] == 21321

    walk(app_of(), steps)


def test_an_app_is_told_when_a_user_takes_the_authorisation_back() -> None:
    """A GET on its page, where it registered one."""
    told: list[dict[str, str]] = []

    def bot(request: httpx.Request) -> httpx.Response:
        told.append(dict(request.url.params))
        return httpx.Response(200)

    async def steps(client: httpx.AsyncClient) -> None:
        await act(client, "revoke_tokens", account="fabu")

    for page in ({}, {"revoked_url": "http://bot.test/revoked"}):
        app = app_pushing_to(httpx.MockTransport(bot), app=page)
        walk(app, drained(app, steps))

    (said,) = told
    assert (said["source"], said["uid"]) == ("1000000001", str(UID))
    assert {"auth_end", "verification"} < set(said)


def test_an_unknown_act_or_switch_is_explained() -> None:
    """A scenario's mistake has a sentence, not a trace."""

    async def steps(client: httpx.AsyncClient) -> None:
        answer = await client.post("/_sandbox/acts", json={"act": "dance"})
        assert answer.status_code == 400
        assert "dance" in answer.json()["error"]

    walk(app_of(), steps)
    with pytest.raises(ScenarioError, match="moon"):
        app_of(moon=True)
    with pytest.raises(ScenarioError, match="app_key 'x'"):
        app_of(account={"app_key": "x"})


def test_a_message_is_pushed_and_its_answer_recorded() -> None:
    """Doubled on demand; both deliveries are the same body."""
    received: list[httpx.Request] = []

    def bot(request: httpx.Request) -> httpx.Response:
        received.append(request)
        data = "%7B%22text%22%3A%22%E6%94%B6%E5%88%B0%22%7D"
        body = {"result": True, "sender_id": str(UID), "receiver_id": "2900000002"}
        return httpx.Response(200, json=body | {"type": "text", "data": data})

    app = app_pushing_to(httpx.MockTransport(bot))

    async def steps(client: httpx.AsyncClient) -> None:
        await act(client, "message", account="fabu", text="请问怎么办理？", times=2)
        await app.state.stage.pusher.drain()
        lines = (await state(client))["conversations"][0]["lines"]
        assert [one["channel"] for one in lines] == ["citizen", "passive", "passive"]
        assert lines[1]["text"] == "收到"

    walk(app, steps)
    assert len(received) == 2
    assert received[0].content == received[1].content
    assert json.loads(received[0].content)["text"] == "请问怎么办理？"


@pytest.mark.parametrize("granted", [False, True])
def test_a_mention_is_pushed_where_the_right_was_granted(granted: bool) -> None:
    """By default it is not; with the right the key is the id of the citizen's post."""
    pushed: list[Any] = []
    posts: list[str] = []

    def bot(request: httpx.Request) -> httpx.Response:
        pushed.append(json.loads(request.content))
        return httpx.Response(200)

    async def steps(client: httpx.AsyncClient) -> None:
        posts.append((await act(client, "mention", account="fabu", text="路灯坏了"))["post"])

    app = app_pushing_to(httpx.MockTransport(bot), mentions_pushed=granted)
    walk(app, drained(app, steps))

    told = [(one["type"], one["data"]) for one in pushed]
    assert told == ([("mention", {"subtype": "status", "key": posts[0]})] if granted else [])


def test_the_callback_address_can_be_verified_on_request() -> None:
    """verify_callback sends a GET; an echo that fails is tried three times."""

    def bot(request: httpx.Request) -> httpx.Response:
        assert request.method == "GET"
        return httpx.Response(200, text="not the echo")

    async def steps(client: httpx.AsyncClient) -> None:
        await act(client, "verify_callback", account="fabu")

    app = app_pushing_to(httpx.MockTransport(bot))
    walk(app, drained(app, steps))

    outcomes = [one.outcome for one in app.state.stage.pusher.attempts(name="verify")]
    assert outcomes == ["refused: echostr not answered"] * 3


def test_a_person_posting_by_hand_is_seen_by_the_api() -> None:
    """What was typed on the web page stands in the account's timeline and feed."""

    async def steps(client: httpx.AsyncClient) -> None:
        made = await act(client, "post_by_hand", account="fabu", text="手工发布的通知")
        path = "/2/statuses/user_timeline/ids.json"
        listed = await client.get(path, params={"access_token": TOKEN})
        assert listed.json()["statuses"] == [made["post"]]
        assert "手工发布的通知" in (await client.get(f"/u/{UID}")).text

    walk(app_of(), steps)


def test_sendall_reaches_followers_only() -> None:
    """A JSON body, the token in the query; a body that does not fit has an envelope of its own."""

    async def steps(client: httpx.AsyncClient) -> None:
        path, query = "/2/messages/sendall.json", {"access_token": TOKEN}
        event = {"account": "fabu", "kind": "event"}
        await act(client, "message", **event, subtype="follow")
        body = {"touser": ["2900000002", "2900000003"], "msgtype": "text"}
        good = await client.post(path, params=query, json=body | {"text": {"content": "速览"}})
        bad = await client.post(path, params=query, json=body)
        talks = (await state(client))["conversations"]

        assert good.json()["result"] is True
        assert set(bad.json()) == {"request", "errcode", "errmsg"}
        assert [one["citizen"] for one in talks] == ["2900000002"]
        assert talks[0]["lines"][-1]["text"] == "速览"

    walk(app_of(), steps)


def test_a_scripted_act_that_cannot_be_done_does_no_harm(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is logged, and the sandbox goes on."""
    acts = (ScriptedAct("weibo", "comment", arguments={"account": "fabu", "text": "问"}),)
    scenario = Scenario(weibo=script(), acts=acts)
    app = create_weibo_app(scenario, clock=Clock.frozen_at(NOON))

    async def steps(client: httpx.AsyncClient) -> None:
        async with app.router.lifespan_context(app):
            assert (await client.post(SHARE, data=FORM)).status_code == 200

    walk(app, steps)

    assert "has no post yet" in caplog.text


def drained(app: Starlette, steps: Walk) -> Walk:
    """The same steps, with every push ended before the loop is."""

    async def all_steps(client: httpx.AsyncClient) -> None:
        await steps(client)
        await app.state.stage.pusher.drain()

    return all_steps
