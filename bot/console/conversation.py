"""Everything one follower said to one account, and what we wrote back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.console.answer_desk import Written, written
from bot.console.visit import Visit
from bot.domain.accounts.account import Account
from bot.domain.ids import ReplyId
from bot.domain.replies.answer import Answer
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.reply import Reply, ReplyKind
from bot.ports.overview import ReplyFilter, ReplyRow
from bot.usecases.cases.see_cases import require_sight_of_reply

LONGEST = 200


@dataclass(frozen=True)
class Conversation:
    """What was said, oldest first, around the one `reply` that is looked at."""

    reply: Reply
    account: Account
    rows: Sequence[ReplyRow]
    answers: Mapping[str, Sequence[Answer]]
    standings: Mapping[ReplyId, CommentStanding]

    @property
    def standing(self) -> CommentStanding | None:
        """What the platform does with the reply, where it is a comment."""
        return self.standings.get(self.reply.id)

    @property
    def own_answers(self) -> Sequence[Answer]:
        """What we wrote to the reply itself."""
        return self.answers.get(self.reply.id, ())

    @property
    def row(self) -> ReplyRow | None:
        """The reply as a list shows it."""
        return next((row for row in self.rows if row.id == self.reply.id), None)

    @property
    def waiting(self) -> Sequence[str]:
        """Ids of all that nobody has dealt with."""
        return [row.id for row in self.rows if row.waits]

    @property
    def is_moving(self) -> bool:
        """Whether an answer is on its way, and the page should look again soon."""
        return any(one.is_moving for own in self.answers.values() for one in own)

    def written(self, *, may_answer: bool) -> Mapping[str, Sequence[Written]]:
        """Our answers by reply, with what a person may decide about each."""
        return {
            reply: [written(answer, may_answer=may_answer) for answer in answers]
            for reply, answers in self.answers.items()
        }


def conversation_of(reply_id: ReplyId, visit: Visit) -> Conversation:
    """The conversation that a reply is part of, as far as this visitor may see it.

    Raises:
        NotFound, NotAllowed.
    """
    tools = visit.tools
    with tools.storage.look() as uow:
        reply = uow.replies.get(reply_id)
        own = require_sight_of_reply(uow, reply_id, visit.actor)
        account = uow.accounts.get(reply.incoming.account)
    wanted = replace(_of_the_same(reply), department=own)
    rows = list(tools.overview.replies(wanted, limit=LONGEST))
    if reply.id not in {row.id for row in rows}:
        rows += tools.overview.replies(ReplyFilter(id=reply.id, department=own), limit=1)
    said = [row for row in reversed(rows) if row.kind != ReplyKind.EVENT or row.id == reply.id]
    ids = [ReplyId(row.id) for row in said]
    answers: dict[str, list[Answer]] = {}
    with tools.storage.look() as uow:
        for answer in uow.answers.of_replies(ids):
            answers.setdefault(answer.reply, []).append(answer)
        standings = uow.comments.of_replies(ids)
    return Conversation(reply, account, said, answers, standings)


def _of_the_same(reply: Reply) -> ReplyFilter:
    """Nobody is behind an empty sender: comments without identity are not one conversation."""
    said = reply.incoming
    if not said.sender:
        return ReplyFilter(id=reply.id)
    return ReplyFilter(account=said.account, sender=said.sender)
