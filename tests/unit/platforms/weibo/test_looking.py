"""Searching for a post whose outcome is unknown."""

from datetime import timedelta

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.posts.draft import DraftContent
from bot.domain.publishing.journal import Outcome
from bot.platforms.weibo.matching import telling_words
from bot.platforms.weibo.routes import ROUTES
from tests.factories import NOW, after
from tests.unit.platforms.weibo.stand import (
    MID,
    POST_URL,
    STORED,
    TEXT,
    UID,
    access,
    article_content,
    order,
    stand,
    status,
    timeline,
)

OTHER = "别的政策 http://t.cn/A6sAnD09"


def look(answer: object, **changes: object) -> object:
    return stand(user_timeline=answer).look_for("share", order(**changes))


@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        (STORED, TEXT),
        (f"  {STORED}", TEXT),
        ("A &amp; B &lt;通知&gt; http://t.cn/x", "A & B <通知> https://www.example.gov.cn/1 "),
        (" 办事指南 http://t.cn/x", "#惠民# 办事指南 https://www.example.gov.cn/1 "),
        ("惠民 办事指南 http://t.cn/x", "#惠民# 办事指南 https://www.example.gov.cn/1 "),
    ],
    ids=["t.cn link", "spaces", "escaped", "topic taken out", "only its marks"],
)
def test_our_post_is_found_although_its_text_was_rewritten(stored: str, sent: str) -> None:
    """Found means done, with id and address."""
    found = look(timeline(status(text=stored, user=int(UID))), content=DraftContent(text=sent))

    assert found.outcome is Outcome.FOUND
    assert found.evidence["platform_post_id"] == MID
    assert found.evidence["urls"] == POST_URL


def test_a_long_text_is_recognised_by_what_is_shown_of_it() -> None:
    """Lists cut it and point to the rest."""
    text = "为方便群众办事，" * 30
    cut = status(text=f"{text[:140]}…全文： http://m.weibo.cn/1/2", isLongText=True)
    other = status(text=f"{'别' * 140}…全文： http://m.weibo.cn/1/2", isLongText=True)

    assert look(timeline(cut), content=DraftContent(text=text)).outcome is Outcome.FOUND
    assert look(timeline(other), content=DraftContent(text=text)).outcome is not Outcome.FOUND


@pytest.mark.parametrize(
    ("at", "is_ours"),
    [(0, True), (30, True), (-59, True), (-61, False), (-86_400, False)],
)
def test_only_a_post_made_since_the_start_is_ours(at: float, is_ours: bool) -> None:
    """Yesterday's post of the same words is not; the clocks may differ by a minute."""
    found = look(timeline(status(at=after(at))))

    assert (found.outcome is Outcome.FOUND) is is_ours


def test_an_older_post_of_the_same_words_leaves_absence_unproven() -> None:
    """It may be ours: a clock of ours that had jumped forward puts the start after the post."""
    found = look(timeline(status(at=after(-1800))))

    assert found.outcome is Outcome.UNCLEAR
    assert found.evidence["similar_url"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (timeline(status(text=OTHER, at=after(-3600))), Outcome.ABSENT),
        (timeline(*[status(text=OTHER, at=after(s)) for s in (5, 4, 3, 2, 1)]), Outcome.UNCLEAR),
        (timeline(status(text=OTHER, at=after(5)), total=1), Outcome.ABSENT),
        (timeline(status(text=OTHER, at=after(5)), total=208), Outcome.UNCLEAR),
        (timeline(status(text=OTHER, at=after(5)), total=None), Outcome.UNCLEAR),
        (timeline(total=0), Outcome.ABSENT),
        (timeline(total=3), Outcome.UNCLEAR),
        (timeline(status(text=OTHER, at=after(-30))), Outcome.UNCLEAR),
    ],
    ids=[
        "an older post is shown",
        "five newer posts hide the rest",
        "the only post there is",
        "a short page of many posts",
        "a short page, total unknown",
        "an empty account",
        "nothing shown of three",
        "older only by less than the clocks may differ",
    ],
)
def test_absence_counts_only_when_the_timeline_reaches_back(
    answer: object, outcome: Outcome
) -> None:
    """Everything else leaves it to a person."""
    assert look(answer).outcome is outcome


def test_a_duplicate_is_never_proven_absent() -> None:
    """The platform says that something alike is there; its address is shown to the person."""
    older = timeline(status(at=after(-3600)), status("4", OTHER, after(-7200)))

    looked = look(older, evidence={"duplicate": "20019"})

    assert looked.outcome is Outcome.UNCLEAR
    assert looked.evidence == {"similar_url": POST_URL}


def test_an_article_is_found_by_the_post_that_carries_it() -> None:
    """Its own address comes with the post's link objects, if at all."""
    url = "https://weibo.com/ttarticle/p/show?id=230940"
    links = [{"url_ori": "http://t.cn/x", "info": {"url_long": url}}]
    text = "《示例办法》解读发布 http://t.cn/x"
    given = order(access(Mode.ARTICLE), article_content())

    bound = stand(user_timeline=timeline(status(text=text, url_objects=links)))
    bare = stand(user_timeline=timeline(status(text=text)))

    assert bound.look_for("publish_article", given).evidence["urls"] == f"{url}\n{POST_URL}"
    assert bare.look_for("publish_article", given).outcome is Outcome.FOUND
    assert bare.look_for("publish_article", given).evidence["partial"]


def test_a_missing_article_stays_unclear() -> None:
    """Nothing lists articles, so one may exist without its post."""
    at = stand(user_timeline=timeline(status(text=OTHER, at=after(-3600)), total=1))

    looked = at.look_for("publish_article", order(access(Mode.ARTICLE), article_content()))

    assert looked.outcome is Outcome.UNCLEAR


def test_only_share_has_an_absence_rule_and_it_names_its_source() -> None:
    """Three minutes after the deadline, from the vendor's pages."""
    rules = {
        (mode, step.name): step.absence
        for mode, route in ROUTES.items()
        for step in route.steps
        if step.absence is not None
    }

    assert list(rules) == [(Mode.SHARE, "share")]
    rule = rules[Mode.SHARE, "share"]
    assert rule.after_seconds == 180
    assert "open.weibo.com" in rule.source


def test_a_look_comes_after_the_absence_rules_time() -> None:
    """Otherwise absence could never be proven."""
    step = ROUTES[Mode.SHARE].step("share")
    last = step.settling_seconds + sum(step.looks_seconds)

    assert timedelta(seconds=last) > timedelta(seconds=step.absence.after_seconds)


def test_searching_is_paid_as_publishing() -> None:
    """The reserve is there for it."""
    at = stand(user_timeline=timeline())

    at.look_for("share", order(started_at=NOW))

    assert at.ledger.spent == [("weibo_user_day", True)]
    assert at.platform.requests[0].url.params["trim_user"] == "1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT, "《示例办法》政策解读来了,全文见"),
        ("#惠民# https://www.example.gov.cn/1 办 事 指南", "办事指南"),
        ("https://www.example.gov.cn/1", ""),
    ],
)
def test_the_words_sought_on_a_page_leave_out_what_the_platform_changes(
    text: str, words: str
) -> None:
    """Links, topics and spaces."""
    assert telling_words(text) == words
