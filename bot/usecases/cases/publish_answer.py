"""Let the public read a question and its answer, masked, or take both away again."""

from bot.domain.cases.case import Case
from bot.domain.cases.history import EventKind
from bot.domain.cases.published import PublishedAnswer, publication_of
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import UnitOfWork
from bot.usecases.cases.tools import CaseTools, change


def preview_publication(
    case_id: CaseId, *, actor: Actor, tools: CaseTools, question: str = ""
) -> tuple[Case, PublishedAnswer]:
    """What the public would read, and the case in the version to publish it with. `question`
    stands in place of the asker's words.

    Raises:
        NotAllowed, NotFound.
        Conflict: there is no answer.
    """
    actor.require(Permission.PUBLISH_ANSWER)
    with tools.storage.look() as uow:
        case = uow.cases.get(case_id)
        words = question.strip() or _words(uow, case)
        return case, publication_of(case, words, by=actor.name, at=uow.now())


def publish_answer(
    case_id: CaseId, *, seen: int, actor: Actor, tools: CaseTools, question: str = ""
) -> PublishedAnswer:
    """Publish what the preview of the version `seen` has shown.

    Raises:
        NotAllowed, NotFound.
        Conflict: there is no answer, or the case has changed since.
    """
    actor.require(Permission.PUBLISH_ANSWER)
    with change(case_id, seen=seen, actor=actor, storage=tools.storage) as work:
        words = question.strip() or _words(work.uow, work.case)
        published = publication_of(work.case, words, by=actor.name, at=work.now)
        work.uow.published.put(published)
        work.record(work.case, EventKind.PUBLISHED)
    return published


def unpublish_answer(case_id: CaseId, *, reason: str, actor: Actor, tools: CaseTools) -> None:
    """The public reads it no more; why is kept in the history.

    Raises:
        NotAllowed, NotFound.
        Conflict: it is not published.
    """
    actor.require(Permission.PUBLISH_ANSWER)
    with change(case_id, seen=None, actor=actor, storage=tools.storage) as work:
        if work.uow.published.of_case(case_id) is None:
            raise Conflict(f"办理件 {work.case.number} 的答复没有公开，不需要撤下")
        work.uow.published.remove(case_id)
        work.record(work.case, EventKind.UNPUBLISHED, note=reason)


def _words(uow: UnitOfWork, case: Case) -> str:
    """What was asked."""
    if case.subject or case.reply is None:
        return case.subject
    return uow.replies.get(case.reply).incoming.text
