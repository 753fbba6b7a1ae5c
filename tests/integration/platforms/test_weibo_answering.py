"""Answers to followers, words under comments and what came along, against the simulated Weibo."""

import time

import pytest

from bot.domain import errors as tree
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.reply import Incoming, LinkCard, ReplyKind
from bot.domain.replies.window import Exchange, Interaction, window_at
from bot.ports.commenting import COMMENT_GONE, CommentPlace
from bot.ports.correspondence import Letter
from bot.sandbox.faults import Fault, FaultKind
from tests.integration.platforms.weibo_stage import Door, Site, SystemClock, post

CITIZEN = "2900000002"
WORDS = "您好，个体工商户适用本办法，详见 https://www.example.gov.cn/1 "
REPLY = "/2/comments/reply.json"
LETTER = "/2/messages/reply.json"


def answer_to(said: Incoming, text: str = WORDS) -> Letter:
    return Letter(Way.COMMENT, AnswerContent(text), said.sender, said.target, said.platform_id)


def letter(content: AnswerContent | None = None) -> Letter:
    return Letter(Way.LETTER, content or AnswerContent(WORDS), CITIZEN, "", "")


def asked(site: Site, text: str = "个体户适用吗？") -> Incoming:
    """A comment under a post of ours, collected."""
    site.perform("share", site.order(post()))
    site.weibo.act("comment", account="fabu", text=text)
    (said,) = site.drain({})[0]
    return said


def comments(site: Site) -> list[str]:
    return [one["text"] for one in site.weibo.state()["accounts"]["fabu"]["comments"]]


def test_an_answer_stands_under_its_comment_and_does_not_come_back(site: Site) -> None:
    """Addressed by the platform; our own words are no follower's."""
    said = asked(site)

    site.correspondent.send(site.access(), answer_to(said), seconds=5)

    assert comments(site)[1].startswith("回复@市民甲:您好")
    assert site.correspondent.is_there(site.access(), answer_to(said), seconds=5)
    assert [one.key for one in site.drain({})[0]] == [said.key]


@pytest.mark.parametrize("kind", [FaultKind.RESET_AFTER, FaultKind.HTML_200_AFTER])
def test_an_answer_whose_arrival_is_unknown_is_found(site: Site, kind: FaultKind) -> None:
    """And one that never arrived leaves the question open."""
    said = asked(site)
    site.weibo.add_fault(Fault(kind, REPLY))

    with pytest.raises(tree.OutcomeUnknown):
        site.correspondent.send(site.access(), answer_to(said), seconds=5)

    assert site.correspondent.is_there(site.access(), answer_to(said), seconds=5)
    with pytest.raises(tree.PlatformUnavailable):
        site.correspondent.is_there(site.access(), answer_to(said, "另一句"), seconds=5)


def test_an_answer_to_a_comment_that_is_gone_says_so(site: Site) -> None:
    """The desk then knows the comment's fate too."""
    said = asked(site)
    site.weibo.act("delete_comment", comment=int(said.platform_id))

    with pytest.raises(tree.TargetGone) as gone:
        site.correspondent.send(site.access(), answer_to(said), seconds=5)

    assert COMMENT_GONE in gone.value.evidence


def test_a_post_that_names_us_is_answered_under_itself(site: Site) -> None:
    """On somebody else's page."""
    site.weibo.act("mention", account="fabu", text="路灯坏了", screen_name="市民乙")
    (said,) = site.drain({})[0]

    site.correspondent.send(site.access(), answer_to(said), seconds=5)

    assert said.kind is ReplyKind.MENTION
    assert site.correspondent.is_there(site.access(), answer_to(said), seconds=5)


def test_our_words_under_a_comment_are_taken_away(site: Site) -> None:
    """May be repeated."""
    said = asked(site)
    site.correspondent.send(site.access(), answer_to(said), seconds=5)
    place = CommentPlace(said.target, said.platform_id)

    site.comment_desk.delete_answer(site.access(), place)
    site.comment_desk.delete_answer(site.access(), place)

    with pytest.raises(tree.PlatformUnavailable):
        site.correspondent.is_there(site.access(), answer_to(said), seconds=5)


def test_whoever_wrote_gets_words_and_a_card(site: Site) -> None:
    """Within two days; the platform and our own window agree on the end."""
    site.weibo.act("message", account="fabu", text="怎么办理？")
    card = LinkCard("办事指南", "怎么办", "https://www.example.gov.cn/1", "https://p.example/1.jpg")

    site.correspondent.send(site.access(), letter(), seconds=5)
    site.correspondent.send(site.access(), letter(AnswerContent("办事指南", card)), seconds=5)
    site.weibo.shift_clock(48 * 3600)
    with pytest.raises(tree.TargetGone) as late:
        site.correspondent.send(site.access(), letter(), seconds=5)

    active = [line for line in site.lines() if line["channel"] == "active"]
    assert [line["kind"] for line in active] == ["text", "articles"]
    assert active[0]["text"] == WORDS
    assert "48 小时" in late.value.explanation.cause


@pytest.mark.parametrize("subtype", ["follow", "click", "scan", "subscribe"])
def test_the_window_is_ours_as_it_is_theirs(site: Site, subtype: str) -> None:
    """For each act that opens it, and for leaving, which ends it."""
    rules = site.correspondent.window_rules(site.access().account)
    now = SystemClock().now()
    acts = [Interaction(subtype, now), Interaction("unfollow", now)]

    site.weibo.act("message", account="fabu", kind="event", subtype=subtype, key="k")
    site.correspondent.send(site.access(), letter(), seconds=5)
    site.weibo.act("message", account="fabu", kind="event", subtype="unfollow")
    with pytest.raises(tree.TargetGone):
        site.correspondent.send(site.access(), letter(), seconds=5)

    assert window_at(now, Exchange(acts[:1]), rules).is_open
    assert not window_at(now, Exchange(acts), rules).is_open


def test_a_letter_without_a_clear_answer_is_left_to_a_person(site: Site) -> None:
    """The platform shows nobody's private messages."""
    site.weibo.act("message", account="fabu", text="怎么办理？")
    site.weibo.add_fault(Fault(FaultKind.HTTP_5XX_AFTER, LETTER))

    with pytest.raises(tree.OutcomeUnknown):
        site.correspondent.send(site.access(), letter(), seconds=5)

    assert not Way.LETTER.can_be_looked_for


def test_a_rules_article_is_shown_as_a_card(site: Site, door: Door) -> None:
    """In the same breath in which the follower asked."""
    door.card = LinkCard(
        "办事指南", "材料", "https://www.example.gov.cn/1", "https://p.example.gov.cn/1.jpg"
    )
    site.weibo.act("message", account="fabu", text="怎么办理？")
    deadline = time.monotonic() + 5
    while not (shown := [one for one in site.lines() if one["channel"] == "passive"]):
        assert time.monotonic() < deadline
        time.sleep(0.02)

    assert (shown[0]["kind"], shown[0]["note"]) == ("articles", "")
    assert shown[0]["data"]["articles"][0]["display_name"] == "办事指南"


def test_a_picture_that_came_along_is_fetched(site: Site, door: Door) -> None:
    """While the platform keeps it."""
    site.weibo.act("message", account="fabu", kind="image")
    deadline = time.monotonic() + 5
    while not door.heard:
        assert time.monotonic() < deadline
        time.sleep(0.02)

    found = site.attachments.fetch(site.access(), door.heard[0])

    assert found is not None
    assert found.media_type.startswith("image/")
    assert found.content
