"""Take down what the press wants to know (媒体关切): a case of its own entry and term."""

from datetime import datetime

from bot.domain.cases.case import Case
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.ids import DepartmentId
from bot.domain.permissions import Actor
from bot.domain.topics.record import MediaQuestion, media_faults, require_sound
from bot.usecases.cases.open_case import NewCase, put_case
from bot.usecases.cases.tools import CaseTools
from bot.usecases.topics.decide_alert import require_watch


def take_media_question(
    outlet: str,
    question: str,
    *,
    wanted_by: datetime | None = None,
    department: DepartmentId | None = None,
    actor: Actor,
    tools: CaseTools,
) -> Case:
    """Open the case; its answer is the reply copy, and waits for approval where the rule says so.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no outlet, no question, or a time that is over.
    """
    require_watch(actor)
    with tools.storage.begin() as uow:
        now = uow.now()
        require_sound(media_faults(outlet, question, wanted_by, now=now))
        wanted = NewCase(
            CaseClass.OPINION,
            entry=Entry.MEDIA,
            subject=f"【{outlet.strip()}】{question.strip()}",
            department=department,
        )
        case = put_case(uow, wanted, None, actor=actor, tools=tools)
        uow.topics.save_media(
            MediaQuestion(case.id, outlet.strip(), question.strip(), now, wanted_by)
        )
        uow.commit()
    return case
