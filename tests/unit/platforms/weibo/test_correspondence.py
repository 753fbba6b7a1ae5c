"""Writing back: what is sent, where it is looked for, what fits."""

import json
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from bot.domain import errors as tree
from bot.domain.accounts.account import Account
from bot.domain.accounts.budgets import Purpose
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.reply import Channel, LinkCard
from bot.domain.replies.window import Exchange, Interaction, window_at, window_in_words
from bot.platforms.weibo.attachments import WeiboAttachments
from bot.platforms.weibo.correspondence import WeiboCorrespondent
from bot.platforms.weibo.moderation import WeiboCommentDesk
from bot.ports.commenting import COMMENT_GONE, CommentPlace
from bot.ports.correspondence import Letter
from tests import factories as make
from tests.factories import NOW, after
from tests.unit.platforms.weibo.stand import (
    MID,
    UID,
    Ledger,
    Stand,
    access,
    refusal,
    stand,
    weibo_moment,
)

WORDS = "您好，个体工商户适用本办法，详见 https://www.example.gov.cn/1 "
COMMENT = "5367268552738900"
ASKER = "2900000002"
ACCOUNT = access().account


def word(content: AnswerContent | None = None, comment: str = COMMENT) -> Letter:
    return Letter(Way.COMMENT, content or AnswerContent(WORDS), ASKER, MID, comment)


def letter(content: AnswerContent | None = None) -> Letter:
    return Letter(Way.LETTER, content or AnswerContent(WORDS), ASKER, "", "")


def ours(an_id: int, text: str, answers: str | None = COMMENT, mid: str = MID) -> dict[str, Any]:
    body = {
        "created_at": weibo_moment(NOW),
        "id": an_id,
        "text": text,
        "user": {"id": int(UID), "screen_name": "示例市发布"},
        "status": {"id": int(mid)},
    }
    return body | ({"reply_comment": {"id": int(answers)}} if answers else {})


def own(*comments: dict[str, Any]) -> dict[str, Any]:
    return {"comments": list(comments), "next_cursor": 0}


def correspondent(at: Stand) -> WeiboCorrespondent:
    return WeiboCorrespondent(at.http, at.tokens, at.ledger, at.clock)


def test_a_comment_is_answered_under_itself() -> None:
    """With the operator's address that the platform wants."""
    at = stand(reply=ours(7, WORDS))

    correspondent(at).send(access(), word(), seconds=5)

    form = at.platform.form()
    assert at.platform.requests[0].url.path == "/2/comments/reply.json"
    assert {name: form[name] for name in ("cid", "id", "comment", "rip")} == {
        "cid": COMMENT,
        "id": MID,
        "comment": WORDS,
        "rip": "203.0.113.10",
    }
    assert at.ledger.purposes == [Purpose.ANSWERING]


def test_a_post_that_names_us_is_answered_under_that_post() -> None:
    """There is no comment to answer."""
    at = stand(create=ours(7, WORDS, answers=None))

    correspondent(at).send(access(), word(comment=MID), seconds=5)

    assert at.platform.requests[0].url.path == "/2/comments/create.json"
    assert at.platform.form()["id"] == MID


def test_a_private_message_is_a_form_with_json_inside() -> None:
    """Encoded once, by the form."""
    at = stand(messages_reply={"result": True})

    correspondent(at).send(access(), letter(), seconds=5)

    request = at.platform.requests[0]
    form = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
    assert request.url.host == "m.api.weibo.com"
    assert json.loads(form["data"]) == {"text": WORDS}
    assert (form["type"], form["receiver_id"], form["save_sender_box"]) == ("text", ASKER, "1")


def test_a_card_is_an_article_with_a_picture() -> None:
    """As the platform's passive answers have it."""
    at = stand(messages_reply={"result": True})
    card = LinkCard("办事指南", "怎么办", "https://www.example.gov.cn/1", "https://p.example/1.jpg")

    correspondent(at).send(access(), letter(AnswerContent("办事指南", card)), seconds=5)

    (article,) = json.loads(at.platform.form()["data"])["articles"]
    assert at.platform.form()["type"] == "articles"
    assert article == {
        "display_name": "办事指南",
        "summary": "怎么办",
        "image": "https://p.example/1.jpg",
        "url": "https://www.example.gov.cn/1",
    }


@pytest.mark.parametrize("answer", [{"result": True}, {"result": "true"}, {}, []], ids=str)
def test_whatever_is_no_refusal_is_a_success(answer: Any) -> None:
    """Its form is not documented."""
    at = stand(messages_reply=httpx.Response(200, json=answer))

    correspondent(at).send(access(), letter(), seconds=5)

    assert len(at.platform.requests) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(20301), tree.TargetGone),
        (refusal(20013), tree.ContentRejected),
        (refusal(20306), tree.OutcomeUnknown),
        (refusal(21332), tree.CredentialExpired),
        (httpx.Response(200, json={"result": False}), tree.OutcomeUnknown),
        (httpx.Response(502, html="<html>"), tree.OutcomeUnknown),
    ],
)
def test_refused_letters_are_told_apart(answer: httpx.Response, kind: type) -> None:
    """A false without a reason may be anything: nobody sends it again on a guess."""
    with pytest.raises(kind):
        correspondent(stand(messages_reply=answer)).send(access(), letter(), seconds=5)


def test_a_comment_that_is_gone_is_named() -> None:
    """The post being gone is another matter."""
    for code, is_named in ((20201, True), (20101, False)):
        with pytest.raises(tree.TargetGone) as gone:
            correspondent(stand(reply=refusal(code))).send(access(), word(), seconds=5)
        assert (COMMENT_GONE in gone.value.evidence) is is_named


def test_answers_leave_the_reserve_to_publishing() -> None:
    """At 80 calls they wait for the next day."""
    at = stand(reply=ours(7, WORDS))
    at.ledger = Ledger(already=80)

    with pytest.raises(tree.RateLimited):
        correspondent(at).send(access(), word(), seconds=5)


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (ours(7, "回复@市民甲:您好，个体工商户适用本办法，详见 http://t.cn/A6abcd12"), True),
        (ours(7, "您好，个体工商户适用本办法，详见 http://t.cn/A6abcd12"), True),
        (ours(7, "回复@市民甲:另一句"), False),
        (ours(7, f"回复@市民乙:{WORDS}", answers="5367268552738901"), False),
        (ours(7, WORDS, mid="77"), False),
    ],
    ids=["as the platform writes it", "bare", "other words", "another comment", "another post"],
)
def test_our_words_are_found_among_our_own_comments(shown: dict[str, Any], found: bool) -> None:
    """Not finding them is no proof: the platform would take them twice."""
    at = stand(by_me=own(shown))

    if found:
        assert correspondent(at).is_there(access(), word(), seconds=5)
    else:
        with pytest.raises(tree.PlatformUnavailable):
            correspondent(at).is_there(access(), word(), seconds=5)


def test_words_under_a_post_are_found_too() -> None:
    """They answer no comment."""
    at = stand(by_me=own(ours(7, WORDS, answers=None)))

    assert correspondent(at).is_there(access(), word(comment=MID), seconds=5)


@pytest.mark.parametrize(
    ("content", "way", "options", "fields"),
    [
        (AnswerContent("字" * 299), Way.LETTER, {}, set()),
        (AnswerContent("字" * 300), Way.LETTER, {}, {"text"}),
        (AnswerContent(" "), Way.LETTER, {}, {"text"}),
        (AnswerContent("x", article="1"), Way.LETTER, {}, {"article"}),
        (AnswerContent("x", LinkCard("题", "", "https://x/")), Way.LETTER, {}, {"title"}),
        (AnswerContent("x", LinkCard("题", "", "x", "https://p/")), Way.LETTER, {}, {"url"}),
        (AnswerContent("字" * 130), Way.COMMENT, {}, set()),
        (AnswerContent("字" * 131), Way.COMMENT, {}, {"text"}),
        (AnswerContent("字" * 140), Way.COMMENT, {"comment_units": "200"}, set()),
        (AnswerContent("字" * 141), Way.COMMENT, {"comment_units": "200"}, {"text"}),
        (AnswerContent(""), Way.COMMENT, {}, {"text"}),
        (AnswerContent("x", LinkCard("题", "", "https://x/")), Way.COMMENT, {}, {"url"}),
    ],
)
def test_what_does_not_fit_is_said_before_it_is_sent(
    content: AnswerContent, way: Way, options: dict[str, str], fields: set[str]
) -> None:
    """Lengths as Weibo counts them."""
    faults = correspondent(stand()).faults(content, way, access(**options).account)

    assert {fault.field for fault in faults} == fields


def window(what: str, hours: float, letters: int = 0, account: Account = ACCOUNT) -> Any:
    rules = correspondent(stand()).window_rules(account)
    sent = [after(60 + n) for n in range(letters)]
    exchange = Exchange([Interaction(what, NOW)], sent)
    now = after(hours * 3600)
    return window_at(now, exchange, rules), now, rules


@pytest.mark.parametrize("what", ["message", "follow", "subscribe", "click", "scan_follow"])
def test_for_two_days_after_an_act_any_number_may_be_written(what: str) -> None:
    """And the desk reads no number."""
    open_, now, rules = window(what, 47, letters=30)
    closed, *_ = window(what, 48.1)

    assert open_.is_open
    assert window_in_words(open_, now, platform="微博", rules=rules) == "微博窗口还剩 1 小时"
    assert not closed.is_open


def test_after_a_pushed_mention_one_may_be_written() -> None:
    """And none to somebody who stopped following."""
    assert window("mention_comment", 1)[0].left == 1
    assert not window("mention_comment", 1, letters=1)[0].is_open
    assert not window("unfollow", 1)[0].is_open
    assert correspondent(stand()).leavings() == {}


def test_our_words_can_be_taken_away_everything_else_is_done_on_the_web_page() -> None:
    """What is gone already is no error."""
    at = stand(
        by_me=own(ours(7, WORDS), ours(8, "别处", answers="1"), ours(9, "第二句")),
        destroy=[httpx.Response(200, json=ours(7, WORDS)), refusal(20201)],
    )
    desk = WeiboCommentDesk(at.http, at.tokens, at.ledger, at.clock)
    place = CommentPlace(MID, COMMENT)

    desk.delete_answer(access(), place)

    deleted = [at.platform.form(n)["cid"] for n in (1, 2)]
    assert deleted == ["7", "9"]
    for deed in (desk.select, desk.unselect, desk.delete):
        with pytest.raises(tree.NotPermitted) as refused:
            deed(access(), place)
        assert "微博网页" in refused.value.explanation.next_step
    with pytest.raises(tree.NotPermitted):
        desk.open(access(), {}, article=1)


def pushed(**data: str) -> Any:
    raw = json.dumps({"type": "image", "data": data})
    return make.incoming(channel=Channel.WEIBO_MESSAGE, type_name="image", raw=raw)


def test_a_picture_is_fetched_by_the_number_that_is_ours() -> None:
    """From the upload host; nothing is asked where nothing came."""
    at = stand(
        msget=httpx.Response(200, content=b"\xff\xd8", headers={"content-type": "image/jpeg"})
    )
    attachments = WeiboAttachments(at.http, at.tokens, at.ledger, at.clock)

    found = attachments.fetch(access(), pushed(vfid="1", tovfid="2"))

    assert found is not None
    assert (found.content, found.media_type) == (b"\xff\xd8", "image/jpeg")
    request = at.platform.requests[0]
    assert (request.url.host, request.url.params["fid"]) == ("upload.api.weibo.com", "2")
    assert attachments.fetch(access(), pushed()) is None
    assert attachments.fetch(access(), make.incoming(raw="{}")) is None
    assert len(at.platform.requests) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(10017), tree.Misconfigured),
        (httpx.Response(200, json={"error": "x", "error_code": 21327}), tree.CredentialExpired),
        (httpx.Response(200, html="<html>busy</html>"), tree.PlatformUnavailable),
        (httpx.Response(200, json={"fine": "but no picture"}), tree.PlatformUnavailable),
    ],
)
def test_a_refusal_is_never_taken_for_a_picture(answer: httpx.Response, kind: type) -> None:
    """Whatever its status."""
    at = stand(msget=answer)
    attachments = WeiboAttachments(at.http, at.tokens, at.ledger, at.clock)

    with pytest.raises(kind):
        attachments.fetch(access(), pushed(tovfid="2"))
