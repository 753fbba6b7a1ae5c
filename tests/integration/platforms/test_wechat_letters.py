"""Answers to followers against the simulated WeChat."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.errors import (
    Misconfigured,
    NotPermitted,
    NotSent,
    OutcomeUnknown,
    PlatformError,
    TargetGone,
)
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.reply import LinkCard
from bot.platforms.wechat import evidence
from bot.ports.correspondence import Letter
from bot.sandbox.faults import FaultKind
from tests.integration.platforms.wechat_stage import FAN, Stage

WORDS = "您好，补贴在区政务大厅 3 号窗口申请。"
SEND = "*/message/custom/send"


def letter(content: AnswerContent | None = None, recipient: str = FAN) -> Letter:
    return Letter(Way.LETTER, content or AnswerContent(WORDS), recipient, "", "")


def access_on(stage: Stage) -> AccountAccess:
    return stage.walk(Mode.PUBLISH).access


def told(stage: Stage) -> list[Any]:
    """What the follower got as customer-service messages."""
    lines = stage.books["followers"][FAN]["conversation"]
    return [(line["type"], line["content"]) for line in lines if line["via"] == "custom"]


def writes(stage: Stage) -> None:
    stage.wechat.act("follower_writes", account="city", openid=FAN, text="补贴怎么申请")


def test_a_follower_who_wrote_gets_words_and_a_link(stage: Stage) -> None:
    """As they are, Chinese raw."""
    writes(stage)
    card = LinkCard("办事指南", "怎么申请补贴", "https://www.yunling.example/1")

    stage.correspondent.send(access_on(stage), letter(), seconds=20)
    stage.correspondent.send(access_on(stage), letter(AnswerContent(card.title, card)), seconds=20)

    (_, words), (_, news) = told(stage)
    assert words == {"content": WORDS}
    assert news["articles"][0]["url"] == card.url


def test_a_published_article_is_sent_by_its_id(stage: Stage) -> None:
    """The follower opens it like any article of the account."""
    walk = stage.walk(Mode.PUBLISH)
    walk.publish()
    writes(stage)
    article = walk.evidence[evidence.ARTICLE_ID]

    stage.correspondent.send(
        walk.access, letter(AnswerContent("文章", article=article)), seconds=20
    )

    assert told(stage) == [("mpnewsarticle", {"article_id": article})]
    with pytest.raises(PlatformError) as refused:
        stage.correspondent.send(
            walk.access, letter(AnswerContent("文章", article="no")), seconds=20
        )
    assert refused.value.code == "53600"


def test_our_window_and_the_platforms_end_together(stage: Stage) -> None:
    """Five a message; the sixth is 45047 there, and what we count says so before."""
    writes(stage)
    access = access_on(stage)
    allowed = stage.correspondent.window_rules(access.account).allowances

    for _ in range(allowed["message"].count):
        stage.correspondent.send(access, letter(), seconds=20)
    with pytest.raises(TargetGone) as used_up:
        stage.correspondent.send(access, letter(), seconds=20)

    assert used_up.value.code == "45047"
    assert "条数已达上限" in used_up.value.explanation.cause
    stage.wechat.shift_clock(allowed["message"].lasts.total_seconds())
    with pytest.raises(TargetGone) as over:
        stage.correspondent.send(access, letter(), seconds=20)
    assert over.value.code == "45015"


def test_a_tap_allows_three_within_a_minute(stage: Stage) -> None:
    """As the rules say."""
    stage.wechat.act("follower_clicks", account="city", openid=FAN, key="QA")
    access = access_on(stage)
    allowed = stage.correspondent.window_rules(access.account).allowances["click"]

    for _ in range(allowed.count):
        stage.correspondent.send(access, letter(), seconds=20)
    with pytest.raises(TargetGone):
        stage.correspondent.send(access, letter(), seconds=20)


def test_an_account_may_still_have_twenty() -> None:
    """The numbers have changed often: options say which hold."""
    from tests.unit.platforms.wechat.stand import Stand, access

    account = access(options={"letters_per_message": "20", "letters_per_act": "9"}).account
    rules = correspondent_of(Stand()).window_rules(account)

    assert (rules.allowances["message"].count, rules.allowances["scan"].count) == (20, 9)


def correspondent_of(stand: Any) -> Any:
    from bot.platforms.wechat.correspondence import WechatCorrespondent

    return WechatCorrespondent(
        stand.http, stand.storage.tokens(), stand.storage.budgets(), stand.clock
    )


@pytest.mark.parametrize(
    ("refusing", "code", "cause"),
    [
        ({"refuses_messages": True}, "48002", "不接收消息"),
        ({"refuses_messages": False, "is_blacklisted": True}, "43019", "拉黑"),
    ],
)
def test_a_follower_who_refuses_is_said(
    stage: Stage, refusing: dict[str, bool], code: str, cause: str
) -> None:
    """In words, with another way."""
    writes(stage)
    stage.wechat.act("follower_refuses", account="city", openid=FAN, **refusing)

    with pytest.raises(TargetGone) as refused:
        stage.correspondent.send(access_on(stage), letter(), seconds=20)

    told = refused.value.explanation
    assert refused.value.code == code
    assert cause in told.cause
    assert "其他渠道" in told.next_step


@pytest.mark.parametrize(
    ("code", "cause"),
    [(70000, "未成年人"), (43004, "没有关注"), (40003, "不是本公众号的粉丝"), (48001, "权限")],
)
def test_every_other_refusal_is_explained(stage: Stage, code: int, cause: str) -> None:
    """From the table of codes; nothing was sent, and nothing is tried again."""
    writes(stage)
    stage.fault(FaultKind.ERROR, SEND, code=code)

    with pytest.raises((TargetGone, NotPermitted, Misconfigured)) as refused:
        stage.correspondent.send(access_on(stage), letter(), seconds=20)

    assert cause in refused.value.explanation.cause
    assert told(stage) == []


@pytest.mark.parametrize(
    "kind", [FaultKind.RESET_AFTER, FaultKind.HTTP_5XX_AFTER, FaultKind.HTML_200_AFTER]
)
def test_a_letter_whose_answer_is_lost_is_unknown(stage: Stage, kind: FaultKind) -> None:
    """It did arrive: sending again would be a second one."""
    writes(stage)
    stage.fault(kind, SEND)

    with pytest.raises(OutcomeUnknown):
        stage.correspondent.send(access_on(stage), letter(), seconds=20)

    assert len(told(stage)) == 1


def test_busy_says_nothing_about_a_letter(stage: Stage) -> None:
    """-1 to a call that others see is unknown."""
    writes(stage)
    stage.fault(FaultKind.ERROR_AFTER, SEND, code=-1)

    with pytest.raises(OutcomeUnknown):
        stage.correspondent.send(access_on(stage), letter(), seconds=20)


def test_no_connection_is_not_sent(stage: Stage) -> None:
    """It can be tried again."""
    walk = stage.walk(Mode.PUBLISH)
    away = replace(walk.access.account, api_base={"api": "http://127.0.0.1:9"})

    with pytest.raises(NotSent):
        stage.correspondent.send(AccountAccess(away, walk.access.secrets), letter(), seconds=20)


@pytest.mark.parametrize(
    ("content", "way", "field"),
    [
        (AnswerContent(" "), Way.LETTER, "text"),
        (AnswerContent("答" * 683), Way.LETTER, "text"),
        (AnswerContent("x", LinkCard("", "", "https://a.example")), Way.LETTER, "title"),
        (AnswerContent("x", LinkCard("指南", "", "javascript:x")), Way.LETTER, "url"),
        (AnswerContent(""), Way.COMMENT, "text"),
        (AnswerContent("答" * 601), Way.COMMENT, "text"),
        (AnswerContent("x", LinkCard("指南", "", "https://a.example")), Way.COMMENT, "url"),
    ],
)
def test_what_the_platform_would_refuse_is_refused_before(
    stage: Stage, content: AnswerContent, way: Way, field: str
) -> None:
    """With the field to change; within the limits nothing is said."""
    account = access_on(stage).account

    (problem,) = stage.correspondent.faults(content, way, account)

    assert problem.field == field
    most = 682 if way is Way.LETTER else 600
    assert stage.correspondent.faults(AnswerContent("答" * most), way, account) == ()
