"""Callbacks: how pushes are wrapped, and which answers reach the follower."""

import asyncio
import json

import httpx
import pytest

from bot.sandbox.wechat import crypto
from bot.sandbox.wechat.documents import read_xml, write_xml
from bot.sandbox.wechat.push import OUT_OF_SERVICE
from tests.unit.sandbox.wechat.desk import ACCOUNT, FAN, KEY

TOKEN, APP_ID = str(ACCOUNT["token"]), str(ACCOUNT["app_id"])
URL = "http://desk.test/callbacks/wechat/city"
US = "gh_0123456789ab"


def opened(request):
    """Return the pushed message of a safe-mode request, its signature checked."""
    query = request.url.params
    sealed = read_xml(request.content)["Encrypt"]
    signed = (TOKEN, query["timestamp"], query["nonce"], sealed)
    assert crypto.is_signed(query["msg_signature"], *signed)
    assert query["encrypt_type"] == "aes"
    return read_xml(crypto.decrypt(sealed, aes_key=KEY, app_id=APP_ID).encode())


def reply_text(content="您好", to=FAN, **changes):
    reply = {
        "ToUserName": to,
        "FromUserName": US,
        "CreateTime": 1795399201,
        "MsgType": "text",
        "Content": content,
    }
    return write_xml({**reply, **changes})


def envelope(text, app_id=APP_ID, token=TOKEN):
    sealed = crypto.encrypt(text, aes_key=KEY, app_id=app_id)
    return write_xml(
        {
            "Encrypt": sealed,
            "MsgSignature": crypto.signature(token, "1795399201", "42", sealed),
            "TimeStamp": 1795399201,
            "Nonce": "42",
        }
    )


def conversation(desk):
    return desk.city()["followers"][FAN]["conversation"]


class Answering:
    """A callback server that keeps what it got and answers the same to everything."""

    def __init__(self, *answers, status=200):
        self.got = []
        self.answers = list(answers)
        self.status = status

    def __call__(self, request):
        self.got.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(self.status, text=answer)


def test_a_message_arrives_encrypted_and_the_reply_reaches_the_follower(make_desk):
    """Safe mode hides everything but the receiver, and a proper envelope is shown."""
    server = Answering(envelope(reply_text("已收到")))
    desk = make_desk(callback=server, callback_url=URL)

    done = desk.act("follower_writes", openid=FAN, text="请问补贴]]>怎么申请？")

    (request,) = server.got
    assert set(read_xml(request.content)) == {"ToUserName", "Encrypt"}
    message = opened(request)
    assert message["Content"] == "请问补贴]]>怎么申请？"
    assert int(message["MsgId"]) == done["msg_id"]
    asked, answered = conversation(desk)
    assert (asked["is_from_follower"], answered["via"]) == (True, "passive")
    assert answered["content"] == "已收到"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply_text(), id="in clear"),
        pytest.param(envelope(reply_text(), app_id="wx0000000000000009"), id="other appid"),
        pytest.param(envelope(reply_text(), token="othertoken"), id="other token"),
        pytest.param(envelope(reply_text(to="oOther")), id="other receiver"),
        pytest.param(envelope(reply_text(MsgType="film")), id="unknown type"),
        pytest.param(envelope(reply_text(Content="")), id="nothing to say"),
        pytest.param(envelope(reply_text(content="字" * 683)), id="text over 2048 bytes"),
        pytest.param(envelope("<xml><ToUserName>"), id="cut inside"),
        pytest.param('{"ok": true}', id="json"),
        pytest.param("ok", id="a word"),
    ],
)
def test_an_improper_answer_shows_the_follower_an_apology(make_desk, answer):
    """After three improper answers the follower reads the platform's sentence."""
    server = Answering(answer)
    desk = make_desk(callback=server, callback_url=URL)

    desk.act("follower_writes", openid=FAN, text="问")

    assert len(server.got) == 3
    assert conversation(desk)[-1]["content"] == OUT_OF_SERVICE


@pytest.mark.parametrize("answer", ["success", ""])
def test_success_and_an_empty_body_say_nothing(make_desk, answer):
    """Neither reply nor apology, and no second try."""
    server = Answering(answer)
    desk = make_desk(callback=server, callback_url=URL)

    desk.act("follower_writes", openid=FAN, text="问")

    assert len(server.got) == 1
    assert len(conversation(desk)) == 1


def test_an_unavailable_server_is_asked_three_times(make_desk):
    """A 503 is tried again; each try is signed anew and recorded."""
    server = Answering("busy", status=503)
    desk = make_desk(callback=server, callback_url=URL)

    desk.act("follower_writes", openid=FAN, text="问")

    numbers = [(one.number, one.status) for one in desk.stage.pusher.attempts(name="message:text")]
    assert numbers == [(1, 503), (2, 503), (3, 503)]
    assert len({request.url.params["nonce"] for request in server.got}) == 3
    assert conversation(desk)[-1]["content"] == OUT_OF_SERVICE


def test_a_server_that_thinks_too_long_is_asked_three_times(make_desk):
    """A try ends at its time-out and the next begins; the follower gets the apology."""

    async def server(request):
        await asyncio.sleep(60)
        return httpx.Response(200, text="success")

    desk = make_desk(callback=server, callback_url=URL)

    desk.act("follower_writes", openid=FAN, text="问")

    outcomes = [one.outcome for one in desk.stage.pusher.attempts()]
    assert outcomes == ["refused: TimeoutError"] * 3
    assert conversation(desk)[-1]["content"] == OUT_OF_SERVICE


def test_a_tripled_delivery_shows_one_answer(make_desk):
    """The same MsgId is pushed three times and the follower sees the reply once."""
    server = Answering(envelope(reply_text("已收到")))
    desk = make_desk(callback=server, callback_url=URL)

    desk.act("follower_writes", openid=FAN, text="问", deliveries=3)

    assert len({opened(request)["MsgId"] for request in server.got}) == 1
    assert len(server.got) == 3
    assert [line["via"] for line in conversation(desk)] == ["message", "passive"]


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_other_modes_show_the_message_in_clear(make_desk, mode):
    """Plain has no envelope, compatible has both; an answer in clear is fine for each."""
    server = Answering(reply_text("已收到"))
    desk = make_desk(callback=server, callback_url=URL, callback_mode=mode)

    desk.act("follower_writes", openid=FAN, text="问")

    body = read_xml(server.got[0].content)
    query = server.got[0].url.params
    assert body["Content"] == "问"
    assert ("Encrypt" in body) is (mode == "compatible")
    assert crypto.is_signed(query["signature"], TOKEN, query["timestamp"], query["nonce"])
    assert conversation(desk)[-1]["content"] == "已收到"


def test_json_is_the_other_format(make_desk):
    """With the format set to JSON the push and its message are JSON."""
    server = Answering("success")
    desk = make_desk(callback=server, callback_url=URL, callback_format="json")

    desk.act("follower_sends", openid=FAN, type="location", fields={"Location_X": 23.1})

    sealed = json.loads(server.got[0].content)["Encrypt"]
    message = json.loads(crypto.decrypt(sealed, aes_key=KEY, app_id=APP_ID))
    assert (message["MsgType"], message["Location_X"]) == ("location", 23.1)


def test_the_end_of_a_job_is_pushed(make_desk):
    """A publish job ends with its event, under the name the scenario gives it."""
    server = Answering("success")
    desk = make_desk(callback=server, callback_url=URL)
    submitted = desk.post("freepublish/submit", {"media_id": desk.draft()})
    desk.wait(1.0)

    info = opened(server.got[-1])["PublishEventInfo"]

    assert info["publish_id"] == submitted["publish_id"]
    assert info["publish_status"] == "0"
    assert info["article_detail"]["item"]["article_url"].startswith("http://reader.test/s/")


def test_a_mass_send_ends_with_its_event(make_desk):
    """MASSSENDJOBFINISH carries the counts and the articles' addresses."""
    server = Answering("success")
    desk = make_desk(callback=server, callback_url=URL)
    body = {"filter": {"is_to_all": True}, "mpnews": {"media_id": desk.draft()}}
    sent = desk.post("message/mass/sendall", {**body, "msgtype": "mpnews"})
    desk.wait(1.0)

    event = opened(server.got[-1])

    assert (event["Event"], event["Status"]) == ("MASSSENDJOBFINISH", "send success")
    assert (event["MsgID"], event["SentCount"]) == (str(sent["msg_id"]), "1")
    assert event["ArticleUrlResult"]["ResultList"]["item"]["ArticleIdx"] == "1"


@pytest.mark.parametrize(
    ("echoes", "outcome"), [(True, "accepted"), (False, "refused: the echo is another")]
)
def test_saving_the_server_configuration_asks_for_the_echo(make_desk, echoes, outcome):
    """The address must give back echostr exactly."""

    def server(request):
        return httpx.Response(200, text=request.url.params["echostr"] if echoes else "no")

    desk = make_desk(callback=server, callback_url=URL)

    desk.act("admin_verifies_callback")

    assert desk.stage.pusher.attempts(name="verify_url")[-1].outcome == outcome


@pytest.mark.parametrize(
    ("kind", "pushes"), [("event_lost", 0), ("event_doubled", 2)], ids=["lost", "doubled"]
)
def test_an_event_may_be_lost_or_doubled(make_desk, kind, pushes):
    """A fault on the event's name acts on the push, not on the job."""
    server = Answering("success")
    fault = {"kind": kind, "path": "PUBLISHJOBFINISH"}
    desk = make_desk(callback=server, callback_url=URL, faults=[fault])
    desk.post("freepublish/submit", {"media_id": desk.draft()})

    desk.wait(1.0)

    assert len(server.got) == pushes
    assert len(desk.city()["published"]) == 1


def test_an_event_may_be_late(make_desk):
    """The push waits for the fault's seconds."""
    server = Answering("success")
    fault = {"kind": "event_late", "path": "PUBLISHJOBFINISH", "seconds": 60.0}
    desk = make_desk(callback=server, callback_url=URL, faults=[fault])
    desk.post("freepublish/submit", {"media_id": desk.draft()})

    desk.wait(1.0)
    assert server.got == []
    desk.wait(60.0)
    assert len(server.got) == 1


def test_an_event_may_come_before_the_answer(make_desk):
    """The job is over and its event delivered when the caller learns of the acceptance."""
    server = Answering("success")
    fault = {"kind": "event_before_answer", "path": "/cgi-bin/freepublish/submit"}
    desk = make_desk(callback=server, callback_url=URL, faults=[fault])

    answer = desk.post("freepublish/submit", {"media_id": desk.draft()})

    info = opened(server.got[-1])["PublishEventInfo"]
    assert info["publish_id"] == answer["publish_id"]


def test_without_an_address_nothing_is_pushed(desk):
    """With the server configuration off the follower gets neither push nor apology."""
    desk.act("follower_writes", openid=FAN, text="问")

    assert desk.stage.pusher.attempts() == []
    assert len(conversation(desk)) == 1
