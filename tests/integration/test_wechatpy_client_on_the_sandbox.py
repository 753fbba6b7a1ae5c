"""A stock SDK, written by others, works against the simulated WeChat."""

import io

import httpx
import pytest
from wechatpy.client import WeChatClient
from wechatpy.exceptions import WeChatClientException

from bot.sandbox.running import running_sandbox
from bot.sandbox.scenario import parse_scenario

FAN = "oFollower00000000000000000001"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
ACCOUNT = {
    "name": "city",
    "app_id": "wx0000000000000001",
    "app_secret": "invented-secret-1",
    "followers": [FAN, "oFollower00000000000000000002"],
}


@pytest.fixture(scope="module")
def wechat():
    """Return the control door of a running simulated WeChat whose jobs end at once."""
    switches = {"mass_seconds": 0.0, "publish_seconds": 0.0}
    table = {"wechat": {"accounts": [ACCOUNT], "switches": switches}}
    with running_sandbox(parse_scenario(table), platforms=["wechat"]) as sandbox:
        yield sandbox.wechat


@pytest.fixture
def client(wechat):
    """Return wechatpy's own client; its token fetch knows one host only, so it is given one."""
    asked = {
        "grant_type": "client_credential",
        "appid": ACCOUNT["app_id"],
        "secret": ACCOUNT["app_secret"],
    }
    token = httpx.post(f"{wechat.url}/cgi-bin/stable_token", json=asked).json()["access_token"]

    class SandboxClient(WeChatClient):
        API_BASE_URL = f"{wechat.url}/cgi-bin/"

    made = SandboxClient(
        ACCOUNT["app_id"], ACCOUNT["app_secret"], access_token=token, timeout=5, auto_retry=False
    )
    yield made
    made._http.close()


def add_draft(client):
    cover = client.material.add("image", ("cover.png", io.BytesIO(PNG)))["media_id"]
    article = {
        "title": "关于补贴的通知",
        "content": "<p>正文</p>",
        "thumb_media_id": cover,
        "need_open_comment": 1,
    }
    return client.post("draft/add", data={"articles": [article]})["media_id"]


def test_material_is_uploaded_and_counted(client):
    """The SDK's multipart upload is understood, also for pictures inside an article."""
    before = client.material.get_count()["image_count"]

    client.material.add("image", ("cover.png", io.BytesIO(PNG)))

    assert client.material.get_count()["image_count"] == before + 1
    assert client.media.upload_mass_image(("a.png", io.BytesIO(PNG))).startswith("http://mmbiz.")


def test_a_draft_is_mass_sent_and_its_comments_are_read(wechat, client):
    """From draft to comment list through the SDK's own calls."""
    sent = client.message.send_mass_article(None, add_draft(client), is_to_all=True)
    number = sent["msg_data_id"]

    assert client.message.get_mass(sent["msg_id"])["msg_status"] == "SEND_SUCCESS"
    wechat.act("follower_comments", account="city", msg_data_id=number, text="何时发放？")
    # The SDK's default index is 1; the platform counts articles of comments from 0.
    listed = client.material.list_comment(number, index=0)
    assert listed["comment"][0]["content"] == "何时发放？"


def test_a_draft_is_published_and_read(wechat, client):
    """The SDK has no words for publishing without push; its plain call and errors do."""
    media_id = add_draft(client)

    job = client.post("freepublish/submit", data={"media_id": media_id})
    done = client.post("freepublish/get", data={"publish_id": job["publish_id"]})
    listed = client.post("freepublish/batchget", data={"offset": 0, "count": 20, "no_content": 1})
    with pytest.raises(WeChatClientException) as gone:
        client.post("draft/get", data={"media_id": media_id})

    assert done["publish_status"] == 0
    assert listed["item"][0]["article_id"] == done["article_id"]
    assert gone.value.errcode == 40007


def test_an_answer_reaches_a_follower_who_wrote(wechat, client):
    """The SDK's customer-service call is refused unasked and works after a message."""
    with pytest.raises(WeChatClientException) as refused:
        client.message.send_text(FAN, "答复")
    wechat.act("follower_writes", account="city", openid=FAN, text="问")

    client.message.send_text(FAN, "答复")

    assert refused.value.errcode == 45015
    lines = wechat.state()["accounts"]["city"]["followers"][FAN]["conversation"]
    assert lines[-1]["content"] == {"content": "答复"}


def test_followers_are_iterated(client):
    """The SDK's paging over followers ends."""
    assert set(client.user.iter_followers()) == set(ACCOUNT["followers"])
