"""What is planted into attachments is found, and nothing else is."""

from collections import Counter

import pytest

from bot.domain.personal.found import PersonalKind
from bot.domain.releases.inspection import NEVER_PUBLIC, Inspection
from bot.reading.attachments.inspector import inspect
from tests.unit.reading.attachments.planting import (
    FORMATS,
    WITHOUT_TABLES,
    harmless,
    list_of,
    people,
    planted,
    told,
)

LATIN = "pdf"
"""Its font has no Chinese signs: addresses and plates cannot stand in it."""


def counted(inspection: Inspection) -> Counter[PersonalKind]:
    found: Counter[PersonalKind] = Counter()
    for each in inspection.personal:
        found[each.kind] += each.count if each.is_certain else 0
    return found


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_planted_number_is_found_once(format_name: str) -> None:
    """Of five kinds, thirty each, in each format."""
    some = people(30, seed=len(format_name))

    found = counted(inspect(FORMATS[format_name](list_of(some))))

    wanted = dict(planted(some))
    if format_name == LATIN:
        wanted = {kind: wanted[kind] for kind in (*NEVER_PUBLIC, PersonalKind.PHONE)}
    assert {kind: found[kind] for kind in wanted} == wanted


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_only_looks_personal_is_no_finding(format_name: str) -> None:
    """Codes of organisations, office telephones, receipt numbers, amounts: nothing certain."""
    rows = harmless(300, seed=7)

    if format_name in WITHOUT_TABLES:
        rows = told(rows)
    found = counted(inspect(FORMATS[format_name](rows)))

    if format_name == LATIN:  # no heading says that a number is a receipt's
        del found[PersonalKind.ID_NUMBER]

    assert not +found
