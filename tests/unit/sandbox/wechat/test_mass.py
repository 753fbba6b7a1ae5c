"""Mass sends: the key, the quotas, the administrator, the end."""

import pytest

from tests.unit.sandbox.wechat.desk import FAN


def sendall(desk, media_id, key="k-1", **changes):
    body = {
        "filter": {"is_to_all": True},
        "mpnews": {"media_id": media_id},
        "msgtype": "mpnews",
        "clientmsgid": key,
        **changes,
    }
    return desk.post("message/mass/sendall", body)


def test_a_mass_send_reaches_the_followers(desk):
    """Accepted, then sent: a status, an article that counts as pushed, a line per follower."""
    answer = sendall(desk, desk.draft())

    assert answer["errmsg"] == "send job submission success"
    desk.wait(1.0)
    asked = {"msg_id": str(answer["msg_id"])}
    assert desk.post("message/mass/get", asked)["msg_status"] == "SEND_SUCCESS"
    city = desk.city()
    assert city["published"][0]["is_pushed"]
    assert city["published"][0]["msg_data_id"] == answer["msg_data_id"]
    assert city["followers"][FAN]["conversation"][0]["via"] == "mass"


def test_the_same_key_is_never_sent_twice(desk):
    """45066 within the first minute, 45065 with the msg_id for a day; one article in all."""
    media_id = desk.draft()
    first = sendall(desk, media_id)

    soon = sendall(desk, media_id)
    desk.wait(61)
    later = sendall(desk, media_id)

    assert soon["errcode"] == 45066
    assert (later["errcode"], later["msg_id"]) == (45065, first["msg_id"])
    assert len(desk.city()["published"]) == 1


def test_without_a_key_the_content_is_the_key(desk):
    """A repeat without clientmsgid is recognised by its content."""
    media_id = desk.draft()
    sendall(desk, media_id, key="")

    assert sendall(desk, media_id, key="")["errcode"] == 45066


def test_the_key_is_forgotten_after_a_day(desk):
    """Twenty-four hours later the key means nothing: the consumed draft is all that protects."""
    media_id = desk.draft()
    sendall(desk, media_id)
    desk.wait(24 * 3600)
    desk._token = ""

    assert sendall(desk, media_id)["errcode"] == 40007


def test_a_subscription_account_sends_once_a_day(desk):
    """45028 for another send on the same Beijing day, but a failed one does not count."""
    desk.act("script_results", mass=["err(20001)"])
    sendall(desk, desk.draft(), "k-1")
    desk.wait(1.0)

    assert sendall(desk, desk.draft(), "k-2")["errcode"] == 0
    desk.wait(1.0)
    assert sendall(desk, desk.draft(), "k-3")["errcode"] == 45028


def test_a_follower_of_a_service_account_gets_four_a_month(make_desk):
    """The fifth send by tag in a month finds nobody left to receive it."""
    desk = make_desk(kind="service", tags=["企业"])
    desk.act("follower_is_tagged", openid=FAN, tag_id=100)
    by_tag = {"filter": {"is_to_all": False, "tag_id": 100}}
    answers = []
    for number in range(5):
        answers.append(sendall(desk, desk.draft(), f"k-{number}", **by_tag)["errcode"])
        desk.wait(1.0)

    assert answers == [0, 0, 0, 0, 45028]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"clientmsgid": "k" * 33}, 45067, id="key too long"),
        pytest.param({"filter": {"is_to_all": False, "tag_id": 999}}, 40152, id="unknown tag"),
        pytest.param({"msgtype": "film"}, 40008, id="unknown type"),
        pytest.param({"mpnews": {"media_id": "no"}}, 40007, id="unknown draft"),
        pytest.param({"msgtype": "text", "text": {"content": " "}}, 44004, id="empty text"),
        pytest.param({"msgtype": "image", "images": {"media_ids": []}}, 40215, id="no picture"),
    ],
)
def test_a_bad_mass_send_is_refused(desk, changes, code):
    """Each fault of the request has its number and nothing goes out."""
    assert sendall(desk, desk.draft(), **changes)["errcode"] == code
    assert desk.city()["mass_sends"] == []


@pytest.mark.parametrize(
    ("confirmed", "ending"),
    [(True, "SEND_SUCCESS"), (False, "SEND_FAIL"), (None, "SEND_FAIL")],
    ids=["confirmed", "refused", "not answered"],
)
def test_protection_waits_for_the_administrator(make_desk, confirmed, ending):
    """With protection on, the call says ok and the administrator's word decides."""
    desk = make_desk(mass_protection=True)
    msg_id = sendall(desk, desk.draft())["msg_id"]
    assert sendall(desk, desk.draft(), "k-2")["errcode"] == 89504

    if confirmed is not None:
        desk.act("admin_decides", msg_id=msg_id, confirmed=confirmed)
    desk.wait(1800)

    assert desk.post("message/mass/get", {"msg_id": msg_id})["msg_status"] == ending


def test_deleting_a_mass_sent_article_kills_its_page(desk):
    """Only a finished job can be deleted, with a 1-based index."""
    msg_id = sendall(desk, desk.draft())["msg_id"]

    def delete(**body):
        return desk.post("message/mass/delete", {"msg_id": msg_id, **body})["errcode"]

    assert delete() == 40065
    desk.wait(1.0)
    assert delete(article_idx=2) == 40060
    assert delete(msg_id=1) == 40059
    assert delete(article_idx=1) == 0
    assert desk.post("message/mass/get", {"msg_id": msg_id})["msg_status"] == "DELETE"


def test_speed_and_preview(desk):
    """The speed has five steps; a preview reaches one follower and publishes nothing."""
    assert desk.post("message/mass/speed/set", {"speed": 5})["errcode"] == 45083
    assert desk.post("message/mass/speed/set", {"speed": 1})["errcode"] == 0
    assert desk.post("message/mass/speed/get") == {"speed": 1, "realspeed": 60}
    body = {"touser": FAN, "mpnews": {"media_id": desk.draft()}, "msgtype": "mpnews"}

    assert desk.post("message/mass/preview", body)["errcode"] == 0
    assert desk.city()["published"] == []


def test_a_preview_reaches_a_tester_by_wechat_id_a_hundred_times_a_day(make_desk):
    """40132 for an id nobody has, 45009 for the hundred-and-first preview of the day."""
    desk = make_desk(wechat_ids=["yunling-editor"])
    body = {"msgtype": "text", "text": {"content": "预览"}}

    first = desk.post("message/mass/preview", {**body, "towxname": "yunling-editor"})
    nobody = desk.post("message/mass/preview", {**body, "towxname": "nobody"})
    desk.account.used["preview by WeChat id", "2026-11-23"] = 100
    beyond = desk.post("message/mass/preview", {**body, "towxname": "yunling-editor"})

    assert first["msg_id"]
    assert (nobody["errcode"], beyond["errcode"]) == (40132, 45009)


def test_a_mass_send_is_deleted_by_an_articles_address_too(desk):
    """Instead of msg_id; an address that is none of ours is 40059."""
    sent = sendall(desk, desk.draft())
    desk.wait(1.0)
    link = desk.account.publications[next(iter(desk.account.publications))].links[0]

    strange = desk.post("message/mass/delete", {"url": "http://mp.weixin.qq.com/s/none"})
    gone = desk.post("message/mass/delete", {"url": f"http://reader.test/s/{link}"})

    assert (strange["errcode"], gone["errcode"]) == (40059, 0)
    asked = {"msg_id": sent["msg_id"]}
    assert desk.post("message/mass/get", asked)["msg_status"] == "DELETE"


def test_a_fact_checked_article_may_not_be_deleted(make_desk):
    """The switch answers 40204."""
    desk = make_desk(switches={"mass_undeletable": True})
    sent = sendall(desk, desk.draft())
    desk.wait(1.0)

    assert desk.post("message/mass/delete", {"msg_id": sent["msg_id"]})["errcode"] == 40204


def test_an_account_without_the_right_may_not_change_its_speed(make_desk):
    """45084, and the speed stays."""
    desk = make_desk(mass_speed=False)

    refused = desk.post("message/mass/speed/set", {"speed": 1})

    assert refused["errcode"] == 45084
    assert desk.post("message/mass/speed/get", {})["speed"] == 3
