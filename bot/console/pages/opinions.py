"""舆情处置 and 媒体关切: cases of public concern stage by stage, and what the press asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.cases.doing import department_in, written
from bot.console.cases.told import clock_of
from bot.console.doing import Refused, carry_out
from bot.console.pages.topics import departments_today, level_in, may_watch
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.console.words.cases import CASE_WORDS
from bot.console.words.states import Word
from bot.console.words.times import from_input
from bot.domain.cases.case import Case
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.errors import InvalidInput, NotAllowed, Problem, Refusal
from bot.domain.ids import CaseId
from bot.domain.permissions import Permission
from bot.domain.topics.record import STAGE_NAMES, MediaQuestion, OpinionRecord, Stage
from bot.domain.topics.rules import LEVEL_NAMES, Level
from bot.usecases.cases.see_cases import require_sight
from bot.usecases.topics.note_stage import begin_record, note_stage
from bot.usecases.topics.take_media_question import take_media_question

MOST = 50
DONE = {
    "take-up": "已转舆情办理，期限从预警时算起",
    "begin": "已建立处置记录",
    "stage": "已记入经过",
    "media": "已登记，期限和经过在办理件里",
}


@dataclass(frozen=True)
class RecordLine:
    """A record beside its case."""

    record: OpinionRecord
    case: Case
    word: Word
    clock: Word | None


@dataclass(frozen=True)
class MediaLine:
    """A question of the press beside its case; the case's answer is the reply copy."""

    asked: MediaQuestion
    case: Case
    word: Word
    clock: Word | None


def list_records(visit: Visit) -> Response:
    """What is handled as public concern, the last changed first; and who watches what."""
    with visit.tools.storage.look() as uow:
        records = uow.topics.records(limit=MOST)
        lines = [RecordLine(one, *_of_case(visit, uow.cases.get(one.case))) for one in records]
        rules = uow.case_rules.newest()
        departments = {one.id: one.name for one in uow.departments.all()}
    return page(
        visit,
        "topic_records.html.j2",
        lines=lines,
        sources=rules.watch.sources if rules and rules.watch else (),
        departments=departments,
        stage_names=STAGE_NAMES,
        level_names=LEVEL_NAMES,
    )


def show_record(visit: Visit) -> Response:
    """One case's stages with what was noted at each, and the next."""
    return _record_page(visit)


def do_record(visit: Visit) -> Response:
    """Begin a record, or note the next stage; a refusal keeps what was written."""
    case = CaseId(visit.named("case"))
    return carry_out(
        visit,
        case,
        _DEEDS,
        again=_record_page,
        then=lambda done, _: back_to(f"/topics/records/{case}", done=done),
        beyond=(NotAllowed,),
    )


def list_media(visit: Visit) -> Response:
    """Questions of the press with their times and reply copies, and the form for another."""
    return _media_page(visit)


def take_media(visit: Visit) -> Response:
    """Take one down."""
    try:
        take_media_question(
            written(visit, "outlet"),
            written(visit, "text"),
            wanted_by=_moment(visit),
            department=department_in(visit),
            actor=visit.actor,
            tools=visit.tools.cases,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _media_page(visit, refusal)
    return back_to("/topics/media", done="media")


def _moment(visit: Visit) -> datetime | None:
    given = visit.fields.get("at", "")
    if not given:
        return None
    try:
        return from_input(given)
    except InvalidInput as fault:
        raise InvalidInput([Problem("at", "请选择媒体要求的时间")]) from fault


def _begin(visit: Visit, case: CaseId) -> None:
    begin_record(case, level_in(visit), actor=visit.actor, storage=visit.tools.storage)


def _stage(visit: Visit, case: CaseId) -> None:
    chosen = visit.fields.get("stage", "")
    if chosen not in set(Stage):
        raise InvalidInput([Problem("stage", "请选择阶段")])
    note = written(visit, "note")
    note_stage(case, Stage(chosen), note, actor=visit.actor, storage=visit.tools.storage)


_DEEDS: Mapping[str, Callable[[Visit, CaseId], None]] = {"begin": _begin, "stage": _stage}


def _record_page(visit: Visit, refusal: Refused | None = None, _tried: str = "") -> Response:
    with visit.tools.storage.look() as uow:
        case = uow.cases.get(CaseId(visit.named("case")))
        require_sight(uow, case, visit.actor)
        record = uow.topics.record(case.id)
        history = uow.cases.history(case.id)
    _, word, clock = _of_case(visit, case)
    is_own = case.department is not None and case.department == visit.user.department
    return page(
        visit,
        "topic_record.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said=DONE.get(visit.asked("done"), ""),
        case=case,
        word=word,
        clock=clock,
        record=record,
        stages=_stages(history),
        next_stages=record.next_stages() if record else (),
        may_note=may_watch(visit) or (visit.may(Permission.HANDLE_OWN_CASES) and is_own),
        may_begin=may_watch(visit),
        stage_names=STAGE_NAMES,
        level_names=LEVEL_NAMES,
        levels=list(Level),
    )


def _media_page(visit: Visit, refusal: Refusal | None = None) -> Response:
    with visit.tools.storage.look() as uow:
        asked = uow.topics.media(limit=MOST)
        lines = [MediaLine(one, *_of_case(visit, uow.cases.get(one.case))) for one in asked]
        departments = departments_today(visit, uow)
    return page(
        visit,
        "topic_media.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        said=DONE.get(visit.asked("done"), ""),
        lines=lines,
        departments=departments,
        may_take=may_watch(visit),
    )


def _stages(history: Sequence[CaseEvent]) -> Sequence[CaseEvent]:
    return [event for event in history if event.kind is EventKind.STAGE]


def _of_case(visit: Visit, case: Case) -> tuple[Case, Word, Word | None]:
    now = visit.tools.clock.now()
    clock = clock_of(case, now, visit.tools.work_calendar)
    return case, CASE_WORDS[case.state], clock
