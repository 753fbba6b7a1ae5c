"""Statistics: spans, moments, permissions, and numbers that follow what readers do."""

import pytest

DAY = 86_400
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def ask(desk, name, first, last=""):
    """One question to /datacube/`name`, with a fresh token."""
    desk.forget_token()
    body = {"begin_date": first, "end_date": last or first}
    path = f"/datacube/{name}"
    return desk.request("POST", path, params={"access_token": desk.token}, json=body).json()


def published(desk):
    """An article that was published without notice on Monday; its msg_data_id."""
    media_id = desk.draft(need_open_comment=1)
    desk.act("editor_publishes", media_id=media_id)
    desk.wait(2)
    return desk.city()["published"][0]["msg_data_id"]


def details(desk, day=MONDAY):
    """What getarticletotaldetail says of the one article published on `day`."""
    (row,) = ask(desk, "getarticletotaldetail", day)["list"]
    return row


def test_figures_follow_what_readers_do(desk):
    """To the end of each day since publication, parted by where readers came from."""
    number = published(desk)
    desk.act("readers_read", msg_data_id=number, readers=40, shares=2, finished=10, seconds=30)
    desk.wait(DAY)
    desk.act("readers_read", msg_data_id=number, readers=10, source="朋友圈", seconds=60)
    desk.wait(DAY)

    row = details(desk)

    first, second = row["detail_list"]
    assert (row["msgid"], row["publish_type"]) == (f"{number}_1", 1)
    assert (first["stat_date"], first["read_user"], first["share_user"]) == (MONDAY, 40, 2)
    assert (second["stat_date"], second["read_user"], second["share_user"]) == (TUESDAY, 50, 2)
    assert (second["read_finish_rate"], second["read_avg_activetime"]) == (0.2, 0.6)
    assert {"user_count": 10, "scene_desc": "朋友圈"} in second["read_user_source"]
    on_tuesday = ask(desk, "getarticleread", TUESDAY)["list"][0]
    assert on_tuesday["detail"]["read_user"] == 10
    assert ask(desk, "getarticleshare", TUESDAY)["list"] == []


def test_a_revision_lowers_every_later_total(desk):
    """The platform counts a day anew."""
    number = published(desk)
    desk.act("readers_read", msg_data_id=number, readers=40)
    desk.wait(2 * DAY)

    desk.act("platform_revises_figures", msg_data_id=number, day=MONDAY, changes={"read_user": -9})

    assert [one["read_user"] for one in details(desk)["detail_list"]] == [31, 31]


def test_an_article_nobody_read_is_missing(make_desk):
    """Fewer than three readers; a switch lists them."""
    desk, open_desk = make_desk(), make_desk(switches={"datacube_least_readers": 0})

    for one in (desk, open_desk):
        number = published(one)
        one.act("readers_read", msg_data_id=number, readers=2)
        one.wait(DAY)

    assert ask(desk, "getarticletotaldetail", MONDAY)["list"] == []
    assert len(ask(open_desk, "getarticletotaldetail", MONDAY)["list"]) == 1


def test_details_end_thirty_days_after_publication(desk):
    """The article is still read, but that tells getarticleread only."""
    number = published(desk)
    desk.act("readers_read", msg_data_id=number, readers=5)
    desk.wait(40 * DAY)
    desk.act("readers_read", msg_data_id=number, readers=7)
    desk.wait(DAY)

    assert len(details(desk)["detail_list"]) == 30
    assert ask(desk, "getarticleread", "2027-01-02")["list"][0]["detail"]["read_user"] == 7


def test_followers_are_counted_at_the_end_of_each_day(desk):
    """Coming twice in a row is coming once."""
    for _ in range(2):
        desk.act("follower_subscribes", openid="oSecond")
    desk.wait(DAY)
    desk.act("follower_subscribes", openid="oThird")
    desk.act("follower_unsubscribes", openid="oSecond")
    desk.wait(DAY)

    totals = ask(desk, "getusercumulate", "2026-11-22", TUESDAY)["list"]
    moves = ask(desk, "getusersummary", "2026-11-22", TUESDAY)["list"]

    assert [row["cumulate_user"] for row in totals] == [1, 2, 2]
    told = [(row["ref_date"], row["new_user"], row["cancel_user"]) for row in moves]
    assert told == [(MONDAY, 1, 0), (TUESDAY, 1, 1)]


@pytest.mark.parametrize(
    ("name", "first", "last", "code"),
    [
        ("getarticletotaldetail", "2026-11-21", "2026-11-22", 61501),
        ("getarticleread", "2026-11-22", "2026-11-21", 61501),
        ("getusersummary", "2026-11-15", "2026-11-22", 61501),
        ("getusersummary", "2026-11-16", "2026-11-22", None),
        ("getbizsummary", "2026-10-24", "2026-11-22", None),
        ("getbizsummary", "2026-10-23", "2026-11-22", 61501),
        ("getusercumulate", MONDAY, MONDAY, 61501),
        ("getusercumulate", "20261122", "20261122", 61500),
        ("getusercumulate", "2026-02-30", "2026-02-30", 61500),
    ],
)
def test_days_are_limited(desk, name, first, last, code):
    """By the endpoint's span and by yesterday; the form is YYYY-MM-DD."""
    assert ask(desk, name, first, last).get("errcode") == code


def test_yesterday_is_ready_at_eight(make_desk):
    """Before that 61503, or by a switch a list without it."""
    strict, mild = make_desk(), make_desk(switches={"datacube_early": "leave_out"})
    for desk in (strict, mild):
        desk.wait(21.9 * 3600)

    assert ask(strict, "getusercumulate", MONDAY)["errcode"] == 61503
    assert ask(strict, "getusercumulate", "2026-11-22").get("errcode") is None
    assert ask(mild, "getusercumulate", MONDAY)["list"] == []
    strict.wait(0.1 * 3600)
    assert len(ask(strict, "getusercumulate", MONDAY)["list"]) == 1


def test_only_verified_accounts_are_told(make_desk):
    """48001, as for the whole family."""
    assert ask(make_desk(verified=False), "getusersummary", "2026-11-22")["errcode"] == 48001


def test_questions_are_counted(make_desk):
    """A quota of its own for each; the load profile has none."""
    desk, unlimited = make_desk(), make_desk(quota_profile="load")

    def codes(one):
        one.account.used["/datacube/getusersummary", MONDAY] = 500
        return ask(one, "getusersummary", "2026-11-22").get("errcode")

    assert (codes(desk), codes(unlimited)) == (45009, None)


def test_the_account_is_summed_up_by_day(desk):
    """With what was published and how many went on to the source."""
    number = published(desk)
    desk.act("readers_read", msg_data_id=number, readers=40, source_visits=6)
    desk.act("follower_comments", msg_data_id=number, text="写得清楚")
    desk.wait(DAY)

    (row,) = ask(desk, "getbizsummary", MONDAY)["list"]

    assert (row["read_user"], row["redirect_ori_page_user"]) == (40, 6)
    assert (row["send_page_count"], row["comment_count"]) == (1, 1)


def test_an_act_on_an_article_that_is_not_there_is_refused(desk):
    """A scenario with a wrong number must not count silently."""
    answer = desk.act("readers_read", msg_data_id=1, readers=1)
    number = published(desk)
    when = desk.act("platform_revises_figures", msg_data_id=number, day="heute", changes={})

    assert "no article 1" in str(answer)
    assert "YYYY-MM-DD" in str(when)
