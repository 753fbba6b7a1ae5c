"""对话: everything one follower said to one account, what we wrote back, and what can be done."""

from collections.abc import Callable, Mapping, Sequence

from starlette.responses import Response

from bot.console.answer_desk import (
    ANSWER,
    DEEDS,
    SET_ASIDE,
    Asides,
    can_be_answered,
    comment_deeds,
)
from bot.console.answering import back_to, page
from bot.console.cases.doing import unsourced_in
from bot.console.cases.opening import open_from, opening_for
from bot.console.conversation import Conversation, conversation_of
from bot.console.doing import Refused, carry_out
from bot.console.refusals import faults_of, status_of
from bot.console.sent_along import along_in, fetched, refused
from bot.console.visit import Visit
from bot.domain.accounts.account import Account
from bot.domain.cases.names import CLASS_NAMES
from bot.domain.errors import NotAllowed, NotFound, PlatformError, Refusal
from bot.domain.ids import AnswerId, ReplyId
from bot.domain.permissions import Permission
from bot.domain.replies.answer import AnswerContent, Way, way_to
from bot.domain.replies.reply import LinkCard
from bot.usecases.cases.take_back_answer import take_back_answer
from bot.usecases.replies.answer_reply import answer_reply, told_by
from bot.usecases.replies.moderate_comment import CommentDeed, moderate_comment
from bot.usecases.replies.set_aside import set_aside, take_up
from bot.usecases.replies.settle_answer import confirm_answer, send_answer_again
from bot.usecases.replies.show_window import WindowShown, show_window


def show_thread(visit: Visit) -> Response:
    """Everything the sender of one reply said to this account, oldest first."""
    return _shown(visit)


def do_deed(visit: Visit) -> Response:
    """Carry out one deed; a refusal shows the page again with what was written."""
    reply = ReplyId(visit.named("reply"))
    return carry_out(
        visit,
        reply,
        _DOING,
        again=_shown,
        then=lambda done, _: back_to(f"/replies/{reply}", done=done),
        beyond=(NotAllowed,),
    )


def open_case(visit: Visit) -> Response:
    """Open a case for one reply, and go to it."""
    try:
        case = open_from(visit, ReplyId(visit.named("reply")))
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _shown(visit, refusal=refusal, tried="open-case")
    return back_to(f"/cases/{case.id}", done="open")


def fetch_along(visit: Visit) -> Response:
    """What came along with one message; why it cannot be had stands in its place."""
    reply = ReplyId(visit.named("reply"))
    try:
        return fetched(visit, reply)
    except (NotFound, NotAllowed):
        raise
    except (Refusal, PlatformError) as refusal:
        if visit.is_partial:
            return refused(visit, reply, refusal)
        return _shown(visit, refusal=refusal)


def _shown(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    thread = conversation_of(ReplyId(visit.named("reply")), visit)
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
        answers=thread.written(may_answer=may_answer),
        is_moving=thread.is_moving,
        window=_window(visit, thread) if may_answer else None,
        answering=ANSWER if may_answer and can_be_answered(thread.reply, *own) else None,
        is_letter=way_to(thread.reply.incoming.kind) is Way.LETTER,
        form_id=visit.fields.get("answer") or visit.tools.ids.new("ans"),
        opening=opening_for(visit, thread.reply),
        class_names=CLASS_NAMES,
        figures=_figures(visit, thread) if tried == "answer" else (),
        comment_deeds=comment_deeds(thread.reply, *own) if may_answer else (),
        asides=_asides(visit, thread),
        along=along_in(visit, thread.rows),
    )


def _asides(visit: Visit, thread: Conversation) -> Asides | None:
    """Whether it can be said, or was said, that something here needs no answer."""
    row = thread.row
    if row is None or not visit.may(SET_ASIDE.permission) or not (thread.waiting or row.needs_none):
        return None
    return Asides(row, thread.waiting)


def _figures(visit: Visit, thread: Conversation) -> Sequence[str]:
    """What of the answer that was refused has no source."""
    words = visit.fields.get("text", "")
    return visit.tools.correspondence.figures(words, told_by(thread.reply, visit.tools.clock.now()))


def _is_offered(visit: Visit, account: Account) -> bool:
    return account.platform in visit.tools.correspondence.correspondents


def _window(visit: Visit, thread: Conversation) -> WindowShown | None:
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
        unsourced=unsourced_in(visit),
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


def _take_back(visit: Visit, _: ReplyId) -> None:
    answer = AnswerId(visit.fields.get("answer", ""))
    take_back_answer(answer, actor=visit.actor, tools=visit.tools.cases)


def _set_aside(visit: Visit, reply: ReplyId) -> None:
    """The reply, or all of the conversation that waited when the page was drawn."""
    shown = visit.fields.get("replies", "").split() if visit.fields.get("all") else [reply]
    reason = visit.fields.get("reason", "")
    replies = [ReplyId(one) for one in shown]
    set_aside(replies, reason=reason, actor=visit.actor, storage=visit.tools.storage)


def _take_up(visit: Visit, reply: ReplyId) -> None:
    take_up([reply], actor=visit.actor, storage=visit.tools.storage)


_DOING: Mapping[str, Callable[[Visit, ReplyId], None]] = {
    "answer": _answer,
    "confirm": _confirm,
    "again": _send_again,
    "take-back": _take_back,
    "set-aside": _set_aside,
    "take-up": _take_up,
    **{deed.value: _moderating(deed) for deed in CommentDeed},
}
