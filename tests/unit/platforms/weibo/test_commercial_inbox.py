"""Followers of an account with a commercial contract: read and answered on that contract's host."""

from datetime import timedelta

import httpx
import pytest

from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.accounts.budgets import COMMERCIAL_BUCKET
from bot.domain.replies.answer import AnswerContent, Way
from bot.platforms.weibo.client.hosts import COMMERCIAL_TWINS
from bot.platforms.weibo.correspondence import WeiboCorrespondent
from bot.ports.correspondence import Letter
from tests.factories import NOW, after
from tests.unit.platforms.weibo.inbox import (
    COUNTED,
    LIVE,
    NEW,
    comment,
    comments,
    counts,
    mentions,
    unread,
)
from tests.unit.platforms.weibo.stand import MID, Ledger, Stand, access, refusal, stand, timeline

HOST = "c.api.weibo.com"
EMPTY = {"to_me": comments(), "statuses_mentions": mentions(), "comments_mentions": comments()}


def contract(**options: str) -> AccountAccess:
    return access(Mode.COMMERCIAL, collecting_basis="合同 7 号", **options)


def visit(at: Stand, given: AccountAccess, cursor: dict[str, str]) -> tuple[int, dict[str, str]]:
    """A whole visit: how many replies came, and the cursor after it."""
    found = 0
    for _ in range(50):
        page = at.collector.read(given, "inbox", cursor, live=(LIVE,))
        found, cursor = found + len(page.incoming), dict(page.cursor)
        if not page.more:
            return found, cursor
    raise AssertionError("the visit never ends")


def asked(at: Stand) -> list[tuple[str, str]]:
    return [(request.url.host, request.url.path) for request in at.platform.requests]


def answered(at: Stand, given: AccountAccess, letter: Letter) -> None:
    correspondent = WeiboCorrespondent(at.http, at.tokens, at.ledger, at.clock)
    correspondent.send(given, letter, seconds=5)


def test_every_stream_is_read_without_asking_the_counters_first() -> None:
    """Calls are plenty there, and counted apart from the hundred of the day."""
    at = stand(**EMPTY | {"to_me": comments(comment(NEW))})

    found, _ = visit(at, contract(), COUNTED)

    assert found == 1
    assert asked(at) == [
        (HOST, "/2/comments/to_me/biz.json"),
        (HOST, "/2/statuses/mentions/biz.json"),
        (HOST, "/2/comments/mentions/biz.json"),
    ]
    assert {bucket for bucket, _ in at.ledger.spent} == {COMMERCIAL_BUCKET}
    assert set(at.ledger.purposes) == {None}


def test_a_contract_for_posts_alone_leaves_followers_to_the_ordinary_interface() -> None:
    """As the account's option says."""
    at = stand(unread_count=unread())

    visit(at, contract(commercial_scope="posts"), COUNTED)

    assert asked(at) == [("rm.api.weibo.com", "/2/remind/unread_count.json")]
    assert at.ledger.spent == [("weibo_user_day", False)]


@pytest.mark.parametrize(
    ("letter", "path"),
    [
        (Letter(Way.COMMENT, AnswerContent("适用"), "2", MID, "7"), "/2/comments/reply/biz.json"),
        (Letter(Way.COMMENT, AnswerContent("适用"), "2", MID, MID), "/2/comments/create/biz.json"),
        (Letter(Way.LETTER, AnswerContent("您好"), "2", "", ""), "/2/messages/reply/biz.json"),
    ],
    ids=["under a comment", "under a post", "a letter"],
)
def test_answers_go_through_the_same_host(letter: Letter, path: str) -> None:
    """With the same fields as ordinary ones."""
    reply = {"reply": comment(NEW)} if letter.way is Way.COMMENT else {"reply": {"result": True}}
    at = stand(**reply, create=comment(NEW))

    answered(at, contract(), letter)

    assert asked(at) == [(HOST, path)]
    assert [bucket for bucket, _ in at.ledger.spent] == [COMMERCIAL_BUCKET]


def test_what_the_host_does_not_have_is_asked_at_the_ordinary_one() -> None:
    """The comments under one post are, within the day's hundred; counting has a twin."""
    at = stand(**EMPTY, count=httpx.Response(200, json=counts(2)), comments_show=comments())
    cursor = {"swept_at": NOW.isoformat(), "seen_at": NOW.isoformat()}

    visit(at, contract(), cursor)

    assert asked(at)[3:] == [
        (HOST, "/2/statuses/count/biz.json"),
        ("api.weibo.com", "/2/comments/show.json"),
    ]
    assert "/2/comments/show.json" not in COMMERCIAL_TWINS
    assert at.ledger.spent[-1] == ("weibo_user_day", False)


def test_a_spent_ordinary_day_does_not_stop_reading() -> None:
    """What waits for the comments under a post is read tomorrow; the streams go on."""
    at = stand(**EMPTY, count=httpx.Response(200, json=counts(2)))
    at.ledger = Ledger(already=80)
    cursor = {"swept_at": NOW.isoformat(), "seen_at": NOW.isoformat()}

    _, after_it = visit(at, contract(), cursor)

    assert [host for host, _ in asked(at)] == [HOST] * 4
    assert f"count.{MID}" not in after_it


def test_the_next_visit_is_minutes_away_day_and_night() -> None:
    """As the pages advise; with the contract's calls spent it waits for midnight."""
    at, account = stand(), contract().account

    soon = at.collector.next_visit(account, now=NOW, posts=[])
    at.ledger = Ledger(already=50_000)
    spent = at.collector.next_visit(account, now=NOW, posts=[])

    assert soon == after(300)
    assert spent - NOW > timedelta(hours=1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (comments(), "可以用商业接口收取和答复评论"),
        (refusal(10014, http_status=403), "商业接口没有开放评论"),
    ],
)
def test_the_check_tells_whether_the_contract_is_for_followers_too(
    said: httpx.Response, told: str
) -> None:
    """Before the first comment is missed; what to do is told with it."""
    facts = {"uid": 1, "appkey": 1, "expire_in": 86_400 * 90}
    at = stand(get_token_info=facts, user_timeline=timeline(), to_me=said)

    found = at.adapter.check(contract())

    (finding,) = [one for one in found if one.what.startswith(told)]
    assert finding.ok or "commercial_scope = posts" in finding.next_step
