"""What readers get: article pages, pictures, conversations, and each account's list of articles."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.page import render
from bot.sandbox.platform import Entry, Feed
from bot.sandbox.wechat.chats import Chats
from bot.sandbox.wechat.content import plain_text
from bot.sandbox.wechat.drafts import pictures_of
from bot.sandbox.wechat.publishing import article_url
from bot.sandbox.wechat.state import Account, Article, Publication, World

PICTURE_HOSTS = ("http://mmbiz.qpic.cn", "https://mmbiz.qpic.cn")
EXCERPT = 80


class Reader:
    """The public side of the simulated platform."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chats = Chats(world)

    def routes(self) -> list[BaseRoute]:
        """Return the public routes."""
        return [
            Route("/s/preview/{media_id}", self.preview),
            Route("/s/{link}", self.article),
            Route("/sz_mmbiz_{kind}/{name}/0", self.picture),
            Route("/media/{media_id}", self.video),
            *self._chats.routes(),
        ]

    def feeds(self) -> list[Feed]:
        """Return every account's visible articles, newest first."""
        return [
            Feed(
                name,
                tuple(
                    entry
                    for publication in reversed(account.publications.values())
                    for entry in self._entries(publication)
                ),
                self._chats.addresses(account),
            )
            for name, account in self._world.accounts.items()
        ]

    async def video(self, request: Request) -> Response:
        """Return a video whose address media/get or get_material told, while it is kept."""
        media_id, now = request.path_params["media_id"], self._world.now()
        for account in self._world.accounts.values():
            found = account.library.get(media_id) or account.temporary.get(media_id)
            if found is not None and (found.expires_at is None or found.expires_at > now):
                return Response(found.data, media_type="video/mp4")
        return Response(status_code=404)

    async def article(self, request: Request) -> Response:
        """Show a published article, or why it is not there."""
        found = self._world.links.get(request.path_params["link"])
        if found is None:
            return render("gone.html", status=404, title="未知错误", reason="参数错误")
        account, publication, index = found
        if publication.is_banned:
            return _gone("此内容因违规无法查看")
        if index in publication.deleted:
            return _gone("该内容已被发布者删除")
        return self._page(account, publication.articles[index], publication, index)

    async def preview(self, request: Request) -> Response:
        """Show a draft behind its temporary link; `idx` is 1-based."""
        for account in self._world.accounts.values():
            draft = account.drafts.get(request.path_params["media_id"])
            number = request.query_params.get("idx", "1")
            if draft and number.isdigit() and 1 <= int(number) <= len(draft.articles):
                return self._page(account, draft.articles[int(number) - 1], None, 0)
        return render("gone.html", status=404, title="链接已过期", reason="链接已过期")

    async def picture(self, request: Request) -> Response:
        """Serve an uploaded picture under the path it has on the picture host."""
        picture = self._world.images.get(request.url.path)
        if picture is None:
            return Response(status_code=404)
        return Response(picture.data, media_type=picture.content_type)

    def _page(
        self,
        account: Account,
        article: Article,
        publication: Publication | None,
        index: int,
    ) -> Response:
        content = article["content"]
        for host in PICTURE_HOSTS:
            content = content.replace(host, "")
        book = publication.comments[index] if publication else None
        elected = [one for one in book.comments.values() if one.is_elected] if book else []
        return render(
            "article.html",
            title=article["title"],
            author=article["author"],
            account=account.spec.name,
            at=publication.published_at if publication else self._world.now(),
            content=content,
            pictures=[urlsplit(one).path for one in self._pictures(account, article)],
            source_url=article["content_source_url"],
            comments=elected,
        )

    def _pictures(self, account: Account, article: Article) -> list[str]:
        owned = (account.library.get(media_id) for media_id in pictures_of(article))
        return [one.url for one in owned if one]

    def _entries(self, publication: Publication) -> list[Entry]:
        if publication.is_banned:
            return []
        return [
            Entry(
                title=article["title"],
                text=article["digest"] or plain_text(article["content"])[:EXCERPT],
                url=article_url(self._world, publication.links[index]),
                at=publication.published_at,
                remark="群发" if publication.is_pushed else "发布",
            )
            for index, article in enumerate(publication.articles)
            if index not in publication.deleted
        ]


def _gone(reason: str) -> Response:
    return render("gone.html", title=reason, reason=reason)
