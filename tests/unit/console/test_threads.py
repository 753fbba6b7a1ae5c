"""对话: the desk writes back, looks after comments, and sees what became of it."""

import re

import httpx
import pytest

from bot.domain.errors import Explanation, NotPermitted, OutcomeUnknown, TargetGone
from bot.domain.ids import AccountId, ErasureId, ReplyId
from bot.domain.people import Role
from bot.domain.replies.answer import Answer, AnswerState
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.erasure import SETTLING, Erasure, ErasureReason
from bot.domain.replies.reply import Channel, ReplyKind
from bot.usecases.replies.erase_due import erase_due
from bot.usecases.replies.send_answer import send_answer
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send

OPENID = "oXy12abcdefghijklmnop9Zk"
WORDS = "您好，请带身份证到社区服务站登记。"
COMMENT = ReplyId("rpy_9")


@pytest.fixture
def commented(busy: Desk) -> Desk:
    """A desk with a comment under an article."""
    said = make.incoming(
        channel=Channel.WECHAT_COMMENT,
        kind=ReplyKind.COMMENT,
        key="comment:1:0:7",
        sender="",
        text="写得清楚，何时开始？",
        target="1:0",
        platform_id="7",
    )
    with busy.storage.begin() as uow:
        uow.replies.store([make.reply(id=COMMENT, incoming=said)])
        uow.commit()
    return busy


def form_id(client: Browser, reply: str) -> str:
    """The id under which the page's form would store its answer."""
    found = re.search(r'name="answer" value="(ans_[^"]+)"', client.get(f"/replies/{reply}").text)
    assert found
    return found.group(1)


def answers(desk: Desk, *replies: str) -> list[Answer]:
    with desk.storage.begin() as uow:
        return list(uow.answers.of_replies([ReplyId(one) for one in replies]))


def sent(desk: Desk, reply: str) -> Answer:
    """A worker comes by."""
    (answer,) = answers(desk, reply)
    send_answer(answer.id, desk.correspondence)
    return answers(desk, reply)[0]


def page_after(client: Browser, response: httpx.Response) -> str:
    assert response.status_code == 303, response.text
    return client.get(response.headers["location"]).text


def test_the_desk_sees_the_window_and_writes_back(busy: Desk) -> None:
    """What is left, then the answer with its state; a worker is rung for."""
    busy.clock.pass_seconds(60)
    client = busy.signed_in("li", Role.DESK)
    before = client.get("/replies/rpy_1").text

    response = send(client, "/replies/rpy_1/answer", text=WORDS, answer=form_id(client, "rpy_1"))
    waiting = page_after(client, response)
    answer = sent(busy, "rpy_1")
    after = client.get("/replies/rpy_1").text

    assert "微信窗口还剩 2 天，还可发送 2 条" in before
    assert "等待发送" in waiting
    assert 'hx-trigger="every 3s"' in waiting
    assert busy.doorbell.answers == [("acc_1", [answer.id])]
    assert WORDS in after
    assert "已送达平台" in after
    assert "还可发送 1 条" in after
    assert "hx-trigger" not in after.partition('id="thread"')[2].partition(">")[0]


def test_a_form_sent_twice_sends_once(busy: Desk) -> None:
    """A double click, or a page that is sent again."""
    client = busy.signed_in("li", Role.DESK)
    fields = {"text": WORDS, "answer": form_id(client, "rpy_1")}

    send(client, "/replies/rpy_1/answer", **fields)
    again = send(client, "/replies/rpy_1/answer", **fields)

    assert again.status_code == 303
    assert len(answers(busy, "rpy_1")) == 1


def test_a_link_is_sent_as_a_card(busy: Desk) -> None:
    """Its title, the words as description."""
    client = busy.signed_in("li", Role.DESK)
    link = {"title": "办事指南", "url": "https://www.yunling.example/1"}

    send(client, "/replies/rpy_1/answer", text=WORDS, **link)

    (answer,) = answers(busy, "rpy_1")
    card = answer.content.card
    assert card is not None
    assert (card.title, card.description, card.url) == (link["title"], WORDS, link["url"])


def test_a_refusal_keeps_what_was_written(busy: Desk) -> None:
    """Two a message here: the third stays on the page, with the way out."""
    busy.clock.pass_seconds(60)
    client = busy.signed_in("li", Role.DESK)
    for _ in range(2):
        send(client, "/replies/rpy_1/answer", text="前面的答复")

    refused = send(client, "/replies/rpy_1/answer", text=WORDS)

    assert refused.status_code == 409
    assert "请等对方再次来信" in refused.text
    assert WORDS in refused.text
    empty = send(client, "/replies/rpy_2/answer", text=" ")
    assert empty.status_code in {409, 422}


def test_only_the_desk_is_offered_answers(busy: Desk) -> None:
    """Others read; a form they send all the same is refused."""
    client = busy.signed_in("wang", Role.WRITER)

    page = client.get("/replies/rpy_1").text
    refused = send(client, "/replies/rpy_1/answer", text=WORDS)

    assert "<textarea" not in page
    assert refused.status_code == 403
    assert answers(busy, "rpy_1") == []


def test_a_platform_without_answering_offers_none(busy: Desk) -> None:
    """Its replies are read as before."""
    client = busy.signed_in("li", Role.DESK)

    assert "<textarea" not in client.get("/replies/rpy_3").text
    assert send(client, "/replies/rpy_3/answer", text=WORDS).status_code == 422


def test_an_answer_that_may_have_arrived_asks_a_person(busy: Desk) -> None:
    """On 今日 and in the thread; then it counts as sent."""
    client = busy.signed_in("li", Role.DESK)
    send(client, "/replies/rpy_1/answer", text=WORDS)
    busy.correspondent.script = [OutcomeUnknown("no answer")]
    held = sent(busy, "rpy_1")
    page, today = client.get("/replies/rpy_1").text, client.get("/").text

    done = send(client, "/replies/rpy_1/confirm", answer=held.id)
    later = send(client, "/replies/rpy_1/again", answer=held.id)

    assert "结果不明" in page
    assert "再发一次" in page
    assert "请核对对方是否收到" in today
    assert "已登记为送达" in page_after(client, done)
    assert later.status_code == 409
    assert "答复现在是“已送达平台”" in later.text
    assert "请核对对方是否收到" not in client.get("/").text


def test_a_refused_answer_tells_why_and_can_be_sent_again(busy: Desk) -> None:
    """The platform's own words are folded below."""
    client = busy.signed_in("li", Role.DESK)
    send(client, "/replies/rpy_1/answer", text=WORDS)
    told = Explanation("对方没有关注、已被拉黑，或不接收消息", "请改用其他渠道答复", "留言专员")
    busy.correspondent.script = [TargetGone("refused", "48002", explanation=told)]
    refused = sent(busy, "rpy_1")
    page = client.get("/replies/rpy_1").text

    send(client, "/replies/rpy_1/again", answer=refused.id)

    for words in ("没有发出", told.cause, told.next_step, "48002"):
        assert words in page
    assert sent(busy, "rpy_1").state is AnswerState.SENT


def test_answered_replies_are_not_listed_as_unanswered(busy: Desk) -> None:
    """Once somebody wrote back."""
    client = busy.signed_in("li", Role.DESK)
    before = client.get("/replies?unanswered=1").text

    send(client, "/replies/rpy_1/answer", text=WORDS)

    assert "/replies/rpy_1" in before
    assert "/replies/rpy_1" not in client.get("/replies?unanswered=1").text
    assert "已人工答复" in client.get("/replies").text


def test_a_comment_is_selected_answered_and_deleted(commented: Desk) -> None:
    """Each deed shows in the thread; a comment has room for one answer."""
    client = commented.signed_in("li", Role.DESK)
    address = f"/replies/{COMMENT}"
    fresh = client.get(address).text

    selected = page_after(client, send(client, f"{address}/select"))
    send(client, f"{address}/answer", text=WORDS)
    sent(commented, COMMENT)
    answered = client.get(address).text
    gone = page_after(client, send(client, f"{address}/delete"))

    assert "微信窗口" not in fresh
    assert "没有留下身份的读者" in fresh
    assert "已精选" in selected
    assert "取消精选" in selected
    assert "<textarea" in fresh
    assert "<textarea" not in answered
    assert "删除答复" in answered
    assert "平台上已删除" in gone
    assert "写得清楚" in gone
    assert [what for what, _ in commented.comments.asked] == ["select", "delete"]


def test_the_platforms_refusal_of_a_deed_is_told(commented: Desk) -> None:
    """Cause and next step; the comment stands as before."""
    client = commented.signed_in("li", Role.DESK)
    told = Explanation("精选留言已达上限", "请先取消一些精选", "留言专员")
    commented.comments.refusal = NotPermitted("refused", "88003", explanation=told)

    refused = send(client, f"/replies/{COMMENT}/select")

    assert refused.status_code == 409
    assert "精选留言已达上限。请先取消一些精选" in refused.text


def test_a_word_written_in_the_platforms_console_is_shown(commented: Desk) -> None:
    """It answers the comment."""
    with commented.storage.begin() as uow:
        uow.comments.save([CommentStanding(COMMENT, author_reply="作者在后台写的")])
        uow.commit()
    page = commented.signed_in("li", Role.DESK).get(f"/replies/{COMMENT}").text

    assert "平台上的作者回复" in page
    assert "作者在后台写的" in page
    assert "未答复" not in page


def test_comments_without_identity_are_not_one_conversation(commented: Desk) -> None:
    """Two strangers' words do not stand in one thread."""
    other = make.incoming(key="comment:1:0:8", sender="", text="另一位读者的话")
    with commented.storage.begin() as uow:
        uow.replies.store([make.reply(id=ReplyId("rpy_10"), incoming=other)])
        uow.commit()

    assert "另一位读者的话" not in commented.signed_in("li", Role.DESK).get("/replies/rpy_9").text


def test_erased_replies_say_so(busy: Desk) -> None:
    """In the list and in the thread; nothing can be done with them."""
    client = busy.signed_in("li", Role.DESK)
    send(client, "/replies/rpy_1/answer", text=WORDS)
    now = busy.clock.now()
    with busy.storage.begin() as uow:
        uow.erasures.add(
            Erasure(
                ErasureId("ers_1"),
                AccountId("acc_1"),
                OPENID,
                "f" * 32,
                ErasureReason.REQUESTED,
                make.after(3600),
                now,
                "li",
            )
        )
        uow.commit()
    busy.clock.pass_seconds(SETTLING.total_seconds())
    erase_due(busy.storage)

    listed, thread = client.get("/replies").text, client.get("/replies/rpy_1").text

    for page in (listed, thread):
        assert "已按规定删除" in page
        assert "老旧小区怎么申请停车泊位" not in page
    assert WORDS not in thread
    assert "<textarea" not in thread
    assert send(client, "/replies/rpy_1/answer", text=WORDS).status_code == 409


def test_an_unknown_deed_is_not_found(busy: Desk) -> None:
    """In Chinese."""
    response = send(busy.signed_in("li", Role.DESK), "/replies/rpy_1/burn")

    assert response.status_code == 404
    assert "找不到操作" in response.text
