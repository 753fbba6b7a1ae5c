"""The Weibo adapter against a Weibo that was written from the reference alone."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain import errors as tree
from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.posts.draft import DraftContent, Picture
from bot.domain.publishing.journal import Outcome
from bot.sandbox.faults import Fault, FaultKind
from tests.integration.platforms.weibo_stage import Door, Site, article, post


def test_a_post_with_a_picture_goes_out_and_is_seen_on_its_public_page(site: Site) -> None:
    """The whole route of share."""
    content = replace(post(), pictures=(Picture("pic", "image/png", 10, 10),))

    shared = site.perform("share", site.order(content))
    seen = site.perform("see_live", site.order(content, **shared.evidence))

    (made,) = site.posts()
    assert seen.outcome is Outcome.DONE
    assert shared.evidence["platform_post_id"] == made["id"]
    assert shared.evidence["urls"] == made["url"]
    assert len(made["pictures"]) == 1


def test_a_post_of_ours_is_taken_down_and_nobody_elses(site: Site) -> None:
    """Twice is as good as once; a post that is not there is down."""
    shared = site.perform("share", site.order(post()))

    first = site.aftercare.take_down(site.access(), shared.evidence)
    second = site.aftercare.take_down(site.access(), shared.evidence)

    assert first == {"taken_down": "all"}
    assert second["was_down_already"] == "20101"
    assert [one for one in site.posts() if not one.get("deleted")] == []


@pytest.mark.parametrize(
    ("kind", "is_made"),
    [
        (FaultKind.TIMEOUT_AFTER, True),
        (FaultKind.RESET_AFTER, True),
        (FaultKind.HTTP_5XX_AFTER, True),
        (FaultKind.HTML_200_AFTER, True),
        (FaultKind.TIMEOUT_BEFORE, False),
        (FaultKind.RESET_BEFORE, False),
        (FaultKind.HTTP_5XX, False),
        (FaultKind.HTML_200, False),
    ],
)
def test_an_unclear_answer_is_cleared_up_by_looking(
    site: Site, kind: FaultKind, is_made: bool
) -> None:
    """Whatever breaks, the timeline says whether the post is there; nothing is sent twice."""
    site.weibo.act("post_by_hand", account="fabu", text="昨天的一条微博")
    site.weibo.shift_clock(600)
    site.weibo.add_fault(Fault(kind, "/2/statuses/share.json", seconds=2.0))
    order = replace(site.order(post()), started_at=_sandbox_now(600))

    with pytest.raises(tree.OutcomeUnknown):
        site.perform("share", order, seconds=0.4)
    looked = site.look_for("share", order)

    assert looked.outcome is (Outcome.FOUND if is_made else Outcome.ABSENT)
    assert len(site.posts()) == 1 + is_made
    if is_made:
        assert looked.evidence["urls"] == site.posts()[-1]["url"]


def _sandbox_now(shifted_seconds: float) -> datetime:
    return datetime.fromtimestamp(time.time() + shifted_seconds, UTC)


def test_a_refused_connection_is_not_sent(site: Site) -> None:
    """Only then may the same be tried again without looking."""
    given = site.access()
    nobody = replace(given.account, api_base={"api": "http://127.0.0.1:9"})
    order = replace(site.order(post()), access=AccountAccess(nobody, given.secrets))

    with pytest.raises(tree.NotSent):
        site.perform("share", order)


def test_a_second_post_of_the_same_words_is_unclear_never_done(site: Site) -> None:
    """20019; looking finds the one that is there, because it was made since the start."""
    order = site.order(post())
    site.perform("share", order)

    with pytest.raises(tree.OutcomeUnknown) as raised:
        site.perform("share", order)
    looked = site.look_for("share", replace(order, evidence=raised.value.evidence))

    assert raised.value.code == "20019"
    assert looked.outcome is Outcome.FOUND
    assert len(site.posts()) == 1


def test_a_post_accepted_late_is_seen_when_it_appears(site: Site) -> None:
    """20032: no id at first, found by its words afterwards."""
    site.weibo.act("delay_next_post", account="fabu", seconds=90)
    shared = site.perform("share", site.order(post()))
    order = site.order(post(), **shared.evidence)

    before = site.perform("see_live", order)
    site.weibo.shift_clock(100)
    after = site.perform("see_live", order)

    assert (before.outcome, after.outcome) == (Outcome.PENDING, Outcome.DONE)
    assert after.evidence["urls"] == site.posts()[0]["url"]


def test_a_hidden_post_is_not_live(site: Site) -> None:
    """What the platform took away later does not count as seen."""
    shared = site.perform("share", site.order(post()))
    site.weibo.act("hide_post", account="fabu")

    seen = site.perform("see_live", site.order(post(), **shared.evidence))

    assert seen.outcome is Outcome.PENDING


def test_an_article_arrives_as_it_was_written(site: Site) -> None:
    """Encoded twice, decoded twice; cover and pictures by their public addresses."""
    order = site.order(article(), Mode.ARTICLE)

    done = site.perform("publish_article", order)
    seen = site.perform("see_live", site.order(article(), Mode.ARTICLE, **done.evidence))

    (made,) = site.weibo.state()["accounts"]["fabu"]["articles"]
    assert made["content"] == (
        '<p>一、背景 100% & 其他</p><p><img src="https://p.example.gov.cn/pic"></p>'
    )
    assert made["cover"] == "https://p.example.gov.cn/pic"
    assert done.evidence["urls"].split("\n") == [made["url"], site.posts()[0]["url"]]
    assert seen.outcome is Outcome.DONE


def test_half_an_article_is_partly_done(site: Site) -> None:
    """The platform says that article and post are not bound."""
    site.weibo.act("fail_next_article", account="fabu", code=11003)

    with pytest.raises(tree.PartlyDone):
        site.perform("publish_article", site.order(article(), Mode.ARTICLE))


def test_an_article_whose_answer_was_lost_is_found_by_its_post(site: Site) -> None:
    """With the article's address, which the post's link objects carry."""
    site.weibo.add_fault(Fault(FaultKind.RESET_AFTER, "/proxy/article/publish.json"))
    order = site.order(article(), Mode.ARTICLE)

    with pytest.raises(tree.OutcomeUnknown):
        site.perform("publish_article", order)
    looked = site.look_for("publish_article", order)

    assert looked.outcome is Outcome.FOUND
    assert looked.evidence["platform_post_id"] == site.posts()[0]["id"]
    assert looked.evidence["article_url"] in looked.evidence["urls"]


def test_a_long_article_companion_is_found_although_the_list_cuts_it(site: Site) -> None:
    """Its beginning and its moment are enough."""
    site.weibo.add_fault(Fault(FaultKind.RESET_AFTER, "/proxy/article/publish.json"))
    content = replace(article(), text="为方便群众办事，现将有关事项解读如下。" * 20)
    order = site.order(content, Mode.ARTICLE)

    with pytest.raises(tree.OutcomeUnknown):
        site.perform("publish_article", order)

    assert site.look_for("publish_article", order).outcome is Outcome.FOUND


def test_a_dead_token_asks_for_a_new_authorisation(site: Site) -> None:
    """And the check says the same in Chinese."""
    site.weibo.act("revoke_tokens", account="fabu")

    with pytest.raises(tree.CredentialExpired):
        site.perform("share", site.order(post()))

    assert any("授权" in one.what for one in site.adapter.check(site.access()) if not one.ok)


def test_a_sound_account_passes_its_check(site: Site) -> None:
    """Token of the right app and account, long lived, app reviewed."""
    site.perform("share", site.order(post()))

    assert [one.what for one in site.adapter.check(site.access()) if not one.ok] == []


def test_an_unreviewed_app_is_noticed(site: Site) -> None:
    """By the check and before a post counts as live."""
    site.weibo.act("set_app_level", app_key="1000000001", level="test")

    with pytest.raises(tree.NotPermitted):
        site.perform("share", site.order(post()))


def test_comments_and_mentions_are_collected_once(site: Site) -> None:
    """Sixty comments over several pages, a mention in a post and one in a comment."""
    site.perform("share", site.order(post()))
    for number in range(60):
        site.weibo.act("comment", account="fabu", text=f"第{number}问")
    site.weibo.act("comment", account="fabu", text="@示例市发布 请看", citizen=2_900_000_003)
    site.weibo.act("mention", account="fabu", text="路灯坏了 <急>", screen_name="市民乙")

    found, cursor = site.drain({})
    site.weibo.act("comment", account="fabu", text="后来的一问")
    more, _ = site.drain(cursor)

    keys = {one.key for one in found}
    assert len(keys) == 62
    assert {one.text for one in found} >= {"第0问", "第59问", "@示例市发布 路灯坏了 <急>"}
    assert [one.text for one in more if one.key not in keys] == ["后来的一问"]


def test_a_comment_of_a_deleted_user_is_still_collected(site: Site) -> None:
    """Without a name."""
    site.perform("share", site.order(post()))
    site.weibo.act("comment", account="fabu", text="请问", citizen=2_900_000_009)
    site.weibo.act("delete_user", citizen=2_900_000_009)

    found, _ = site.drain({})

    assert [(one.text, one.sender) for one in found] == [("请问", "")]


def test_a_private_message_is_heard_and_answered(site: Site, door: Door) -> None:
    """Signature, double, passive answer: all as the platform has it."""
    site.weibo.act("verify_callback", account="fabu")
    site.weibo.act("message", account="fabu", text="怎么办理？", times=2)
    site.weibo.act("message", account="fabu", kind="event", subtype="follow")
    _until(lambda: len(door.heard) == 3)
    _until(lambda: len(site.lines()) >= 4)

    assert len({one.key for one in door.heard}) == 2
    assert {one.type_name for one in door.heard} == {"text", "follow"}
    passive = [line for line in site.lines() if line["channel"] == "passive"]
    assert {line["text"] for line in passive} == {"收到：怎么办理？"}
    assert all(one["outcome"] == "accepted" for one in site.weibo.callbacks())


def _until(is_so: Any) -> None:
    deadline = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def test_a_commercial_post_carries_its_pictures(site: Site) -> None:
    """Uploaded first, attached by their ids, long text marked as long."""
    site.weibo.act("set_app_level", app_key="1000000001", level="commercial")
    picture = Picture("pic", "image/png", 10, 10)
    content = DraftContent(text="#惠民政策# " + "一图读懂。" * 40, pictures=(picture, picture))

    uploaded = site.perform("upload_pictures", site.order(content, Mode.COMMERCIAL))
    order = site.order(content, Mode.COMMERCIAL, **uploaded.evidence)
    done = site.perform("update", order)
    seen = site.perform("see_live", site.order(content, Mode.COMMERCIAL, **done.evidence))

    (made,) = site.posts()
    assert len(made["pictures"]) == 2
    assert seen.outcome is Outcome.DONE
