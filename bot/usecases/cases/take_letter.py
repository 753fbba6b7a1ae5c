"""Take up what somebody wrote in the form on our own pages."""

from dataclasses import replace

from bot.domain.cases.case import Case
from bot.domain.cases.letter import Letter
from bot.domain.cases.names import Entry
from bot.domain.cases.routing import route_of
from bot.domain.errors import Conflict
from bot.domain.permissions import SYSTEM
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.tools import CaseTools

BY_FORM = "form"
"""In place of a rule's name where none fits: nobody of the office has confirmed the class."""


def take_letter(letter: Letter, tools: CaseTools) -> Case:
    """Open a case of the writer's class, for the department that the office's keyword rules
    name. If that department has ended meanwhile, the desk gives it to another one.

    Raises:
        Conflict: the numbers of the day are used up.
    """
    with tools.storage.begin() as uow:
        rule = route_of(tools.rules(uow).routing, letter.text, None)
    wanted = NewCase(
        letter.case_class,
        entry=Entry.FORM,
        subject=letter.text,
        department=rule.department if rule else None,
        is_urgent=rule.is_urgent if rule else False,
        by_rule=rule.name if rule else BY_FORM,
    )
    try:
        return open_case(wanted, actor=SYSTEM, tools=tools)
    except Conflict:
        return open_case(replace(wanted, department=None), actor=SYSTEM, tools=tools)
