"""Our client functions read every answer of the samples that the simulated platform also gives."""

from collections.abc import Callable

import httpx
import pytest

from bot.domain.accounts.account import Mode
from bot.domain.accounts.budgets import Purpose
from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.errors import PlatformError
from bot.platforms.weibo.client import (
    account,
    answering,
    articles,
    comments,
    commercial,
    consent,
    deleting,
    menus,
    sharing,
    timeline,
)
from bot.platforms.weibo.client.comments import Span
from bot.platforms.weibo.client.hosts import COMMERCIAL_TWINS
from bot.platforms.weibo.client.session import Session, Upload
from bot.platforms.weibo.errors import error_table
from tests.exchanges import Exchange, exchanges
from tests.unit.platforms.weibo.stand import PNG, access, stand

PICTURE = Upload(PNG, "image/png")
FORM = {"status": "x"}
MENU = Menu((Button("最新政策", ButtonKind.CLICK, {"key": "latest"}),))
READ_BY: dict[str, Callable[[Session], object]] = {
    "/oauth2/access_token": lambda s: consent.exchange_code(s, "c", redirect_uri="https://x/"),
    "/oauth2/get_token_info": account.token_facts,
    "/2/users/show.json": account.followers,
    "/2/statuses/share.json": lambda s: sharing.share(s, FORM, None),
    "/2/statuses/user_timeline.json": timeline.own_timeline,
    "/2/statuses/show.json": lambda s: timeline.show(s, "1"),
    "/2/statuses/count.json": lambda s: timeline.counts(s, ["1"]),
    "/2/statuses/upload_pic/biz.json": lambda s: commercial.upload_picture(s, PICTURE),
    "/2/statuses/update/biz.json": lambda s: commercial.update(s, FORM, ()),
    "/2/statuses/upload_url_text/biz.json": lambda s: commercial.update(s, FORM, ("1",)),
    "/proxy/article/publish.json": lambda s: articles.publish_article(s, FORM),
    "/2/remind/unread_count.json": lambda s: comments.unread_count(s, "1"),
    "/2/comments/to_me.json": lambda s: comments.comments_to_me(s, Span(0)),
    "/2/comments/mentions.json": lambda s: comments.comment_mentions(s, Span(0)),
    "/2/statuses/mentions.json": lambda s: comments.mentions(s, Span(0)),
    "/2/comments/show.json": lambda s: comments.comments_under(s, "1", Span(0)),
    "/2/comments/by_me.json": comments.own_comments,
    "/2/comments/reply.json": lambda s: answering.reply_to_comment(s, "1", "2", "x", rip="1"),
    "/2/comments/create.json": lambda s: answering.comment_post(s, "1", "x", rip="1"),
    "/2/statuses/destroy.json": lambda s: deleting.delete_post(s, "1"),
    "/2/comments/destroy.json": lambda s: answering.delete_own_comment(s, "1"),
    "/2/messages/menu/create.json": lambda s: menus.create_menu(s, MENU),
    "/2/messages/menu/show.json": menus.get_menu,
    "/2/messages/menu/delete.json": menus.delete_menu,
    "/2/messages/reply.json": lambda s: answering.send_letter(s, "1", "text", {"text": "x"}),
}
READ_BY |= {path.replace(".json", "/biz.json"): READ_BY[path] for path in sorted(COMMERCIAL_TWINS)}
READ = [one for one in exchanges("weibo") if one.path in READ_BY]


def code_of(exchange: Exchange) -> str:
    """The platform's code in any of its envelopes, empty for a success."""
    body = exchange.response.get("body")
    if not isinstance(body, dict):
        return ""
    code = str(body.get("error_code") or body.get("errcode") or body.get("code") or "")
    return "" if code == "100000" else code


def session_on(exchange: Exchange) -> Session:
    """A session of an account whose calls go where the sample's did; the platform looks."""
    mode = Mode.COMMERCIAL if exchange.path.endswith("/biz.json") else Mode.SHARE
    answer = httpx.Response(exchange.response["status"], json=exchange.response.get("body"))
    name = exchange.path.removesuffix(".json").removesuffix("/biz").rsplit("/", 1)[-1]
    at = stand(**{name: answer})
    at.platform.only = exchange.path
    link = at.adapter._link
    return link.session(access(mode), seconds=5, purpose=Purpose.PUBLISHING)


@pytest.mark.parametrize("exchange", READ, ids=str)
def test_every_answer_is_read(exchange: Exchange) -> None:
    """A refusal becomes the explained error of its code, anything else a value."""
    read, code = READ_BY[exchange.path], code_of(exchange)

    if not code:
        read(session_on(exchange))
        return
    with pytest.raises(PlatformError) as refused:
        read(session_on(exchange))
    words = str(refused.value.detail)
    assert refused.value.code == code
    assert refused.value.explanation == error_table().row(code, words).explanation


def test_every_client_function_has_a_sample() -> None:
    """A new call of ours comes with an exchange and is read here."""
    assert {one.path for one in READ} == set(READ_BY)


def test_every_code_of_the_samples_has_a_row() -> None:
    """Also those of calls that are not ours."""
    table = error_table()
    codes = {code_of(one) for one in exchanges("weibo")} - {""}
    families = tuple(table.families)

    assert {code for code in codes if code not in table.codes} == {"26402", "100001"}
    assert "26402".startswith(families)


def test_what_the_samples_hold_arrives() -> None:
    """Ids keep all their digits, texts are unescaped, a deleted author leaves the words."""
    by_name = {str(one): one for one in READ}

    def read(name: str) -> object:
        return READ_BY[by_name[name].path](session_on(by_name[name]))

    received, orphaned = read("comments: comments to us"), read("comments: a deleted author")
    answer, published = read("comments: an answer"), read("article: an article")

    assert isinstance(received, comments.Page)
    assert received.items[1].text == "个体户适用吗？<急>"
    assert received.items[1].id == "5367268552739001"
    assert isinstance(orphaned, comments.Page)
    assert (orphaned.items[0].user.uid, orphaned.items[0].text) == ("", "@示例市发布 请回复")
    assert getattr(answer, "reply_to", "") == "5367268552739001"
    assert published == articles.PublishedArticle(
        "1022:2309405367268552738005",
        "https://weibo.com/ttarticle/p/show?id=2309405367268552738005",
        "5367268552738006",
    )
