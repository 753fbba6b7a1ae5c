"""A case of public concern (舆情): its stages, and what the press wants to know.

The stages are those of 国办发〔2016〕80号: 监测、研判、会商、处置、回应、评估. The case beside it
has the clock, the department and the history; a stage with its note is a step of that history.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.cases.case import Case
from bot.domain.errors import Conflict, IllegalMove, InvalidInput, Problem
from bot.domain.ids import AlertId, CaseId
from bot.domain.topics.rules import Level


class Stage(StrEnum):
    """Where the handling stands."""

    MONITORED = "monitored"
    ASSESSED = "assessed"
    CONFERRED = "conferred"
    HANDLED = "handled"
    RESPONDED = "responded"
    EVALUATED = "evaluated"


_S = Stage

STAGE_NAMES = {
    _S.MONITORED: "监测",
    _S.ASSESSED: "研判",
    _S.CONFERRED: "会商",
    _S.HANDLED: "处置",
    _S.RESPONDED: "回应",
    _S.EVALUATED: "评估",
}
STAGE_MOVES = {
    _S.MONITORED: frozenset({_S.ASSESSED}),
    _S.ASSESSED: frozenset({_S.CONFERRED, _S.HANDLED}),
    _S.CONFERRED: frozenset({_S.HANDLED}),
    _S.HANDLED: frozenset({_S.CONFERRED, _S.RESPONDED}),
    _S.RESPONDED: frozenset({_S.HANDLED, _S.EVALUATED}),
    _S.EVALUATED: frozenset[Stage](),
}
"""Handling may need another conference, and a response another handling."""


@dataclass(frozen=True)
class OpinionRecord:
    """The case's level and stage; `alert` is what it began with, if a program saw it."""

    case: CaseId
    level: Level
    stage: Stage
    changed_by: str
    changed_at: datetime
    alert: AlertId | None = None

    def next_stages(self) -> tuple[Stage, ...]:
        """Where it may go on: what is grave is conferred about first."""
        moves = STAGE_MOVES[self.stage]
        if self.stage is _S.ASSESSED and self.level is not Level.ORDINARY:
            moves = moves - {_S.HANDLED}
        return tuple(stage for stage in Stage if stage in moves)

    def moved(self, stage: Stage, case: Case, *, by: str, at: datetime) -> "OpinionRecord":
        """The record in its next stage.

        Raises:
            IllegalMove: that stage does not follow.
            Conflict: a response is recorded before the case has its answer, so that its clock
                would run on.
        """
        if stage not in self.next_stages():
            now, wanted = STAGE_NAMES[self.stage], STAGE_NAMES[stage]
            raise IllegalMove(f"舆情 {case.number}", now=now, wanted=wanted)
        if stage is _S.RESPONDED and case.answered_at is None:
            words = "请先在办理件里登记回应的内容（答复），计时才会停止，然后再记录回应"
            raise Conflict(words, existing=case.id)
        return replace(self, stage=stage, changed_by=by, changed_at=at)


@dataclass(frozen=True)
class MediaQuestion:
    """What a medium asks, and until when it wants to know; the case has our own term."""

    case: CaseId
    outlet: str
    question: str
    asked_at: datetime
    wanted_by: datetime | None = None


LONGEST_OUTLET, LONGEST_QUESTION = 60, 3000


def media_faults(
    outlet: str, question: str, wanted_by: datetime | None, *, now: datetime
) -> list[Problem]:
    """Why a question of the press cannot be taken down as it is."""
    problems = []
    if not outlet.strip() or len(outlet.strip()) > LONGEST_OUTLET:
        problems.append(Problem("outlet", f"请填写媒体名称，最多 {LONGEST_OUTLET} 字"))
    if not question.strip() or len(question.strip()) > LONGEST_QUESTION:
        problems.append(Problem("text", f"请填写所提问题，最多 {LONGEST_QUESTION} 字"))
    if wanted_by is not None and wanted_by <= now:
        problems.append(Problem("at", "媒体要求的时间已经过去，请核对"))
    return problems


def require_sound(problems: list[Problem]) -> None:
    """Go on only without faults.

    Raises:
        InvalidInput: naming each.
    """
    if problems:
        raise InvalidInput(problems)
