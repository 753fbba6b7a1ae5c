"""WeChat's routes."""

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.publishing.route import StepKind, StepRole
from bot.platforms.wechat.routes import route_of
from tests.unit.platforms.wechat.stand import Stand, access

PREPARING = ["upload_pictures", "upload_cover", "add_draft", "read_back"]


@pytest.mark.parametrize(
    ("mode", "rest"),
    [
        (Mode.DRAFT, ["await_person", "see_live"]),
        (Mode.PUBLISH, ["submit", "confirm", "see_live"]),
        (Mode.MASS, ["send", "confirm", "see_live"]),
    ],
)
def test_each_mode_prepares_reads_back_and_then_goes_its_way(mode: Mode, rest: list[str]) -> None:
    """Reading back is the last step before anybody could see it."""
    route = Stand().adapter.route(access(mode).account)

    assert [step.name for step in route.steps] == PREPARING + rest


def test_only_the_mass_send_has_a_key_and_nothing_proves_absence() -> None:
    """Submitting has no key; neither has a rule under which it may run again by itself."""
    submit = route_of(access(Mode.PUBLISH).account).accepting
    send = route_of(access(Mode.MASS).account).accepting

    assert submit is not None
    assert send is not None
    assert (submit.kind, send.kind) == (StepKind.ONCE, StepKind.KEYED)
    assert submit.absence is None
    assert send.absence is None


def test_a_draft_account_never_accepts_by_itself() -> None:
    """A person does it in the platform's console."""
    assert route_of(access(Mode.DRAFT).account).accepting is None


def test_uploads_wait_because_they_have_public_addresses() -> None:
    """They have to wait for the end of an embargo."""
    route = route_of(access(Mode.PUBLISH).account)

    public = [step.name for step in route.steps if step.public_address]
    assert public == ["upload_pictures", "upload_cover"]


def test_polling_a_day_long_keeps_within_the_documented_quota() -> None:
    """freepublish/get may be called 100 times a day; several posts share that."""
    confirm = route_of(access(Mode.PUBLISH).account).step("confirm")
    early, last = sum(confirm.polls_seconds[:-1]), confirm.polls_seconds[-1]

    calls = len(confirm.polls_seconds) + (confirm.patience_seconds - early) / last

    assert calls < 25


def test_options_tune_waiting_steps_and_searches() -> None:
    """A sandbox answers sooner than the platform."""
    quick = access(
        Mode.PUBLISH,
        options={
            "poll_seconds": "0.5, 1",
            "look_seconds": "0 1",
            "settling_seconds": "0.2",
            "patience_seconds": "30",
        },
    )

    route = route_of(quick.account)

    waiting = [s for s in route.steps if s.role in {StepRole.CONFIRM, StepRole.SEE}]
    assert all(s.polls_seconds == (0.5, 1) and s.patience_seconds == 30 for s in waiting)
    assert route.step("submit").looks_seconds == (0, 1)
    assert route.step("submit").settling_seconds == 0.2
