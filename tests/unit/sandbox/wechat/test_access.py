"""The calls about calling: whether the callback is reached, what a request was, quotas."""


def test_the_callback_is_checked_where_one_is_set(make_desk):
    """Name and packets, as asked; the switch loses every packet."""
    desk = make_desk(callback_url="http://127.0.0.1:9/callback")
    lost = make_desk(
        callback_url="http://127.0.0.1:9/callback", switches={"callback_reachable": False}
    )
    asked = {"action": "all", "check_operator": "DEFAULT"}

    good = desk.post("callback/check", asked)
    bad = lost.post("callback/check", asked)

    assert good["dns"][0]["ip"] == "127.0.0.1"
    assert good["ping"][0]["package_loss"] == "0%"
    assert bad["ping"][0]["package_loss"] == "100%"


def test_a_wrong_question_about_the_callback_is_refused(make_desk):
    """40201 without an address, 40202 for an action, 40203 for an operator nobody knows."""
    without, desk = make_desk(), make_desk(callback_url="http://127.0.0.1:9/callback")

    codes = [
        without.post("callback/check", {"action": "all"})["errcode"],
        desk.post("callback/check", {"action": "guess"})["errcode"],
        desk.post("callback/check", {"action": "dns", "check_operator": "MOON"})["errcode"],
    ]

    assert codes == [40201, 40202, 40203]


def test_a_request_id_tells_for_a_week_what_was_refused(make_desk):
    """Also of a scripted refusal; 76001 to 76004 for what cannot be told."""
    desk = make_desk(faults=[{"kind": "error", "path": "/cgi-bin/draft/count", "code": 45009}])
    words = desk.get("draft/count")["errmsg"]
    rid = words.rpartition("rid: ")[2]

    told = desk.post("openapi/rid/get", {"rid": rid})["request"]
    unknown = desk.post("openapi/rid/get", {"rid": "00000000-00000000-00000000"})
    malformed = desk.post("openapi/rid/get", {"rid": "x"})
    desk.wait(7 * 24 * 3600 + 1)
    desk.forget_token()
    late = desk.post("openapi/rid/get", {"rid": rid})

    assert "45009" in told["response_body"]
    assert [one["errcode"] for one in (unknown, malformed, late)] == [76001, 76002, 76004]


def test_quotas_are_cleared_with_the_secret_too(make_desk):
    """No token is needed, but the secret is; both ways share ten clearings a month."""
    desk = make_desk()
    asked = {"appid": "wx0000000000000001", "appsecret": "invented-secret-1"}
    wrong = asked | {"appsecret": "another"}

    def clear(query):
        path = "/cgi-bin/clear_quota/v2"
        return desk.request("POST", path, params=query).json()["errcode"]

    assert clear(wrong) == 40125
    assert [clear(asked) for _ in range(9)] == [0] * 9
    assert desk.post("clear_quota", {"appid": asked["appid"]})["errcode"] == 0
    assert clear(asked) == 48006
