"""`/pingjia/<token>`: the asker says what an answer was worth to them, once (在线评价)."""

from collections.abc import Mapping
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.cases.case import Case
from bot.domain.cases.published import LONGEST_REASON, STAR_NAMES
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.ids import CaseId
from bot.ports.storage import Storage
from bot.public.forms import form_route
from bot.public.pages import Pages
from bot.public.seals import SealedFor, Seals
from bot.usecases.cases.rate_answer import rate_answer

PATH = "/pingjia"
_UNKNOWN = "评价链接不完整或已失效，请从查询结果页重新打开"


def rating_address(case: Case, seals: Seals) -> str:
    """The link with which the asker rates the answer that the case has now; empty without one."""
    if case.answered_at is None:
        return ""
    return f"{PATH}/{seals.seal(SealedFor.RATING, case.id, case.answered_at.isoformat())}"


def rating_routes(storage: Storage, seals: Seals, pages: Pages) -> list[Route]:
    """The form behind a link, and the vote. Whoever has the link may vote: it is the key."""

    def ask(request: Request) -> Response:
        if _opened(request, seals) is None:
            return _told(pages, "无法评价", _UNKNOWN, 404)
        return _form(pages)

    def vote(request: Request, fields: Mapping[str, str]) -> Response:
        rated = _opened(request, seals)
        if rated is None:
            return _told(pages, "无法评价", _UNKNOWN, 404)
        case, answered_at = rated
        stars, words = fields.get("stars", ""), fields.get("words", "")
        try:
            rate_answer(case, _number(stars), words, answered_at=answered_at, storage=storage)
        except InvalidInput as refusal:
            return _form(pages, words=words, fault=refusal.problems[0].message)
        except (Conflict, NotFound) as refusal:
            told = str(refusal) if isinstance(refusal, Conflict) else _UNKNOWN
            return _told(pages, "没有再次记录", told, 409)
        return _told(pages, "评价已收到", "谢谢您的评价，承办部门和督办人员会看到。", 200)

    path = PATH + "/{token}"
    return [Route(path, pages.calm(ask), methods=["GET"]), form_route(path, vote, pages)]


def _opened(request: Request, seals: Seals) -> tuple[CaseId, datetime] | None:
    parts = seals.opened(SealedFor.RATING, request.path_params["token"])
    return (CaseId(parts[0]), datetime.fromisoformat(parts[1])) if parts else None


def _form(pages: Pages, *, words: str = "", fault: str = "") -> Response:
    context = {
        "here": PATH,
        "names": STAR_NAMES,
        "longest": LONGEST_REASON,
        "words": words,
        "fault": fault,
    }
    return pages.personal("rating.html.j2", context, status=422 if fault else 200)


def _told(pages: Pages, title: str, words: str, status: int) -> Response:
    context = {"here": PATH, "title": title, "words": words}
    return pages.personal("told.html.j2", context, status=status)


def _number(typed: str) -> int:
    return int(typed) if typed in {str(stars) for stars in STAR_NAMES} else 0
