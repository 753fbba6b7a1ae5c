"""The menu: its limits, what is read back, and what a tap or a scan sets off."""

import httpx
import pytest

from tests.unit.sandbox.wechat.desk import FAN

CLICK = {"type": "click", "name": "政策问答", "key": "QA"}
VIEW = {"type": "view", "name": "官网", "url": "https://www.example.gov.cn/"}
SCAN = {"type": "scancode_waitmsg", "name": "扫一扫", "key": "CODE"}


def _below(*buttons):
    return {"name": "服务", "sub_button": list(buttons)}


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        (None, 40015),
        ([], 40016),
        ([CLICK] * 4, 40016),
        ([{**CLICK, "type": "tap"}], 40017),
        ([{"name": "服务"}], 40017),
        ([{**CLICK, "name": "字" * 6}], 40018),
        ([{**CLICK, "name": ""}], 40018),
        ([{**CLICK, "key": "k" * 129}], 40019),
        ([{"type": "click", "name": "问答"}], 40019),
        ([{**VIEW, "url": "https://a.example/" + "x" * 1024}], 40020),
        ([{**VIEW, "url": "javascript:alert(1)"}], 40055),
        ([{**VIEW, "url": "https://elsewhere.example/"}], 40055),
        ([_below(_below(CLICK))], 40022),
        ([_below(*[CLICK] * 6)], 40023),
        ([_below({**CLICK, "type": "tap"})], 40024),
        ([_below({**CLICK, "name": "字" * 21})], 40025),
        ([_below({**CLICK, "key": ""})], 40026),
        ([_below({**VIEW, "url": ""})], 40027),
        ([_below({**VIEW, "url": "https://elsewhere.example/"})], 40054),
        ([{"type": "media_id", "name": "图", "media_id": "nowhere"}], 40007),
        ([{"type": "article_id", "name": "文", "article_id": "nowhere"}], 53600),
        ([{**VIEW, "type": "miniprogram"}], 40035),
        (["text"], 47001),
    ],
)
def test_what_breaks_a_limit_is_refused_by_its_number(make_desk, buttons, code):
    """One number each for the top level and the one below; nothing is set."""
    desk = make_desk(menu_domains=["www.example.gov.cn"])

    refused = desk.post("menu/create", {"button": buttons} if buttons is not None else {})

    assert refused["errcode"] == code
    assert desk.city()["menu"] is None


def test_the_largest_menu_is_taken_and_read_back_with_empty_lists(desk):
    """Three buttons, five below one, names of 16 and 60 bytes, a key of 128."""
    below = [{**CLICK, "name": "字" * 20, "key": "k" * 128}] * 5
    menu = [CLICK, {"name": "字" * 5 + "a", "sub_button": below}, SCAN]

    assert desk.post("menu/create", {"button": menu})["errcode"] == 0

    got = desk.get("menu/get")["menu"]["button"]
    assert got[0] == {**CLICK, "sub_button": []}
    assert got[1]["sub_button"][4] == {**below[4], "sub_button": []}
    shown = desk.get("get_current_selfmenu_info")
    assert shown["is_menu_open"] == 1
    assert shown["selfmenu_info"]["button"][1]["sub_button"]["list"] == below


def test_a_menu_that_is_taken_away_is_gone(desk):
    """46003 for reading; deleting again is no error."""
    desk.post("menu/create", {"button": [CLICK]})

    assert desk.get("menu/delete")["errcode"] == 0
    assert desk.get("menu/get")["errcode"] == 46003
    assert desk.get("menu/delete")["errcode"] == 0
    assert desk.get("get_current_selfmenu_info") == {"is_menu_open": 0}


def test_a_menu_made_in_the_console_is_seen_but_not_got(desk):
    """Only what was set through the API comes back by menu/get; pushing replaces the other."""
    own = {"type": "text", "name": "时间", "value": "工作日 9:00—17:00"}
    desk.act("editor_makes_menu", buttons=[own])

    assert desk.get("menu/get")["errcode"] == 46003
    assert desk.get("get_current_selfmenu_info")["selfmenu_info"]["button"] == [own]
    desk.post("menu/create", {"button": [CLICK]})
    assert desk.get("get_current_selfmenu_info")["selfmenu_info"]["button"] == [CLICK]


def test_setting_a_menu_counts_against_the_day(desk):
    """A thousand times a day, then 45009."""
    desk.account.used["/cgi-bin/menu/create", "2026-11-23"] = 1000

    assert desk.post("menu/create", {"button": [CLICK]})["errcode"] == 45009


@pytest.fixture
def heard(make_desk):
    """A desk with a menu, and the bodies of what it pushes."""
    bodies = []

    def callback(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content.decode())
        return httpx.Response(200, text="success")

    url = "http://office.test/callback"
    desk = make_desk(callback=callback, callback_url=url, callback_mode="plain")
    desk.post("menu/create", {"button": [CLICK, _below(VIEW), SCAN]})
    return desk, bodies


@pytest.mark.parametrize(
    ("name", "event", "key", "may_write"),
    [
        ("政策问答", "CLICK", "QA", True),
        ("官网", "VIEW", "https://www.example.gov.cn/", False),
        ("扫一扫", "scancode_waitmsg", "CODE", True),
    ],
)
def test_a_tap_pushes_the_event_of_its_button(heard, name, event, key, may_write):
    """Opening a page allows no customer-service messages."""
    desk, bodies = heard

    assert desk.act("follower_taps", openid=FAN, button=name) == {"event": event}

    assert f"<Event><![CDATA[{event}]]></Event>" in bodies[0]
    assert f"<EventKey><![CDATA[{key}]]></EventKey>" in bodies[0]
    assert ("click" in desk.city()["followers"][FAN]["grants"]) is may_write


def test_what_is_not_in_the_menu_cannot_be_tapped(heard):
    """A title over others opens them and tells nobody."""
    desk, bodies = heard

    assert "no button" in desk.act("follower_taps", openid=FAN, button="服务")["error"]
    assert "no button" in desk.act("follower_taps", openid=FAN, button="没有")["error"]
    assert bodies == []


def test_a_scan_is_told_by_its_scene_and_follows_for_who_does_not(heard):
    """SCAN for a follower, subscribe with qrscene_ for anybody else."""
    desk, bodies = heard

    desk.act("follower_scans", openid=FAN, scene="hall")
    desk.act("follower_scans", openid="oNew", scene="hall")

    assert "<Event><![CDATA[SCAN]]></Event>" in bodies[0]
    assert "<EventKey><![CDATA[hall]]></EventKey>" in bodies[0]
    assert "<Event><![CDATA[subscribe]]></Event>" in bodies[1]
    assert "<EventKey><![CDATA[qrscene_hall]]></EventKey>" in bodies[1]
