"""`/liuyan`: ask, complain, suggest, point out an error; and how disclosure is applied for."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.cases.letter import LETTER_CLASSES, LONGEST_LETTER
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.domain.errors import Conflict, InvalidInput, TooOften
from bot.public.forms import address_of, form_route
from bot.public.mailbox import Mailbox
from bot.public.pages import Pages

PATH = "/liuyan"
APPLYING = f"{PATH}/shenqing"
_MEANT = {
    CaseClass.QUESTION: "想了解政策或怎么办事",
    CaseClass.HELP: "生活、经营遇到困难；有危险请先拨打 110、119 或 120",
    CaseClass.COMPLAINT: "对办事、服务或作风不满意",
    CaseClass.SUGGESTION: "有改进工作的想法",
    CaseClass.CORRECTION: "发布的内容有错",
}
_CHOICES = [(kind.value, CLASS_NAMES[kind], _MEANT[kind]) for kind in LETTER_CLASSES]


def writing_routes(mailbox: Mailbox, pages: Pages) -> list[Route]:
    """The form, what follows it, and the page on applications."""

    def blank(request: Request) -> Response:
        wanted = request.query_params.get("class", "")
        return _form(pages, mailbox.new_form(), {"case_class": wanted}, [], 200)

    def send(request: Request, fields: Mapping[str, str]) -> Response:
        try:
            case = mailbox.put(fields, address=address_of(request))
        except InvalidInput as refusal:
            faults = [problem.message for problem in refusal.problems]
            # The same token, so that nothing is taken twice; a new one if that was the fault.
            same = "" if mailbox.is_expired(fields) else fields["token"]
            return _form(pages, same or mailbox.new_form(), fields, faults, 422)
        except (TooOften, Conflict) as refusal:
            return _form(pages, fields.get("token", ""), fields, [str(refusal)], 429)
        return pages.personal("written.html.j2", {"here": PATH, "case": case})

    def applying(_request: Request) -> Response:
        return pages.shared("apply.html.j2", {"here": PATH})

    return [
        Route(PATH, pages.calm(blank), methods=["GET"]),
        form_route(PATH, send, pages),
        Route(APPLYING, pages.calm(applying), methods=["GET"]),
    ]


def _form(
    pages: Pages, token: str, fields: Mapping[str, str], faults: list[str], status: int
) -> Response:
    context = {
        "here": PATH,
        "applying": APPLYING,
        "choices": _CHOICES,
        "longest": LONGEST_LETTER,
        "token": token,
        "chosen": fields.get("case_class", ""),
        "text": fields.get("text", ""),
        "faults": faults,
    }
    return pages.personal("write.html.j2", context, status=status)
