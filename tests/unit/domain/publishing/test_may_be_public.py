"""Whether the public may see a delivery: in doubt, yes."""

from dataclasses import replace

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.publishing.delivery import may_be_public
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome
from bot.domain.publishing.route import Route, Step, StepKind, StepRole
from tests import factories as make

PREPARE = Step("prepare", StepKind.REPEAT, StepRole.PREPARE)
ACCEPT = Step("accept", StepKind.ONCE, StepRole.ACCEPT)
PERSON = Step("person", StepKind.REPEAT, StepRole.AWAIT_PERSON)
ROUTE = Route(PlatformName.WECHAT, Mode.PUBLISH, (PREPARE, ACCEPT))
BY_HAND = Route(PlatformName.WECHAT, Mode.DRAFT, (PREPARE, PERSON))


def line(step: Step, outcome: Outcome | None, act: Act = Act.CALL, error: str = "") -> Entry:
    failure = Failure(error) if error else None
    return Entry(1, step.name, act, make.NOW, make.NOW, outcome, failure=failure)


def told(route: Route, *lines: Entry) -> bool:
    entries = tuple(replace(entry, seq=number) for number, entry in enumerate(lines, 1))
    return may_be_public(make.delivery(journal=Journal(entries)), route)


REFUSED = line(ACCEPT, Outcome.REFUSED, error="ContentRejected")
UNKNOWN = line(ACCEPT, Outcome.UNKNOWN)
DENIED = line(ACCEPT, Outcome.RETRY, Act.PERSON)


@pytest.mark.parametrize(
    ("lines", "public"),
    [
        ((), False),
        ((line(PREPARE, Outcome.DONE),), False),
        ((line(ACCEPT, None),), True),
        ((UNKNOWN,), True),
        ((line(ACCEPT, Outcome.DONE),), True),
        ((line(ACCEPT, Outcome.ADOPTED, Act.PERSON),), True),
        ((line(ACCEPT, Outcome.NOT_DONE),), False),
        ((REFUSED,), False),
        ((line(ACCEPT, Outcome.REFUSED, error="PartlyDone"),), True),
        ((line(ACCEPT, Outcome.REFUSED, error="NotAsApproved"),), True),
        ((UNKNOWN, REFUSED), True),
        ((UNKNOWN, DENIED), False),
        ((UNKNOWN, DENIED, REFUSED), False),
        ((UNKNOWN, DENIED, UNKNOWN), True),
    ],
)
def test_only_a_refusal_or_a_person_denies_it(lines: tuple[Entry, ...], public: bool) -> None:
    """A call that was started counts until somebody who can know says that nothing came of it."""
    assert told(ROUTE, *lines) is public


def test_a_draft_in_the_console_may_be_published_by_anybody() -> None:
    """From the moment we wait for a person."""
    assert told(BY_HAND, line(PERSON, Outcome.PENDING))
    assert not told(BY_HAND, line(PREPARE, Outcome.DONE))
