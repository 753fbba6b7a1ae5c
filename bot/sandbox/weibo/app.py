"""The simulated Weibo as a platform of the sandbox: its routes, acts, state and public pages."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.page import render
from bot.sandbox.platform import Feed, Incoming, Stage, note
from bot.sandbox.tables import Table
from bot.sandbox.weibo import reader
from bot.sandbox.weibo.acts import Acts
from bot.sandbox.weibo.dispatch import Answer, dispatch, refused
from bot.sandbox.weibo.objects import comments_shown
from bot.sandbox.weibo.records import Article
from bot.sandbox.weibo.report import state_of
from bot.sandbox.weibo.requests import read_call, token_of
from bot.sandbox.weibo.setup import build_world

_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
_OK_CODES = ("", "0", "100000")


class WeiboPlatform:
    """What the sandbox's shared parts need to know of Weibo."""

    def __init__(self, stage: Stage) -> None:
        self.world = build_world(stage.script, stage.clock.now, stage.public_base)
        self._acts = Acts(self.world, stage)

    def account_of(self, incoming: Incoming) -> str:
        """The scenario's name of the account whose token the request carries."""
        token = self.world.tokens.get(token_of(incoming))
        return self.world.users[token.uid].name if token else ""

    def error_answer(self, incoming: Incoming, fault: Fault) -> Response:
        """The platform's error body. Status 200 gives the code as a string under HTTP 200.

        An ``error_after`` with 20032 is a post that appears ``fault.seconds`` later.
        """
        if fault.kind is FaultKind.ERROR_AFTER and fault.code == 20032:
            self._delay_newest(incoming, fault.seconds)
        under_200 = fault.status == 200
        path = incoming.path
        return _response(refused(self.world, path, fault.code, fault.message, under_200=under_200))

    def outcome_of(self, status: int, body: bytes) -> str:
        """``ok`` or ``error <code>``, from whichever envelope the body has."""
        try:
            table = json.loads(body)
        except ValueError:
            return "ok" if status < 400 else f"error http {status}"
        if not isinstance(table, dict):
            return "ok"
        code = str(table.get("error_code") or table.get("errcode") or table.get("code") or "")
        return "ok" if code in _OK_CODES else f"error {code}"

    def act(self, name: str, arguments: Table) -> Any:
        """See `Acts`."""
        return self._acts.perform(name, arguments)

    def state(self) -> Any:
        """See `state_of`."""
        return state_of(self.world)

    def feeds(self) -> list[Feed]:
        """What readers see."""
        return reader.feeds(self.world)

    def routes(self) -> list[BaseRoute]:
        """The API first: what lies under its prefixes is never a reader's page."""
        return [
            *(
                Route(f"/{prefix}/{{rest:path}}", self._api, methods=_METHODS)
                for prefix in ("2", "oauth2", "proxy")
            ),
            Route("/ttarticle/p/show", self._article_page),
            Route("/large/{name}", self._picture),
            Route("/u/{uid:int}", self._profile_page),
            Route("/{uid:int}/{word}", self._post_page),
        ]

    async def _api(self, request: Request) -> Response:
        call = await read_call(request)
        if call is None:
            return _response(refused(self.world, request.url.path, 10018))
        note(request, "fields", sorted(set(call.params) - {"access_token", "client_secret"}))
        return _response(dispatch(self.world, call))

    async def _post_page(self, request: Request) -> HTMLResponse:
        path = request.path_params
        status = reader.public_post(self.world, path["uid"], path["word"])
        if status is None:
            return _gone()
        carried = self.world.articles.get(status.article_id.partition(":")[2])
        return render(
            "weibo_post.html",
            account=self.world.users[status.uid].screen_name,
            text=reader.expanded(status),
            at=status.created_at,
            pictures=[reader.picture_path(pic_id) for pic_id in status.pictures],
            article=_link(carried) if carried else None,
            comments=[
                (self.world.users[one.uid].screen_name, one.text)
                for one in comments_shown(self.world, status.id)
            ],
        )

    async def _article_page(self, request: Request) -> HTMLResponse:
        article = self.world.articles.get(request.query_params.get("id", ""))
        if article is None:
            return _gone()
        return render(
            "article.html",
            title=article.title,
            author="",
            account=self.world.users[article.uid].screen_name,
            at=article.created_at,
            content=article.content,
            pictures=[],
            source_url="",
            comments=[],
        )

    async def _profile_page(self, request: Request) -> HTMLResponse:
        user = self.world.users.get(request.path_params["uid"])
        if user is None or not user.registered:
            return _gone()
        mine = [feed for feed in self.feeds() if feed.account == user.screen_name]
        return render("home.html", title=user.screen_name, feeds=mine)

    async def _picture(self, request: Request) -> Response:
        pic_id = request.path_params["name"].removesuffix(".jpg")
        picture = self.world.pictures.get(pic_id)
        if picture is None:
            return _gone()
        if picture.url:
            return RedirectResponse(picture.url)
        return Response(picture.body, media_type=picture.content_type)

    def _delay_newest(self, incoming: Incoming, seconds: float) -> None:
        token = self.world.tokens.get(token_of(incoming))
        posts = self.world.posts_of(token.uid) if token else []
        # The call may have been refused on its own account; an older post stays where it is.
        if posts and self.world.now() - posts[0].created_at < 1:
            posts[0].visible_at = self.world.now() + seconds


def make_platform(stage: Stage) -> WeiboPlatform:
    """The platform of a scenario. ScenarioError when its apps or accounts do not fit."""
    return WeiboPlatform(stage)


def _response(answer: Answer) -> Response:
    if answer.location:
        return RedirectResponse(answer.location, status_code=answer.status)
    if answer.picture is not None:
        return Response(answer.picture.body, media_type=answer.picture.content_type)
    return JSONResponse(answer.body, answer.status, media_type="application/json;charset=UTF-8")


def _gone() -> HTMLResponse:
    return render("gone.html", status=404, title="页面不存在", reason="抱歉，此微博已不存在。")


def _link(article: Article) -> tuple[str, str]:
    return article.title, reader.article_path(article)
