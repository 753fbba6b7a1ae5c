"""对话: everything one follower said to one account, what we wrote back, and what can be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.answer_desk import (
    ANSWER,
    DEEDS,
    Written,
    can_be_answered,
    comment_deeds,
    written,
)
from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.accounts.account import Account
from bot.domain.errors import NotAllowed, NotFound, PlatformError, Refusal
from bot.domain.ids import AnswerId, ReplyId
from bot.domain.permissions import Permission
from bot.domain.replies.answer import Answer, AnswerContent, Way, way_to
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.reply import LinkCard, Reply, ReplyKind
from bot.ports.overview import ReplyFilter, ReplyRow
from bot.usecases.replies.answer_reply import answer_reply
from bot.usecases.replies.moderate_comment import CommentDeed, moderate_comment
from bot.usecases.replies.settle_answer import confirm_answer, send_answer_again
from bot.usecases.replies.show_window import WindowShown, show_window

LONGEST_THREAD = 200


@dataclass(frozen=True)
class _Thread:
    reply: Reply
    account: Account
    rows: Sequence[ReplyRow]
    answers: Mapping[str, Sequence[Answer]]
    standings: Mapping[ReplyId, CommentStanding]

    @property
    def standing(self) -> CommentStanding | None:
        return self.standings.get(self.reply.id)

    @property
    def own_answers(self) -> Sequence[Answer]:
        return self.answers.get(self.reply.id, ())


def show_thread(visit: Visit) -> Response:
    """Everything the sender of one reply said to this account, oldest first."""
    return _shown(visit)


def do_deed(visit: Visit) -> Response:
    """Carry out one deed; a refusal shows the page again with what was written."""
    name, reply = visit.named("deed"), ReplyId(visit.named("reply"))
    if name not in _DOING:
        raise NotFound("操作", name)
    try:
        _DOING[name](visit, reply)
    except (NotFound, NotAllowed):
        raise
    except (Refusal, PlatformError) as refusal:
        return _shown(visit, refusal=refusal, tried=name)
    return back_to(f"/replies/{reply}", done=name)


def _shown(
    visit: Visit, *, refusal: Refusal | PlatformError | None = None, tried: str = ""
) -> Response:
    thread = _find(visit)
    may_answer = visit.may(Permission.ANSWER) and _is_offered(visit, thread.account)
    done = DEEDS.get(visit.asked("done"))
    own = (thread.standing, thread.own_answers)
    return page(
        visit,
        "thread.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        tried=tried,
        said=done.done if done else "",
        reply=thread.reply,
        account=thread.account,
        rows=thread.rows,
        standings=thread.standings,
        answers=_written(thread, may_answer=may_answer),
        is_moving=any(one.is_moving for own in thread.answers.values() for one in own),
        window=_window(visit, thread) if may_answer else None,
        answering=ANSWER if may_answer and can_be_answered(thread.reply, *own) else None,
        is_letter=way_to(thread.reply.incoming.kind) is Way.LETTER,
        form_id=visit.fields.get("answer") or visit.tools.ids.new("ans"),
        comment_deeds=comment_deeds(thread.reply, *own) if may_answer else (),
    )


def _find(visit: Visit) -> _Thread:
    with visit.tools.storage.begin() as uow:
        reply = uow.replies.get(ReplyId(visit.named("reply")))
        account = uow.accounts.get(reply.incoming.account)
    rows = visit.tools.overview.replies(_of_the_same(reply), limit=LONGEST_THREAD)
    said = [row for row in reversed(rows) if row.kind != ReplyKind.EVENT or row.id == reply.id]
    ids = [ReplyId(row.id) for row in said]
    answers: dict[str, list[Answer]] = {}
    with visit.tools.storage.begin() as uow:
        for answer in uow.answers.of_replies(ids):
            answers.setdefault(answer.reply, []).append(answer)
        standings = uow.comments.of_replies(ids)
    return _Thread(reply, account, said, answers, standings)


def _of_the_same(reply: Reply) -> ReplyFilter:
    """Nobody is behind an empty sender: comments without identity are not one conversation."""
    said = reply.incoming
    if not said.sender:
        return ReplyFilter(id=reply.id)
    return ReplyFilter(account=said.account, sender=said.sender)


def _written(thread: _Thread, *, may_answer: bool) -> Mapping[str, Sequence[Written]]:
    return {
        reply: [written(answer, may_answer=may_answer) for answer in answers]
        for reply, answers in thread.answers.items()
    }


def _is_offered(visit: Visit, account: Account) -> bool:
    return account.platform in visit.tools.correspondence.correspondents


def _window(visit: Visit, thread: _Thread) -> WindowShown | None:
    reply = thread.reply
    if way_to(reply.incoming.kind) is not Way.LETTER or not reply.incoming.sender:
        return None
    return show_window(reply.id, actor=visit.actor, tools=visit.tools.correspondence)


def _answer(visit: Visit, reply: ReplyId) -> None:
    written = visit.fields.get("answer", "")
    answer_reply(
        reply,
        _content(visit),
        actor=visit.actor,
        tools=visit.tools.correspondence,
        answer_id=AnswerId(written) if written else None,
    )


def _content(visit: Visit) -> AnswerContent:
    """Words, or a card whose description the words are."""
    text = visit.fields.get("text", "").replace("\r\n", "\n").strip()
    title, url = (visit.fields.get(name, "").strip() for name in ("title", "url"))
    if not title and not url:
        return AnswerContent(text)
    return AnswerContent(text or title, LinkCard(title, text, url))


def _moderating(deed: CommentDeed) -> Callable[[Visit, ReplyId], None]:
    def moderate(visit: Visit, reply: ReplyId) -> None:
        moderate_comment(reply, deed, actor=visit.actor, tools=visit.tools.correspondence)

    return moderate


def _confirm(visit: Visit, _: ReplyId) -> None:
    answer = AnswerId(visit.fields.get("answer", ""))
    confirm_answer(answer, actor=visit.actor, tools=visit.tools.correspondence)


def _send_again(visit: Visit, _: ReplyId) -> None:
    answer = AnswerId(visit.fields.get("answer", ""))
    send_answer_again(answer, actor=visit.actor, tools=visit.tools.correspondence)


_DOING: Mapping[str, Callable[[Visit, ReplyId], None]] = {
    "answer": _answer,
    "confirm": _confirm,
    "again": _send_again,
    **{deed.value: _moderating(deed) for deed in CommentDeed},
}
