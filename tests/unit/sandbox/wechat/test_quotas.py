"""Daily quotas and what resets them."""

PATH = "/cgi-bin/freepublish/get"


def test_the_hundred_and_first_status_call_of_a_day_is_refused(desk):
    """45009 after the documented hundred; midnight in Beijing opens the quota again."""
    answers = [desk.post("freepublish/get", {"publish_id": "1"})["errcode"] for _ in range(101)]

    assert answers[99:] == [40035, 45009]
    quota = desk.post("openapi/quota/get", {"cgi_path": PATH})["quota"]
    assert quota == {"daily_limit": 100, "used": 100, "remain": 0}
    desk.wait(14 * 3600)
    desk._token = ""
    assert desk.post("freepublish/get", {"publish_id": "1"})["errcode"] == 40035


def test_clearing_works_ten_times_a_month(desk):
    """clear_quota frees the day's calls, and the eleventh clearing is 48006."""
    desk.post("freepublish/get", {"publish_id": "1"})
    body = {"appid": desk.account.spec.app_id}

    answers = [desk.post("clear_quota", body)["errcode"] for _ in range(11)]

    assert answers == [0] * 10 + [48006]
    assert desk.post("openapi/quota/get", {"cgi_path": PATH})["quota"]["used"] == 0


def test_the_load_profile_has_no_daily_limit(make_desk):
    """Big runs are not stopped by a new account's quota."""
    desk = make_desk(quota_profile="load")

    answers = {desk.post("freepublish/get", {"publish_id": "1"})["errcode"] for _ in range(101)}

    assert answers == {40035}


def test_an_unknown_path_has_no_quota(desk):
    """76021 for a path that does not exist."""
    assert desk.post("openapi/quota/get", {"cgi_path": "/cgi-bin/nothing"})["errcode"] == 76021
