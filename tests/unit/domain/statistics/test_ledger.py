"""What nobody cared for, and applications that are late."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.statistics.ledger import (
    FEWEST,
    SETTLED_DAYS,
    ApplicationLine,
    LedgerLine,
    low_interest,
    usual_readers,
)
from tests.factories import NOW, after

TODAY = date(2026, 11, 23)
SETTLED = TODAY - timedelta(days=SETTLED_DAYS)


def line(release: str, readers: int | None, **changes: Any) -> LedgerLine:
    values: dict[str, Any] = {
        "title": "通知",
        "document_number": "",
        "public_on": SETTLED,
        "live": 1,
        "asked": 0,
        "cases": 0,
        "answered": 0,
        "useful": 0,
        "useless": 0,
    }
    return LedgerLine(release, readers=readers, **(values | changes))


USUAL = [line(f"usual_{n}", 1000) for n in range(FEWEST)]


def test_what_hardly_anybody_read_is_low_interest() -> None:
    """Less than a fifth of the usual number; the least read first."""
    lines = [*USUAL, line("a", 199), line("b", 200), line("c", 3)]

    assert usual_readers(lines) == 1000
    assert [one.release for one in low_interest(lines, TODAY)] == ["c", "a"]


@pytest.mark.parametrize(
    "changes",
    [
        {"asked": 1},
        {"useful": 1},
        {"useless": 1},
        {"readers": None},
        {"public_on": None},
        {"public_on": SETTLED + timedelta(days=1)},
    ],
)
def test_what_was_asked_about_or_is_young_or_unknown_is_not(changes: dict[str, Any]) -> None:
    """A question is interest; without figures nobody knows."""
    one = line("one", 3)
    changed = line("one", changes.pop("readers", 3), **changes)

    assert low_interest([*USUAL, one], TODAY) == [one]
    assert low_interest([*USUAL, changed], TODAY) == []


def test_of_few_documents_nobody_can_say_what_is_usual() -> None:
    """Then none is listed."""
    assert low_interest([*USUAL[1:], line("one", None)], TODAY) == []


@pytest.mark.parametrize(
    ("answered", "paused", "late"),
    [(None, False, True), (None, True, False), (-120, False, False), (-30, False, True)],
)
def test_an_application_is_late_beyond_its_term(
    answered: int | None, paused: bool, late: bool
) -> None:
    """Also when the answer came after it; a clock that stands is not late."""
    at = None if answered is None else after(answered)
    application = ApplicationLine(
        *("case_1", "20261101-000001", "财政预算", "财政局"),
        filed_at=after(-9999),
        due_at=after(-60),
        answered_at=at,
        state="answering",
        extended_days=0,
        is_paused=paused,
    )

    assert application.is_late(NOW) is late
