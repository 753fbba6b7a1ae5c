"""One case: what was said, its clock, what can be done with it, and every step so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.cases.deeds import DEEDS, FIRST, Standing, offered
from bot.console.cases.doing import DOING
from bot.console.cases.drafting import DRAFTING, drafting_for, redrafted
from bot.console.cases.story import story_of
from bot.console.cases.told import clock_of, suggestion_for
from bot.console.conversation import Conversation, conversation_of
from bot.console.doing import Refused, carry_out
from bot.console.refusals import faults_of, status_of
from bot.console.sent_along import along_in
from bot.console.visit import Visit
from bot.console.words.cases import CASE_WORDS
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import CHANNEL_NAMES, Case, CaseState, Channel
from bot.domain.cases.claim import Claim
from bot.domain.cases.department import Department
from bot.domain.cases.disclosure import Application
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.cases.names import CLASS_NAMES, ENTRY_NAMES
from bot.domain.cases.published import PublishedAnswer
from bot.domain.errors import Conflict, InvalidInput
from bot.domain.ids import CaseId
from bot.domain.permissions import Permission
from bot.domain.replies.answer import Answer, AnswerState
from bot.ports.storage import UnitOfWork
from bot.usecases.cases.publish_answer import preview_publication
from bot.usecases.cases.see_cases import require_sight
from bot.usecases.replies.show_window import show_windows


@dataclass(frozen=True)
class _Found:
    case: Case
    history: Sequence[CaseEvent]
    claim: Claim | None
    departments: Sequence[Department]
    numbers: Mapping[str, str]
    application: Application | None
    published: PublishedAnswer | None
    answer: Answer | None

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the answer that stands now."""
        return self.published is not None and self.published.answered_at == self.case.answered_at

    @property
    def can_take_back(self) -> bool:
        """Whether the answer is still here."""
        one = self.answer
        return one is not None and one.state is AnswerState.WAITING and not one.attempts


def show_case(visit: Visit) -> Response:
    """The case as it is now."""
    return _shown(visit)


def do_deed(visit: Visit) -> Response:
    """Carry out one deed; a refusal shows the page again with what was written."""
    name, case = visit.named("deed"), CaseId(visit.named("case"))
    if name in DRAFTING:
        return _shown(redrafted(visit, name), tried=name)

    def then(done: str, _: None) -> Response:
        if visit.is_partial:
            return Response(status_code=204)
        return back_to("/cases" if done == "return" else f"/cases/{case}", done=done)

    return carry_out(visit, case, DOING, again=_shown, then=then)


def _shown(visit: Visit, refusal: Refused | None = None, tried: str = "") -> Response:
    found = _find(visit)
    case, now = found.case, visit.tools.clock.now()
    writes = "draft" in {visit.asked("done"), tried} or tried in {"answer", *DRAFTING}
    deeds = offered(_standing(visit, found, writes=writes))
    talk = conversation_of(case.reply, visit) if case.reply else None
    told = _talk(visit, case, talk)
    names = {str(one.id): one.name for one in found.departments}
    today = now.astimezone(BEIJING).date()
    return page(
        visit,
        "case.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        tried=tried,
        said=_said(visit, found),
        case=case,
        title=_title(case, talk),
        word=CASE_WORDS[case.state],
        clock=clock_of(case, now, visit.tools.work_calendar),
        class_names=CLASS_NAMES,
        entry_name=ENTRY_NAMES[case.entry],
        channels=_channels(visit, told),
        department=names.get(case.department or "", ""),
        departments=[d for d in found.departments if d.exists_on(today)],
        merged_into=found.numbers.get(case.merged_into or ""),
        deeds=deeds,
        drafting=drafting_for(visit, case, _question(case, talk), tried=tried, writes=writes),
        is_drafted=tried in DRAFTING,
        today=today,
        application=found.application,
        leaving=found.answer if found.can_take_back else None,
        published=found.published if found.is_public else None,
        would_be=_publication(visit, case) if "publish" in {d.name for d in deeds} else None,
        suggested=suggestion_for(visit, case),
        warned=found.claim if found.claim and found.claim.warns(visit.user.login, now) else None,
        supervised=any(one.kind is EventKind.SUPERVISED for one in found.history),
        events=story_of(found.history, visit.names, names, found.numbers),
        **told,
    )


def _standing(visit: Visit, found: _Found, *, writes: bool) -> Standing:
    return Standing(
        found.case,
        visit.actor,
        visit.user.department,
        writes,
        found.application,
        found.is_public,
        found.can_take_back,
    )


def _find(visit: Visit) -> _Found:
    with visit.tools.storage.look() as uow:
        case = uow.cases.get(CaseId(visit.named("case")))
        require_sight(uow, case, visit.actor)
        history = uow.cases.history(case.id)
        return _Found(
            case,
            history,
            uow.cases.claim_on(case.id),
            uow.departments.all(),
            _numbers(uow, case, history),
            uow.cases.application(case.id),
            uow.published.of_case(case.id),
            uow.answers.find(case.answer) if case.answer else None,
        )


def _publication(visit: Visit, case: Case) -> PublishedAnswer | None:
    """What the public would read; nothing where the words are gone."""
    try:
        return preview_publication(case.id, actor=visit.actor, tools=visit.tools.cases)[1]
    except (Conflict, InvalidInput):
        return None


def _numbers(uow: UnitOfWork, case: Case, history: Sequence[CaseEvent]) -> Mapping[str, str]:
    """Receipt numbers of the other cases this one speaks of."""
    named = [one.details.get(name) for one in history for name in ("into", "taken")]
    return {each: uow.cases.get(CaseId(each)).number for each in {*named, case.merged_into} if each}


def _title(case: Case, talk: Conversation | None) -> str:
    if case.subject:
        return case.subject
    if case.tombstone is not None:
        return case.tombstone.words
    if talk is None or talk.reply.erased_at is not None:
        return "已按规定删除"
    return talk.reply.incoming.text or f"办理件 {case.number}"


def _question(case: Case, talk: Conversation | None) -> str:
    """What was asked."""
    return case.subject or (talk.reply.incoming.text if talk is not None else "")


def _said(visit: Visit, found: _Found) -> str:
    """What was just done, as the history has it: an answer may have gone out or to review."""
    done = visit.asked("done")
    if done == "answer":
        last = found.history[-1].kind if found.history else None
        in_review = last is EventKind.SUBMITTED
        if found.can_take_back:
            return "已答复，期限停止计算；15 秒后发出，之前可以撤销"
        return "已提交审核，审核人会在“今日”看到" if in_review else "已答复，期限停止计算"
    if done == "approve" and found.case.state is CaseState.IN_REVIEW:
        return FIRST.done
    if done == "assign" and any(one.kind is EventKind.TRANSFERRED for one in found.history[-1:]):
        return "已转办，等待部门签收"
    return DEEDS[done].done if done in DEEDS else _OPENED.get(done, "")


_OPENED = {"open": "已开立办理件，受理编号和校验码见右侧"}


def _channels(visit: Visit, told: Mapping[str, Any]) -> Mapping[str, str]:
    """How the asker can get the answer, the likeliest way first: on a platform only who wrote
    there, and once its window is closed, when they write again or look it up."""
    account, window = told["account"], told["window"]
    names = {channel.value: name for channel, name in CHANNEL_NAMES.items()}
    platform = {Channel.PLATFORM.value: names.pop(Channel.PLATFORM.value)}
    if account is None or account.platform not in visit.tools.correspondence.correspondents:
        return names
    if window is None or window.window.is_open:
        return platform | names
    look_up = {Channel.LOOK_UP.value: names.pop(Channel.LOOK_UP.value)}
    return look_up | names | platform


def _talk(visit: Visit, case: Case, talk: Conversation | None) -> Mapping[str, Any]:
    """The conversation as its part draws it, and what the platform still allows."""
    if talk is None:
        return {"reply": None, "account": None, "window": None}
    asking = [talk.reply.id] if case.is_running else []
    windows = show_windows(asking, actor=visit.actor, tools=visit.tools.correspondence)
    return {
        "reply": talk.reply,
        "account": talk.account,
        "rows": talk.rows,
        "standings": talk.standings,
        "answers": talk.written(may_answer=visit.may(Permission.ANSWER)),
        "is_moving": talk.is_moving,
        "window": windows.get(talk.reply.id),
        "along": along_in(visit, talk.rows),
    }
