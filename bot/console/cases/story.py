"""经过: every step of a case, with who and when, in words."""

from collections.abc import Callable, Mapping, Sequence

from bot.console.story import Event
from bot.console.words.states import Tone, Word
from bot.domain.cases.case import CHANNEL_NAMES, Channel
from bot.domain.cases.history import EVENT_NAMES, CaseEvent, EventKind
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.domain.topics.record import STAGE_NAMES, Stage

_E, _T = EventKind, Tone
_TONES: Mapping[EventKind, Tone] = {
    _E.ANSWERED: _T.DONE,
    _E.CLOSED: _T.DONE,
    _E.RETURNED: _T.ATTENTION,
    _E.SENT_BACK: _T.ATTENTION,
    _E.REMINDED: _T.ATTENTION,
    _E.SUPERVISED: _T.ATTENTION,
    _E.WARNED: _T.ATTENTION,
    _E.SENSITIVE: _T.ATTENTION,
    _E.OVERDUE: _T.DANGER,
    _E.NOT_DELIVERED: _T.DANGER,
}


def story_of(
    history: Sequence[CaseEvent],
    people: Callable[[str], str],
    departments: Mapping[str, str],
    numbers: Mapping[str, str],
) -> Sequence[Event]:
    """The steps, oldest first; `people` names who did them, departments are named by id, other
    cases by their receipt numbers."""
    return [
        Event(
            at=event.at,
            place=people(event.by),
            text=_said(event, departments, numbers, people),
            word=Word(EVENT_NAMES[event.kind], _TONES.get(event.kind, Tone.MOVING)),
            detail=event.note,
        )
        for event in history
    ]


def _said(
    event: CaseEvent,
    departments: Mapping[str, str],
    numbers: Mapping[str, str],
    people: Callable[[str], str],
) -> str:
    told, parts = event.details, list[str]()
    if "department" in told:
        parts.append(departments.get(told["department"], told["department"]))
    if "case_class" in told:
        parts.append(_class(told["case_class"]))
    if "channel" in told:
        parts.append(CHANNEL_NAMES[Channel(told["channel"])])
    if "written_by" in told:
        parts.append(f"起草：{people(told['written_by'])}")
    if "secrecy" in told:
        parts.append("通过" if told["secrecy"] == "passed" else "没有通过")
    if "stage" in told:
        parts.append(STAGE_NAMES[Stage(told["stage"])])
    for name in ("into", "taken"):
        if name in told:
            parts.append(numbers.get(told[name], ""))
    return "，".join(part for part in parts if part)


def _class(value: str) -> str:
    return CLASS_NAMES[CaseClass(value)] if value in set(CaseClass) else value
