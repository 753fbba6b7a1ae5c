"""`/gongkai/<release>`: one released document, to read, to take along, and to say what it was
worth."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.ids import ReleaseId
from bot.domain.releases.opinion import LONGEST_WORDS, VoteCount
from bot.domain.releases.release import Release
from bot.domain.text import is_web_address
from bot.ports.clock import Clock
from bot.ports.storage import Storage
from bot.public.attachments import offered
from bot.public.forms import address_of, form_route
from bot.public.pages import SHARED, Pages
from bot.public.seals import SealedFor, Seals
from bot.usecases.releases.vote_on_release import public_release, vote_on_release
from bot.usecases.throttling import Failures

PATH = "/gongkai"
COOKIE = "tongbu_visitor"
A_YEAR = 365 * 86_400
VOTES_AN_ADDRESS, WINDOW = 10, timedelta(minutes=10)
_TRAP = "website"
_TOO_MANY = "这个网络地址的评价较多，请过 10 分钟再评价"
_NO_COOKIE = "请允许浏览器保存本页的 Cookie（只用来避免重复评价），再提交一次"


def release_routes(
    storage: Storage, seals: Seals, pages: Pages, clock: Clock, *, is_https: bool
) -> list[Route]:
    """The page, the two files, and the vote."""
    reader = _Reader(storage, seals, pages, Failures(clock, WINDOW), is_https)
    one = PATH + "/{release}"
    return [
        Route(one, pages.calm(reader.show), methods=["GET"]),
        Route(f"{one}/download.html", pages.calm(reader.take_html), methods=["GET"]),
        Route(f"{one}/download.txt", pages.calm(reader.take_text), methods=["GET"]),
        Route(f"{one}/pingjia", pages.calm(reader.ask), methods=["GET"]),
        form_route(f"{one}/pingjia", reader.vote, pages),
    ]


class _Reader:
    """Views of one release. A visitor is known by a sealed random token in a cookie."""

    def __init__(
        self, storage: Storage, seals: Seals, pages: Pages, votes: Failures, is_https: bool
    ) -> None:
        self._storage, self._seals, self._pages = storage, seals, pages
        self._votes, self._is_https = votes, is_https

    def show(self, request: Request) -> Response:
        found = self._found(request)
        if found is None:
            return self._missing()
        release, count = found
        return self._pages.shared("release.html.j2", _context(release, count))

    def take_html(self, request: Request) -> Response:
        """The document as a page of its own, without our frame."""
        found = self._found(request)
        if found is None:
            return self._missing()
        drawn = self._pages.shared("release_file.html.j2", _context(*found))
        return _as_file(drawn, found[0].content.title, "html")

    def take_text(self, request: Request) -> Response:
        """The words alone."""
        found = self._found(request)
        if found is None:
            return self._missing()
        content = found[0].content
        head = [content.title, content.document_number or "", "、".join(content.issuing_bodies)]
        lines = [*(line for line in head if line), "", content.body.text]
        if content.source_url:
            lines += ["", f"原文：{content.source_url}"]
        text = PlainTextResponse("\n".join(lines) + "\n", headers=dict(SHARED))
        return _as_file(text, content.title, "txt")

    def ask(self, request: Request) -> Response:
        """The form; whoever has no token gets one."""
        found = self._found(request)
        if found is None:
            return self._missing()
        response = self._form(found[0])
        if self._visitor(request) is None:
            token = self._seals.seal(SealedFor.VISITOR, secrets.token_hex(16))
            response.set_cookie(
                COOKIE,
                token,
                max_age=A_YEAR,
                path=PATH,
                secure=self._is_https,
                httponly=True,
                samesite="strict",
            )
        return response

    def vote(self, request: Request, fields: Mapping[str, str]) -> Response:
        """One vote; what is refused stays in the form."""
        found = self._found(request)
        if found is None:
            return self._missing()
        release, visitor, words = found[0], self._visitor(request), fields.get("words", "")
        if visitor is None or fields.get(_TRAP):
            return self._form(release, words=words, fault=_NO_COOKIE)
        if self._votes.count(address_of(request)) >= VOTES_AN_ADDRESS:
            return self._form(release, words=words, fault=_TOO_MANY, status=429)
        useful = fields.get("useful", "")
        try:
            vote_on_release(release.id, visitor, useful=useful, words=words, storage=self._storage)
        except InvalidInput as refusal:
            return self._form(release, words=words, fault=refusal.problems[0].message)
        except Conflict as refusal:
            return self._told("没有再次记录", str(refusal), 409)
        self._votes.add(address_of(request))
        return self._told("评价已收到", "谢谢您的评价，编辑和督办人员会看到。", 200)

    def _found(self, request: Request) -> tuple[Release, VoteCount] | None:
        wanted = ReleaseId(request.path_params["release"])
        with self._storage.look() as uow:
            try:
                release = public_release(uow, wanted)
            except NotFound:
                return None
            return release, uow.release_votes.counts([wanted]).get(wanted, VoteCount())

    def _visitor(self, request: Request) -> str | None:
        parts = self._seals.opened(SealedFor.VISITOR, request.cookies.get(COOKIE, ""))
        return parts[0] if parts else None

    def _form(
        self, release: Release, *, words: str = "", fault: str = "", status: int = 422
    ) -> Response:
        context = {
            "here": PATH,
            "release": release,
            "longest": LONGEST_WORDS,
            "words": words,
            "fault": fault,
        }
        status = status if fault else 200
        return self._pages.personal("release_rating.html.j2", context, status=status)

    def _missing(self) -> Response:
        return self._told("没有这份文件", "它可能已经撤下，或者网址不完整。请从“政策”里查找。", 404)

    def _told(self, title: str, words: str, status: int) -> Response:
        context = {"here": PATH, "title": title, "words": words}
        return self._pages.personal("told.html.j2", context, status=status)


def release_address(release: str) -> str:
    """Where a released document is read."""
    return f"{PATH}/{release}"


def _context(release: Release, count: VoteCount) -> Mapping[str, object]:
    content = release.content
    source = content.source_url or ""
    return {
        "here": PATH,
        "release": release,
        "content": content,
        "attachments": list(offered(release)),
        "source_url": source if is_web_address(source) else "",
        "count": count,
    }


def _as_file(response: Response, title: str, suffix: str) -> Response:
    name = quote(f"{title[:80]}.{suffix}", safe="")
    response.headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
