"""登记来件: a case that came by telephone, on paper, in person or through another desk."""

from datetime import datetime

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.cases.doing import class_in, department_in, written
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import CLASS_NAMES, ENTRY_NAMES, Entry
from bot.domain.errors import InvalidInput, NotAllowed, NotFound, Problem, Refusal
from bot.domain.permissions import Permission
from bot.usecases.cases.open_case import NewCase, open_case

BY_HAND = {
    each: ENTRY_NAMES[each]
    for each in (
        Entry.PHONE,
        Entry.LETTER,
        Entry.VISIT,
        Entry.HOTLINE,
        Entry.MAILBOX,
        Entry.MEDIA,
    )
}


def ask(visit: Visit) -> Response:
    """The form."""
    visit.actor.require(Permission.HANDLE_CASES)
    return _shown(visit)


def take(visit: Visit) -> Response:
    """Open the case and go to it; a refusal shows the form again with what was written."""
    try:
        case = open_case(_wanted(visit), actor=visit.actor, tools=visit.tools.cases)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _shown(visit, refusal=refusal)
    return back_to(f"/cases/{case.id}", done="open")


def _shown(visit: Visit, *, refusal: Refusal | None = None) -> Response:
    now = visit.tools.clock.now().astimezone(BEIJING)
    with visit.tools.storage.look() as uow:
        departments = uow.departments.all()
    return page(
        visit,
        "new_case.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        ways=BY_HAND,
        class_names=CLASS_NAMES,
        departments=[each for each in departments if each.exists_on(now.date())],
        latest=f"{now:%Y-%m-%dT%H:%M}",
    )


def _wanted(visit: Visit) -> NewCase:
    visit.actor.require(Permission.HANDLE_CASES)
    entry = visit.fields.get("entry", "")
    if entry not in set(BY_HAND):
        raise InvalidInput([Problem("entry", "请选择来件的方式")])
    return NewCase(
        class_in(visit),
        entry=Entry(entry),
        subject=written(visit, "subject"),
        received_at=_received(visit),
        department=department_in(visit),
        is_urgent=visit.fields.get("urgent") == "1",
    )


def _received(visit: Visit) -> datetime:
    """When it came in, in Beijing: the clock counts from then."""
    try:
        at = datetime.fromisoformat(written(visit, "received_at")).replace(tzinfo=BEIJING)
    except ValueError:
        raise InvalidInput([Problem("received_at", "请填写收到的时间")]) from None
    if at > visit.tools.clock.now():
        raise InvalidInput([Problem("received_at", "收到的时间不能晚于现在")])
    return at
