"""`/wenda`: questions and the office's answers, each with an address of its own."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.ports.case_publication import AnswerFilter, AnswerShelf
from bot.public.pages import COMPRESSED, Pages, page_number

PATH = "/wenda"
PAGE_SIZE = 20
LONGEST_SEARCH = 50
ASKED = ("q", "class", "department", "since", "until")


def asked_routes(shelf: AnswerShelf, pages: Pages) -> list[Route]:
    """The list, and one question with its answer."""

    def listed(request: Request) -> Response:
        return pages.shared("asked.html.j2", _found(request.query_params, shelf))

    def one(request: Request) -> Response:
        found = shelf.answer(request.path_params["case"])
        if found is None:
            return pages.shared("missing.html.j2", {"here": PATH}, status=404)
        return pages.shared("answer.html.j2", {"here": PATH, "row": found})

    return [
        Route(PATH, pages.calm(listed), methods=["GET"], middleware=COMPRESSED),
        Route(PATH + "/{case}", pages.calm(one), methods=["GET"], middleware=COMPRESSED),
    ]


def _found(params: Mapping[str, str], shelf: AnswerShelf) -> Mapping[str, object]:
    asked = {name: params.get(name, "").strip()[:LONGEST_SEARCH] for name in ASKED}
    page = page_number(params.get("page", "1"))
    offset = (page - 1) * PAGE_SIZE
    rows = shelf.answers(_filter(asked), limit=PAGE_SIZE + 1, offset=offset)
    return {
        "here": PATH,
        "asked": asked,
        "narrowed": any(value for name, value in asked.items() if name != "q"),
        "searched": any(asked.values()),
        "classes": [(kind.value, CLASS_NAMES[kind]) for kind in CaseClass],
        "departments": shelf.departments(),
        "rows": rows[:PAGE_SIZE],
        "previous": _address(asked, page - 1) if page > 1 else "",
        "next": _address(asked, page + 1) if len(rows) > PAGE_SIZE else "",
    }


def _filter(asked: Mapping[str, str]) -> AnswerFilter:
    until = _midnight(asked["until"])
    return AnswerFilter(
        words=asked["q"],
        case_class=asked["class"] or None,
        department=asked["department"] or None,
        since=_midnight(asked["since"]),
        until=until + timedelta(days=1) if until else None,
    )


def _midnight(typed: str) -> datetime | None:
    """When a day begins in Beijing; None where none is named."""
    try:
        found = date.fromisoformat(typed)
        return datetime(found.year, found.month, found.day, tzinfo=BEIJING)
    except ValueError:
        return None


def _address(asked: Mapping[str, str], page: int) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return f"{PATH}?{urlencode(kept | {'page': str(page)})}"
