"""freepublish: acceptance, the job's end, and what readers find."""

import pytest

from tests.unit.sandbox.wechat.desk import FAN


def submit(desk, media_id):
    return desk.post("freepublish/submit", {"media_id": media_id})


def status(desk, publish_id):
    return desk.post("freepublish/get", {"publish_id": publish_id})


def test_an_accepted_draft_is_published_only_later(desk):
    """Submit is accepted at once; a second later the article is there and the draft gone."""
    media_id = desk.draft(title="甲")

    accepted = submit(desk, media_id)

    assert (accepted["errcode"], accepted["errmsg"]) == (0, "ok")
    assert status(desk, accepted["publish_id"])["publish_status"] == 1
    assert desk.city()["published"] == []
    desk.wait(1.0)
    done = status(desk, accepted["publish_id"])
    assert done["publish_status"] == 0
    page = desk.request("GET", done["article_detail"]["item"][0]["article_url"])
    assert "甲" in page.text
    assert desk.post("draft/get", {"media_id": media_id})["errcode"] == 40007


def test_submitting_twice_publishes_twice(desk):
    """No key exists: a repeated submit while the draft is still there is a second article."""
    media_id = desk.draft()

    submit(desk, media_id)
    submit(desk, media_id)
    desk.wait(1.0)

    assert len(desk.city()["published"]) == 2


def test_the_draft_may_vanish_on_acceptance(make_desk):
    """By the other switch the draft is gone as soon as it is accepted."""
    desk = make_desk(switches={"draft_removed_at": "accept"})
    media_id = desk.draft()

    submit(desk, media_id)

    assert submit(desk, media_id)["errcode"] == 40007


def test_an_unverified_subscription_account_may_not_publish(make_desk):
    """48001 for freepublish and mass sends, while drafts stay open to it."""
    desk = make_desk(verified=False)
    media_id = desk.draft()

    assert submit(desk, media_id)["errcode"] == 48001
    body = {"filter": {"is_to_all": True}, "mpnews": {"media_id": media_id}, "msgtype": "mpnews"}
    assert desk.post("message/mass/sendall", body)["errcode"] == 48001


@pytest.mark.parametrize("refusal", [53503, 53504, 53505])
def test_a_flagged_draft_is_refused(desk, refusal):
    """A draft that must be handled in the console says so by its number."""
    media_id = desk.draft()
    desk.act("platform_flags_draft", media_id=media_id, refusal=refusal)

    assert submit(desk, media_id)["errcode"] == refusal


def test_a_draft_whose_cover_was_deleted_fails_the_check(desk):
    """53503 when the cover is no longer in the library."""
    article = desk.article()
    media_id = desk.post("draft/add", {"articles": [article]})["media_id"]
    desk.post("material/del_material", {"media_id": article["thumb_media_id"]})

    assert submit(desk, media_id)["errcode"] == 53503


@pytest.mark.parametrize(
    ("ending", "failed"), [(2, [1]), (3, []), (4, [1])], ids=["originality", "ordinary", "audit"]
)
def test_a_job_may_fail_and_leaves_its_draft(desk, ending, failed):
    """A failed job has its status, names articles for 2 and 4, and the draft is still there."""
    media_id = desk.draft()
    desk.act("script_results", publish=[ending])
    publish_id = submit(desk, media_id)["publish_id"]
    desk.wait(1.0)

    answer = status(desk, publish_id)

    assert (answer["publish_status"], answer["fail_idx"]) == (ending, failed)
    assert "article_id" not in answer
    assert "news_item" in desk.post("draft/get", {"media_id": media_id})


def test_rejected_words_fail_the_audit(make_desk):
    """An article with a word the scenario rejects ends with status 4."""
    desk = make_desk(switches={"audit_words": ["禁语"]})
    publish_id = submit(desk, desk.draft(content="<p>这里有禁语</p>"))["publish_id"]
    desk.wait(1.0)

    assert status(desk, publish_id)["publish_status"] == 4


def test_a_success_may_become_deleted_or_banned(desk):
    """Status 5 after the owner deleted everything, 6 after the platform's ban; readers see why."""
    jobs = [submit(desk, desk.draft())["publish_id"] for _ in range(2)]
    desk.wait(1.0)
    ids = [status(desk, job)["article_id"] for job in jobs]

    desk.post("freepublish/delete", {"article_id": ids[0], "index": 1})
    desk.act("platform_bans_article", article_id=ids[1])

    answers = [status(desk, job) for job in jobs]
    assert [one["publish_status"] for one in answers] == [5, 6]
    url = answers[0]["article_detail"]["item"][0]["article_url"]
    assert "该内容已被发布者删除" in desk.request("GET", url).text
    assert desk.post("freepublish/delete", {"article_id": ids[0], "index": 2})["errcode"] == 53600
    assert desk.post("freepublish/getarticle", {"article_id": "no"})["errcode"] == 53600


def test_the_published_list_leaves_mass_sent_articles_out(desk):
    """batchget lists what went out without notice, newest first, and not the mass-sent."""
    for title in ("甲", "乙"):
        submit(desk, desk.draft(title=title))
        desk.wait(1.0)
    desk.act("editor_publishes", media_id=desk.draft(title="群发"), how="mass")
    desk.wait(1.0)

    listed = desk.post("freepublish/batchget", {"offset": 0, "count": 20, "no_content": 1})

    titles = [one["content"]["news_item"][0]["title"] for one in listed["item"]]
    assert titles == ["乙", "甲"]
    assert len(desk.city()["published"]) == 3


def test_an_editor_changes_publishes_and_deletes_drafts_by_hand(desk):
    """What happens in the console shows in draft/get and in the published list."""
    kept, lost = desk.draft(), desk.draft()

    desk.act("editor_edits_draft", media_id=kept, changes={"title": "改过的标题"})
    desk.act("editor_deletes_draft", media_id=lost)

    (article,) = desk.post("draft/get", {"media_id": kept})["news_item"]
    assert article["title"] == "改过的标题"
    assert desk.post("draft/get", {"media_id": lost})["errcode"] == 40007
    desk.act("editor_publishes", media_id=kept)
    desk.wait(1.0)
    assert desk.city()["published"][0]["articles"][0]["title"] == "改过的标题"


def test_the_front_page_lists_what_readers_can_see(desk):
    """The sandbox's page shows a published article of the account, in Chinese."""
    submit(desk, desk.draft(title="关于补贴的通知"))
    desk.wait(1.0)

    page = desk.request("GET", "/").text

    assert "关于补贴的通知" in page
    assert FAN not in page
