"""statuses/share: what it refuses, in which order, and what it makes of a text."""

from typing import Any

import pytest

from bot.sandbox.weibo.calls import Upload
from tests.unit.sandbox.weibo.stand import LINK, PNG, RIP, TOKEN, UID, make_stand

SHARE = "/2/statuses/share.json"
GOOD = f"办法解读 {LINK} "


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"access_token": ""}, 10006),
        ({"access_token": "2.00unknown"}, 21332),
        ({"status": None}, 10016),
        ({"rip": None}, 10016),
        ({"rip": "here"}, 10017),
        ({"status": "   "}, 20008),
        ({"status": "政" * 119 + LINK}, 20012),
        ({"status": "政" * 118 + LINK}, 0),
        ({"status": "办法解读"}, 10017),
        ({"status": "办法解读 https://example.gov.cn/a "}, 10017),
        ({"status": "办法解读 https://www.example.gov.cn.evil.cn/a "}, 10017),
        ({"status": "办法解读https://www.example.gov.cn，详见"}, 10017),
        ({"status": "办法解读 http://[ "}, 10017),
        ({"pic": "not a file"}, 20007),
        ({}, 0),
    ],
)
def test_share_refuses_what_the_platform_refuses(params: dict[str, Any], code: int) -> None:
    """Each fault has its own code; None leaves the parameter out."""
    stand = make_stand()
    fields = {"status": GOOD, "rip": RIP, "access_token": TOKEN} | params
    sent = {key: value for key, value in fields.items() if value is not None}

    body = stand.ask("POST", SHARE, **sent).body

    assert stand.code_of(body) == code


@pytest.mark.parametrize(
    ("picture", "code"),
    [(b"BM6", 20005), (PNG + b"0" * 5 * 1024 * 1024, 20006), (PNG, 0), (b"GIF89a", 0)],
    ids=["bmp", "five megabytes", "png", "gif"],
)
def test_share_looks_at_the_picture_itself(picture: bytes, code: int) -> None:
    """The type is that of the bytes, not of the file name."""
    stand = make_stand()

    answer = stand.ask("POST", SHARE, status=GOOD, rip=RIP, files={"pic": Upload("a.png", picture)})

    assert stand.code_of(answer.body) == code
    if not code:
        assert answer.body["pic_num"] == 1
        assert "/thumbnail/" in answer.body["pic_urls"][0]["thumbnail_pic"]


def test_the_refusal_has_the_rest_envelope() -> None:
    """error, error_code and request, with HTTP 400."""
    answer = make_stand().ask("POST", SHARE, status="没有链接", rip=RIP)

    assert answer.status == 400
    assert answer.body == {
        "error": "text not find domain!",
        "error_code": 10017,
        "request": SHARE,
    }


def test_a_wrong_method_is_said_before_anything_else() -> None:
    """GET on share is 10021 even without a token."""
    assert make_stand().ask("GET", SHARE, access_token="").body["error_code"] == 10021


def test_an_app_without_safe_domains_hears_of_that() -> None:
    """The text differs from that of a link outside the safe domains."""
    body = make_stand(app={"safe_domains": []}).share()

    assert (body["error_code"], body["error"]) == (10017, "appkey not bind domain!")


def test_subdomains_are_safe_only_by_the_switch() -> None:
    """Whether a sub-domain counts is open, so both answers exist."""
    app = {"safe_domains": ["example.gov.cn"]}

    assert make_stand(app=app).share()["error_code"] == 10017
    assert "id" in make_stand(app=app, safe_domain_match="subdomain").share()


def test_links_are_shortened_and_explained() -> None:
    """The stored text differs from the sent one; url_objects say how."""
    body = make_stand().share()

    short = body["url_objects"][0]["url_ori"]
    assert body["text"] == f"办法解读 {short} "
    assert short.startswith("http://t.cn/A6")
    assert body["url_objects"][0]["info"]["url_long"] == LINK
    assert body["id"] == int(body["mid"]) == int(body["idstr"])
    assert body["created_at"] == "Fri Nov 20 12:00:05 +0800 2026"
    assert body["user"]["id"] == UID


def test_a_topic_is_stripped_without_a_word() -> None:
    """share drops #…#, but not the fragment of a link."""
    body = make_stand().share(f"#示例话题#办法解读 {LINK}#a {LINK}#b ")

    assert "话题" not in body["text"]
    assert [one["info"]["url_long"] for one in body["url_objects"]] == [f"{LINK}#a", f"{LINK}#b"]


@pytest.mark.parametrize(
    ("switches", "pause", "code"),
    [
        ({}, 0, 20019),
        ({}, 599, 20019),
        ({}, 601, 0),
        ({"dedup": "last_post"}, 86_400, 20019),
        ({"dedup": "off"}, 0, 0),
    ],
)
def test_the_same_text_is_refused_for_a_while(
    switches: dict[str, Any], pause: float, code: int
) -> None:
    """20019 is the only protection against a double post; its window is a switch."""
    stand = make_stand(**switches)
    stand.share()
    stand.clock.shift(pause)

    assert stand.code_of(stand.share()) == code


def test_last_post_mode_forgets_after_another_post() -> None:
    """In that mode only consecutive posts are compared."""
    stand = make_stand(dedup="last_post")
    stand.share()
    stand.share(f"另一条 {LINK} ")

    assert stand.code_of(stand.share()) == 0


def test_a_refused_word_gives_its_code() -> None:
    """Content checks answer with the code the scenario names."""
    stand = make_stand(refused_words=[{"word": "限时优惠", "code": 20020}])

    assert stand.share(f"限时优惠 {LINK} ")["error_code"] == 20020


def test_an_unreviewed_app_posts_for_its_testers_only() -> None:
    """HTTP 200 and a post nobody else sees; other accounts get 21321."""
    tester = make_stand(app={"level": "test", "test_uids": [UID]})
    stranger = make_stand(app={"level": "test", "test_uids": [1]})

    body = tester.share()

    assert "未通过审核应用" in body["source"]
    assert tester.world.statuses[body["id"]].testers_only
    assert stranger.share()["error_code"] == 21321


def test_a_denied_path_is_403() -> None:
    """10014 is the one refusal whose status is known to be 403."""
    answer = make_stand(app={"denied": [SHARE]}).ask("POST", SHARE, status=GOOD, rip=RIP)

    assert (answer.status, answer.body["error_code"]) == (403, 10014)


def test_a_foreign_address_is_refused() -> None:
    """An app with safe addresses takes calls from no other."""
    assert make_stand(app={"safe_ips": ["203.0.113.9"]}).share()["error_code"] == 10004


def test_a_frozen_account_cannot_post() -> None:
    """Risk control answers 20015."""
    stand = make_stand()
    stand.world.users[UID].frozen = True

    assert stand.share()["error_code"] == 20015
