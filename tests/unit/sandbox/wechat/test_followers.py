"""Follower lists, particulars and tags."""

from tests.unit.sandbox.wechat.desk import FAN


def test_followers_are_listed_until_the_list_ends(desk):
    """The page after the last follower has no data and an empty next_openid."""
    desk.act("follower_subscribes", openid="oSecond")

    page = desk.get("user/get")

    assert page["data"]["openid"] == [FAN, "oSecond"]
    assert desk.get("user/get", next_openid="oSecond") == {
        "total": 2,
        "count": 0,
        "next_openid": "",
    }
    assert desk.get("user/get", next_openid="oStranger")["errcode"] == 40003


def test_one_who_left_is_known_by_openid_only(desk):
    """subscribe 0 comes without particulars; a follower has no name since 2021."""
    assert desk.get("user/info", openid=FAN)["nickname"] == ""
    desk.act("follower_unsubscribes", openid=FAN)

    assert desk.get("user/info", openid=FAN) == {"subscribe": 0, "openid": FAN, "tagid_list": []}


def test_tags_count_their_members(make_desk):
    """tags/get shows the account's tags with their numbers of followers."""
    desk = make_desk(tags=["企业服务"])
    desk.act("follower_is_tagged", openid=FAN, tag_id=100)

    assert {"id": 100, "name": "企业服务", "count": 1} in desk.get("tags/get")["tags"]
