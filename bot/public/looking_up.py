"""`/chaxun`: how a case stands, for whoever has its number and check code."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.cases.case import STATE_NAMES, Case, CaseState
from bot.domain.errors import TooOften
from bot.ports.case_overview import Receipt
from bot.public.forms import address_of, form_route
from bot.public.pages import Pages
from bot.public.rating import rating_address
from bot.public.seals import Seals
from bot.usecases.cases.look_up_receipt import ReceiptDesk

PATH = "/chaxun"
NOT_FOUND = "没有找到，请核对受理编号和校验码"
_LONGEST = 40


def looking_up_routes(desk: ReceiptDesk, seals: Seals, pages: Pages) -> list[Route]:
    """The form, and what it finds. Number and code are sent in a form, never in an address."""

    def ask(_request: Request) -> Response:
        return pages.shared("look_up.html.j2", {"here": PATH, "number": "", "fault": ""})

    def find(request: Request, fields: Mapping[str, str]) -> Response:
        number, code = (fields.get(name, "")[:_LONGEST] for name in ("number", "code"))
        try:
            found = desk.find(number, code, asker=("site", address_of(request)))
        except TooOften as refusal:
            return _again(pages, number, str(refusal), 429)
        if found is None:
            return _again(pages, number, NOT_FOUND, 404)
        return pages.personal("case.html.j2", _told(found, seals))

    return [
        Route(PATH, pages.calm(ask), methods=["GET"]),
        form_route(PATH, find, pages),
    ]


def _again(pages: Pages, number: str, fault: str, status: int) -> Response:
    context = {"here": PATH, "number": number, "fault": fault}
    return pages.personal("look_up.html.j2", context, status=status)


def _told(found: Receipt, seals: Seals) -> Mapping[str, object]:
    case = found.case
    return {
        "here": PATH,
        "case": case,
        "state": STATE_NAMES[case.state],
        "department": found.department,
        "is_due": case.is_running,
        "rating": rating_address(case, seals) if _is_answered(case) else "",
    }


def _is_answered(case: Case) -> bool:
    return case.state in {CaseState.ANSWERED, CaseState.CLOSED} and case.answered_at is not None
