"""What needs no answer: said on the page of a reply, in the inbox for several, and taken back."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.ids import ReplyId
from bot.domain.people import Role
from bot.domain.replies.handling import LONGEST_REASON, SetAside
from bot.domain.replies.reply import Answered, ReplyKind
from bot.domain.topics.rules import WatchRules
from bot.ports.case_storage import RuleSet
from tests import factories as make
from tests.unit.console.desk import Desk, send

NOISE = {1: "谢谢", 2: "[赞][赞]", 3: "收到，谢谢！"}
FOLLOWER = "o_lin_xiao_yun_000000001"


def say(
    desk: Desk, said: dict[int, str], *, answered: Answered | None = None, **more: object
) -> None:
    """Replies rpy_n1, …, each a minute after the one before."""
    with desk.storage.begin() as uow:
        for number, text in said.items():
            at = make.after(600 + 60 * number)
            values = {"sender": FOLLOWER, "key": f"n{number}", "text": text, "said_at": at} | more
            one = make.reply(
                id=ReplyId(f"rpy_n{number}"), incoming=make.incoming(**values), received_at=at
            )
            uow.replies.store([replace(one, answered=answered)])
        uow.commit()


def marks(desk: Desk, *numbers: int) -> dict[str, SetAside]:
    with desk.storage.look() as uow:
        return dict(uow.asides.of_replies([ReplyId(f"rpy_n{number}") for number in numbers]))


def folded(page: str) -> list[str]:
    """Ids of the replies within folds."""
    within = re.findall(r"<details><summary>本页 \d+ 条致谢.*?</details>", page, re.DOTALL)
    return [one for fold in within for one in re.findall(r'href="/replies/(\w+)"', fold)]


def test_what_says_nothing_stands_in_one_fold(busy: Desk) -> None:
    """Behind the others of the page, all within and in the count, with what they say beside."""
    say(busy, NOISE | {4: "请问怎么申请？", 5: "好的"})

    page = busy.signed_in("li", Role.DESK).get("/replies").text

    assert folded(page) == ["rpy_n5", "rpy_n3", "rpy_n2", "rpy_n1"]
    assert page.index("请问怎么申请？") < page.index("本页 4 条致谢、表情等")
    assert "好的 · 收到，谢谢！ · [赞][赞] · 谢谢" in page
    assert "这 4 条都无需答复" in page
    assert page.count('class="said"') == 8
    assert "共 8 条" in page


@pytest.mark.parametrize(
    ("answered", "more"),
    [
        (Answered("您好", "菜单"), {}),
        (None, {"kind": ReplyKind.EVENT}),
    ],
    ids=["answered by rule", "events"],
)
def test_what_a_rule_answered_and_events_are_not_folded(
    busy: Desk, answered: Answered | None, more: dict[str, object]
) -> None:
    """They are as they always were."""
    say(busy, {1: "1", 2: "1"}, answered=answered, **more)

    page = busy.signed_in("li", Role.DESK).get("/replies").text

    assert folded(page) == []
    assert 'href="/replies/rpy_n2"' in page


def test_whoever_searches_sees_every_row(busy: Desk) -> None:
    """Nothing that was found stands in a fold."""
    say(busy, NOISE)

    page = busy.signed_in("li", Role.DESK).get("/replies?q=谢谢").text

    assert folded(page) == []
    assert page.count('class="said"') == 2


def test_a_word_that_the_office_calls_grave_is_not_folded(busy: Desk) -> None:
    """Even a word of the table."""
    rules = WatchRules(names=("云岭市",), grave_words=("收到",))
    with busy.storage.begin() as uow:
        uow.case_rules.add(RuleSet(1, "sun", make.NOW, watch=rules))
        uow.commit()
    say(busy, NOISE)

    page = busy.signed_in("li", Role.DESK).get("/replies").text

    assert folded(page) == ["rpy_n2", "rpy_n1"]


def test_a_fold_is_set_aside_at_once_and_taken_up_again(busy: Desk) -> None:
    """Only what waits of it; the same list is shown again."""
    say(busy, NOISE)
    with busy.storage.begin() as uow:
        uow.answers.add(make.answer(reply=ReplyId("rpy_n1")))
        uow.commit()
    browser = busy.signed_in("li", Role.DESK)
    page = browser.get("/replies?account=acc_1").text
    (shown,) = re.findall(r'name="replies" value="([^"]+)"', page)

    done = send(browser, "/replies/set-aside?account=acc_1", replies=shown)
    after = browser.get(done.headers["location"]).text
    kept = marks(busy, 1, 2, 3)
    back = send(browser, "/replies/take-up?account=acc_1", replies=shown)

    assert shown == "rpy_n3 rpy_n2"
    assert 'action="/replies/set-aside?account=acc_1"' in page
    asked = parse_qs(urlsplit(done.headers["location"]).query)
    assert asked == {"account": ["acc_1"], "done": ["set-aside"]}
    assert "已登记为无需答复" in after
    assert "这 2 条恢复待处理" in after
    assert set(kept) == {"rpy_n2", "rpy_n3"}
    assert back.status_code == 303
    assert marks(busy, 1, 2, 3) == {}


def test_an_inbox_that_is_worked_off_says_so(desk: Desk) -> None:
    """Not that nothing was found; where more is asked for, that."""
    browser = desk.signed_in("li", Role.DESK)

    assert "没有待处理的留言" in browser.get("/replies?handling=waiting").text
    assert "没有找到" in browser.get("/replies?handling=waiting&q=补贴").text


def test_what_was_answered_meanwhile_is_told_above_the_list(busy: Desk) -> None:
    """None of them is set aside; the list stays where it was."""
    say(busy, NOISE)
    browser = busy.signed_in("li", Role.DESK)
    with busy.storage.begin() as uow:
        uow.answers.add(make.answer(reply=ReplyId("rpy_n1")))
        uow.commit()

    refused = send(browser, "/replies/set-aside?account=acc_1", replies="rpy_n1 rpy_n2")
    nothing = send(browser, "/replies/set-aside", replies="")

    assert refused.status_code == 409
    assert "这条留言已有人答复，不能登记为无需答复。一共 2 条，都没有改动" in refused.text
    assert 'value="acc_1" selected' in refused.text
    assert marks(busy, 1, 2) == {}
    assert (nothing.status_code, "请至少选择一条留言" in nothing.text) == (422, True)


def test_a_single_one_is_left_in_its_place(busy: Desk) -> None:
    """A row takes no more room than a fold."""
    say(busy, {1: "好的", 2: "请问怎么申请？"})

    assert folded(busy.signed_in("li", Role.DESK).get("/replies").text) == []


def test_among_what_waits_rows_are_ticked_that_need_no_answer(busy: Desk) -> None:
    """What has words but asks nothing; rows of a fold have its own button."""
    say(busy, NOISE | {4: "今天天气真好，带孩子去了公园", 5: "晚上吃火锅去"})
    browser = busy.signed_in("li", Role.DESK)

    page = browser.get("/replies?handling=waiting").text
    done = send(
        browser, "/replies/set-aside?handling=waiting", **{"reply-rpy_n4": "1", "reply-rpy_n5": "1"}
    )

    ticks = re.findall(r'name="(reply-rpy_n\d)"', page)
    assert ticks == ["reply-rpy_n5", "reply-rpy_n4"]
    assert "勾选的都无需答复" in page
    assert "handling=waiting" in done.headers["location"]
    assert set(marks(busy, 1, 2, 3, 4, 5)) == {"rpy_n4", "rpy_n5"}
    assert "勾选的都无需答复" not in browser.get("/replies").text


def test_others_are_offered_no_deed_and_do_none(busy: Desk) -> None:
    """They see the folds all the same."""
    say(busy, NOISE)
    browser = busy.signed_in("wang", Role.WRITER)

    page, thread = browser.get("/replies").text, browser.get("/replies/rpy_n1").text
    refused = send(browser, "/replies/set-aside", replies="rpy_n1")
    also = send(browser, "/replies/rpy_n1/set-aside", reason="")

    assert folded(page) == ["rpy_n3", "rpy_n2", "rpy_n1"]
    assert "都无需答复" not in page + thread + browser.get("/replies?handling=waiting").text
    assert refused.status_code == also.status_code == 403
    assert marks(busy, 1) == {}


def test_a_reply_is_set_aside_on_its_page_with_a_reason(busy: Desk) -> None:
    """Who, when and why stand in the conversation; in the inbox they are told on hovering."""
    say(busy, {1: "上次说的那件事不用查了"})
    browser = busy.signed_in("li", Role.DESK)

    done = send(browser, "/replies/rpy_n1/set-aside", reason="来信人撤回", all="", replies="rpy_n1")
    thread, inbox = browser.get(done.headers["location"]).text, browser.get("/replies").text
    back = send(browser, "/replies/rpy_n1/take-up")

    assert "已登记为无需答复" in thread
    assert "来信人撤回" in thread
    assert "恢复待处理" in thread
    (title,) = re.findall(r'title="(li同志，[^"]*)"', inbox)
    assert title.endswith("：来信人撤回")
    assert "已恢复待处理" in browser.get(back.headers["location"]).text
    assert marks(busy, 1) == {}


def test_all_of_a_conversation_that_waits_is_set_aside(busy: Desk) -> None:
    """As it was shown: what was said since then is not, and what was answered is left out."""
    say(busy, NOISE)
    browser = busy.signed_in("li", Role.DESK)
    send(browser, "/replies/rpy_n1/answer", text="不客气")
    page = browser.get("/replies/rpy_n1").text
    (shown,) = re.findall(r'name="replies" value="([^"]+)"', page)
    say(busy, {4: "还有，路灯坏了"})

    send(browser, "/replies/rpy_n1/set-aside", all="1", replies=shown, reason="致谢")

    assert "这里 2 条未答复的都无需答复" in page
    assert "这条无需答复" not in page
    assert {mark.reason for mark in marks(busy, 2, 3).values()} == {"致谢"}
    assert set(marks(busy, 1, 2, 3, 4)) == {"rpy_n2", "rpy_n3"}


def test_too_long_a_reason_comes_back_in_its_field(busy: Desk) -> None:
    """Nothing that was typed is lost."""
    say(busy, {1: "谢谢"})
    reason = "长" * (LONGEST_REASON + 1)

    refused = send(busy.signed_in("li", Role.DESK), "/replies/rpy_n1/set-aside", reason=reason)

    assert refused.status_code == 422
    assert 'href="#reason"' in refused.text
    assert f'value="{reason}"' in refused.text


def test_the_inbox_says_what_became_of_a_letter_and_is_narrowed_by_it(busy: Desk) -> None:
    """Its case with a link in the place of 未答复; addresses kept from before still work."""
    say(busy, {1: "三号楼漏水", 2: "谢谢"})
    with busy.storage.begin() as uow:
        uow.cases.add(make.case(account="acc_1", reply=ReplyId("rpy_n1")))
        uow.asides.add([SetAside(ReplyId("rpy_n2"), "li", make.NOW)])
        uow.commit()
    browser = busy.signed_in("li", Role.DESK)

    def listed(query: str) -> set[str]:
        return set(re.findall(r'href="/replies/(rpy_\w+)"', browser.get(f"/replies?{query}").text))

    inbox = browser.get("/replies").text
    assert "办理中 · 已受理" in inbox
    assert '<a href="/cases/case_1">受理编号 20261123-000001</a>' in inbox
    everything = listed("")
    waiting = listed("handling=waiting")
    assert listed("handling=unanswered") == listed("unanswered=1") == waiting | {"rpy_n1"}
    assert listed("handling=set_aside") == {"rpy_n2"}
    assert listed("handling=nonsense") == everything
    assert not waiting & {"rpy_n1", "rpy_n2", "rpy_2"}
    kept = browser.get("/replies?unanswered=1").text
    assert '<option value="unanswered" selected>未答复</option>' in kept
    assert '<input type="hidden" name="handling" value="unanswered">' in kept
