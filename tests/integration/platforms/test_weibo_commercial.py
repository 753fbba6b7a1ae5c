"""Followers of an account with a commercial contract, read and answered on the simulated Weibo."""

import pytest

from bot.domain import errors as tree
from bot.domain.accounts.account import AccountAccess, Mode
from bot.domain.replies.answer import AnswerContent, Way
from bot.domain.replies.reply import Incoming
from bot.ports.correspondence import Letter
from tests.integration.platforms.weibo_stage import Site, post

INBOX = ("/2/comments/to_me", "/2/statuses/mentions", "/2/comments/mentions")


@pytest.fixture
def contract(site: Site) -> AccountAccess:
    """The platform has opened the commercial host to the application."""
    site.weibo.act("set_app_level", app_key="1000000001", level="commercial")
    return site.access(Mode.COMMERCIAL)


def collected(site: Site, access: AccountAccess) -> list[Incoming]:
    found, cursor, more = list[Incoming](), dict[str, str](), True
    while more:
        page = site.collector.read(access, "inbox", cursor)
        found, cursor, more = [*found, *page.incoming], dict(page.cursor), page.more
    return found


def called(site: Site) -> list[str]:
    """The platform's own list of the calls it got, without their endings."""
    return [one["path"].removesuffix(".json") for one in site.weibo.calls(account="fabu")]


def test_a_comment_is_read_and_answered_under_the_contract(
    site: Site, contract: AccountAccess
) -> None:
    """Every call of it on the commercial host, none of them one of the day's hundred."""
    site.perform("share", site.order(post()))
    site.weibo.act("comment", account="fabu", text="个体户适用吗？")
    site.weibo.act("message", account="fabu", text="怎么办理？")

    (said,) = collected(site, contract)
    words = Letter(Way.COMMENT, AnswerContent("适用"), said.sender, said.target, said.platform_id)
    site.correspondent.send(contract, words, seconds=5)
    found = site.correspondent.is_there(contract, words, seconds=5)
    letter = Letter(Way.LETTER, AnswerContent("请到 3 号窗口"), "2900000002", "", "")
    site.correspondent.send(contract, letter, seconds=5)

    assert found
    after_the_post = called(site)[1:]
    assert after_the_post[:3] == [f"{path}/biz" for path in INBOX]
    assert {path.rpartition("/")[2] for path in after_the_post} == {"biz"}
    assert [line["text"] for line in site.lines() if line["channel"] == "active"] == [
        "请到 3 号窗口"
    ]


def test_without_the_contract_the_refusal_says_so(site: Site) -> None:
    """And what to set where the contract is for posts alone."""
    access = site.access(Mode.COMMERCIAL)

    with pytest.raises(tree.NotPermitted) as refused:
        collected(site, access)
    told = [one.next_step for one in site.adapter.check(access) if not one.ok]

    assert refused.value.code == "10014"
    assert any("commercial_scope = posts" in words for words in told)
