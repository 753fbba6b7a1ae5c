"""What questions that many ask need from the world, and the frame of every change by a person."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.permissions import Actor
from bot.domain.questions.group import QuestionGroup
from bot.domain.replies.answer import STANDING
from bot.domain.replies.reply import Reply
from bot.ports.searching import ReleaseSearch
from bot.ports.similar import FindSimilar
from bot.ports.storage import Storage, UnitOfWork


@dataclass(frozen=True)
class GroupingTools:
    """For proposing groups: `new_id(prefix)` gives a new identifier."""

    storage: Storage
    likeness: FindSimilar
    search: ReleaseSearch
    new_id: Callable[[str], str]


class GroupWork:
    """One change of one group by a person, in one transaction."""

    def __init__(self, uow: UnitOfWork, group: QuestionGroup, actor: Actor) -> None:
        self.uow = uow
        self.group = group
        self.actor = actor
        self.now = uow.now()

    def record(self, group: QuestionGroup, deed: str, **details: str) -> QuestionGroup:
        """Save the group as its next version, with the audit record `question.deed`."""
        changed = replace(group, version=self.group.version + 1)
        self.uow.questions.save(changed)
        self.uow.audit.write(
            actor=self.actor.name,
            action=f"question.{deed}",
            object_kind="question",
            object_id=group.id,
            details={"version": str(changed.version), **details},
        )
        return changed


@contextmanager
def change(
    group_id: QuestionId, *, seen: int | None, actor: Actor, storage: Storage
) -> Iterator[GroupWork]:
    """The group, nobody else's until this ends; commits when nothing was refused. `seen` is the
    version that whoever decides has before them.

    Raises:
        NotFound: there is no such group.
        Conflict: somebody has changed it since it was seen.
    """
    with storage.begin() as uow:
        group = uow.questions.claim(group_id)
        if seen is not None and seen != group.version:
            words = "这一组提问刚刚被其他人改动，请刷新后再决定，您填写的内容没有丢失"
            raise Conflict(words, existing=group.id)
        yield GroupWork(uow, group, actor)
        uow.commit()


def require_some(replies: Sequence[ReplyId]) -> None:
    """Go on only if something was chosen.

    Raises:
        InvalidInput.
    """
    if not replies:
        raise InvalidInput([Problem("replies", "请至少选择一条留言")])


def is_open(uow: UnitOfWork, reply: Reply) -> bool:
    """Whether somebody still waits for an answer to it: its case runs; or it has none, and nobody
    has answered or said that it needs no answer."""
    if reply.erased_at is not None:
        return False
    case = uow.cases.of_reply(reply.id)
    if case is not None:
        return case.is_running
    if uow.asides.of_replies([reply.id]):
        return False
    answers = uow.answers.of_replies([reply.id])
    return reply.answered is None and not any(answer.state in STANDING for answer in answers)
