"""The steps of WeChat's three ways to publish, as data."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.publishing.route import Route, Step, StepKind, StepRole

UPLOAD_PICTURES = "upload_pictures"
UPLOAD_COVER = "upload_cover"
ADD_DRAFT = "add_draft"
READ_BACK = "read_back"
SUBMIT = "submit"
SEND = "send"
CONFIRM = "confirm"
AWAIT_PERSON = "await_person"
SEE_LIVE = "see_live"

_HOUR = 3600.0
_MANY = 10_000
"""Polling steps are bounded by patience, not by a count of calls."""

_upload_pictures = Step(
    UPLOAD_PICTURES, StepKind.REPEAT, StepRole.PREPARE, timeout_seconds=60, public_address=True
)
_upload_cover = Step(
    UPLOAD_COVER, StepKind.REPEAT, StepRole.PREPARE, timeout_seconds=60, public_address=True
)
_add_draft = Step(ADD_DRAFT, StepKind.REPEAT, StepRole.PREPARE, timeout_seconds=30)
_read_back = Step(READ_BACK, StepKind.REPEAT, StepRole.VERIFY)

# Neither accepting step has an absence rule: a draft that is gone may have been deleted, and the
# list of published articles says nothing of a job still running, nor of anything mass-sent.
_submit = Step(SUBMIT, StepKind.ONCE, StepRole.ACCEPT, timeout_seconds=15)
_send = Step(SEND, StepKind.KEYED, StepRole.ACCEPT, timeout_seconds=15)

# freepublish/get may be called 100 times a day; the event normally comes first.
_confirm = Step(
    CONFIRM,
    StepKind.REPEAT,
    StepRole.CONFIRM,
    patience_seconds=3 * _HOUR,
    max_attempts=_MANY,
    polls_seconds=(10, 30, 120, 600),
)
# draft/get may be called 500 times a day by all waiting drafts together.
_await_person = Step(
    AWAIT_PERSON,
    StepKind.REPEAT,
    StepRole.AWAIT_PERSON,
    patience_seconds=72 * _HOUR,
    max_attempts=_MANY,
    polls_seconds=(30, 60, 120, 300, 600, 1200, 1800),
)
_see_live = Step(
    SEE_LIVE,
    StepKind.REPEAT,
    StepRole.SEE,
    patience_seconds=_HOUR,
    max_attempts=_MANY,
    polls_seconds=(5, 15, 60, 300, 600),
)

_prepare = (_upload_pictures, _upload_cover, _add_draft, _read_back)

STEPS: Mapping[Mode, tuple[Step, ...]] = {
    Mode.DRAFT: (*_prepare, _await_person, _see_live),
    Mode.PUBLISH: (*_prepare, _submit, _confirm, _see_live),
    Mode.MASS: (*_prepare, _send, _confirm, _see_live),
}

_POLLING = frozenset({StepRole.CONFIRM, StepRole.AWAIT_PERSON, StepRole.SEE})


def route_of(account: Account) -> Route:
    """The steps of the account's mode.

    Options (seconds, parted by spaces or commas): `poll_seconds` and `patience_seconds` for the
    steps that wait, `look_seconds` for searches after an unknown outcome, `settling_seconds`.
    """
    steps = tuple(_tuned(step, account.options) for step in STEPS[account.mode])
    return Route(PlatformName.WECHAT, account.mode, steps)


def _tuned(step: Step, options: Mapping[str, str]) -> Step:
    polls, looks = _seconds(options, "poll_seconds"), _seconds(options, "look_seconds")
    settling = _seconds(options, "settling_seconds")
    patience = _seconds(options, "patience_seconds")
    if settling:
        step = replace(step, settling_seconds=settling[0])
    if looks:
        step = replace(step, looks_seconds=looks)
    if polls and step.role in _POLLING:
        step = replace(step, polls_seconds=polls)
    if patience and step.role in _POLLING:
        step = replace(step, patience_seconds=patience[0])
    return step


def _seconds(options: Mapping[str, str], name: str) -> tuple[float, ...]:
    return tuple(float(part) for part in options.get(name, "").replace(",", " ").split())
