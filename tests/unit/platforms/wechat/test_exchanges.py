"""Our client functions read every answer of the samples that the simulated platform also gives."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.accounts.menu import Button, ButtonKind, Menu
from bot.domain.errors import PlatformError
from bot.domain.replies.answer import AnswerContent
from bot.platforms.transport import Deadline
from bot.platforms.wechat.client import access as asking
from bot.platforms.wechat.client import (
    comments,
    custom,
    datacube,
    drafts,
    endpoints,
    mass,
    menus,
    publishing,
    uploads,
)
from bot.platforms.wechat.client.comments import ArticlePlace
from bot.platforms.wechat.client.endpoints import Endpoint
from bot.platforms.wechat.client.session import Line, Session, Upload
from bot.platforms.wechat.client.tokens import TokenKeeper
from bot.platforms.wechat.errors import Section, table
from tests.exchanges import Exchange, exchanges
from tests.factories import NOW
from tests.unit.platforms.wechat.stand import Stand, access

DRAFT = {"msgtype": "mpnews", "mpnews": {"media_id": "x"}}
MENU = Menu((Button("查政策", ButtonKind.CLICK, {"key": "SEARCH"}),))
DAY = date(2026, 11, 23)
ARTICLE = ArticlePlace(1, 0)
PICTURE = Upload(b"\xff\xd8\xff", "image/jpeg")
READ_BY: dict[Endpoint, Callable[[Session], object]] = {
    endpoints.UPLOAD_PICTURE: lambda s: uploads.upload_picture(s, PICTURE),
    endpoints.MEDIA_GET: lambda s: s.fetch(endpoints.MEDIA_GET, {"media_id": "x"}),
    endpoints.ADD_MATERIAL: lambda s: uploads.add_to_library(s, PICTURE),
    endpoints.DRAFT_ADD: lambda s: drafts.add_draft(s, [{"title": "x"}]),
    endpoints.DRAFT_GET: lambda s: drafts.get_draft(s, "x"),
    endpoints.DRAFT_LIST: drafts.newest_drafts,
    endpoints.DRAFT_DELETE: lambda s: drafts.delete_draft(s, "x"),
    endpoints.PUBLISH_SUBMIT: lambda s: publishing.submit(s, "x"),
    endpoints.PUBLISH_GET: lambda s: publishing.get_job(s, "1"),
    endpoints.PUBLISHED_ARTICLE: lambda s: publishing.get_published(s, "x"),
    endpoints.PUBLISHED_LIST: lambda s: list(publishing.newest_published(s, since=NOW)),
    endpoints.PUBLISH_DELETE: lambda s: publishing.delete(s, "x"),
    endpoints.MASS_SENDALL: lambda s: mass.send_to_all(s, DRAFT, key="k"),
    endpoints.MASS_GET: lambda s: mass.get_status(s, "1"),
    endpoints.MASS_PREVIEW: lambda s: mass.preview(s, DRAFT, openid="o"),
    endpoints.MASS_DELETE: lambda s: mass.delete(s, "1"),
    endpoints.MASS_SPEED_GET: mass.get_speed,
    endpoints.MASS_SPEED_SET: lambda s: mass.set_speed(s, 1),
    endpoints.CALLBACK_CHECK: asking.callback_answers,
    endpoints.COMMENT_LIST: lambda s: comments.list_comments(s, ARTICLE, begin=0),
    endpoints.COMMENT_OPEN: lambda s: comments.set_open(s, ARTICLE, is_open=True),
    endpoints.COMMENT_CLOSE: lambda s: comments.set_open(s, ARTICLE, is_open=False),
    endpoints.COMMENT_SELECT: lambda s: comments.set_selected(s, ARTICLE, 1, selected=True),
    endpoints.COMMENT_UNSELECT: lambda s: comments.set_selected(s, ARTICLE, 1, selected=False),
    endpoints.COMMENT_DELETE: lambda s: comments.delete_comment(s, ARTICLE, 1),
    endpoints.COMMENT_ANSWER: lambda s: comments.add_answer(s, ARTICLE, 1, "谢谢"),
    endpoints.COMMENT_ANSWER_DELETE: lambda s: comments.delete_answer(s, ARTICLE, 1),
    endpoints.CUSTOM_SEND: lambda s: custom.send_message(s, "o", AnswerContent("您好")),
    endpoints.MENU_CREATE: lambda s: menus.create_menu(s, MENU),
    endpoints.MENU_GET: menus.get_menu,
    endpoints.MENU_DELETE: menus.delete_menu,
    endpoints.MENU_SHOWN: menus.get_shown,
    endpoints.QUOTA_GET: lambda s: asking.get_quota(s, endpoints.DRAFT_ADD),
    endpoints.USER_SUMMARY: lambda s: datacube.moves(s, DAY, DAY),
    endpoints.USER_CUMULATE: lambda s: datacube.followers(s, DAY, DAY),
    endpoints.ARTICLE_READ: lambda s: datacube.read_on(s, DAY),
    endpoints.ARTICLE_SHARE: lambda s: datacube.shared_on(s, DAY),
    endpoints.BIZ_SUMMARY: lambda s: datacube.account_days(s, DAY, DAY),
    endpoints.ARTICLE_DETAILS: lambda s: datacube.article_details(s, DAY, seconds_a_unit=60),
}
BY_PATH = {endpoint.path: read for endpoint, read in READ_BY.items()}
READ_BY_THE_CALLER = frozenset({"45065", "46003"})


def session_on(exchange: Exchange) -> Session:
    stand = Stand(**{exchange.path.removeprefix("/cgi-bin/").replace("/", "__"): exchange.response})
    keeper = TokenKeeper(stand.http, stand.storage.tokens(), stand.clock)
    line = Line(stand.http, keeper, stand.storage.budgets(), stand.clock)
    return Session(line, access(), Deadline(5))


@pytest.mark.parametrize("exchange", [e for e in exchanges() if e.path in BY_PATH], ids=str)
def test_every_answer_is_read(exchange: Exchange) -> None:
    """A refusal becomes the explained error of its code, anything else a value."""
    code = str(exchange.response.get("errcode", 0))
    read = BY_PATH[exchange.path]

    if exchange.is_refusal and code not in READ_BY_THE_CALLER:
        with pytest.raises(PlatformError) as refused:
            read(session_on(exchange))
        assert refused.value.explanation == table(Section.ERROR)[code].explanation
    else:
        read(session_on(exchange))


def test_every_endpoint_has_a_sample_and_a_reader() -> None:
    """A new endpoint of ours comes with an exchange and is read here."""
    ours = {one for one in vars(endpoints).values() if isinstance(one, Endpoint)}
    sampled = {exchange.path for exchange in exchanges()}

    assert ours - {endpoints.STABLE_TOKEN, endpoints.FORCED_REFRESH} == set(READ_BY)
    assert {one.path for one in ours} <= sampled


def test_the_token_of_the_sample_is_taken() -> None:
    """With what remains of its life."""
    (sample,) = [e for e in exchanges() if e.path == endpoints.STABLE_TOKEN.path]
    stand = Stand(stable_token=sample.response)
    stand.clock.pass_seconds(10_000)
    keeper = TokenKeeper(stand.http, stand.storage.tokens(), stand.clock)

    token = keeper.current(access(), Deadline(5))

    assert token == sample.response["access_token"]


def test_what_the_samples_hold_arrives() -> None:
    """Ids are text, addresses whole, the reply found in either of its shapes."""
    by_name = {str(one): one for one in exchanges()}

    def read(name: str) -> object:
        return BY_PATH[by_name[name].path](session_on(by_name[name]))

    job = read("publishing: the job is done")
    sent = read("mass: the same key again")
    pages = [read("comments: the comments"), read("comments: the comments in their old shape")]

    assert isinstance(job, publishing.PublishJob)
    assert read("menu: the menu") == MENU
    assert read("menu: what followers see") == (True, MENU)
    assert read("menu: nothing to see") == (False, None)
    assert (job.status, job.article_id, len(job.urls)) == ("0", "InventedArticle01", 1)
    assert sent == mass.MassSent("800000001", "", was_sent_before=True)
    for page in pages:
        assert isinstance(page, comments.CommentPage)
        assert page.comments[0].answer == "谢谢支持"
