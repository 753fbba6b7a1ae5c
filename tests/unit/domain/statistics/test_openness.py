"""What became public, month by month, worked by hand."""

from datetime import date

from bot.domain.statistics.openness import MonthOfDocuments, PublicDocument, months_of_documents
from bot.regulations.calendar import work_calendar

SEPTEMBER_30 = date(2026, 9, 30)


def test_a_document_is_late_after_its_twentieth_working_day() -> None:
    """The holidays of October stand between; without a day of making nothing is late."""
    calendar = work_calendar()
    last = calendar.add_working_days(SEPTEMBER_30, 20).day

    on_time = PublicDocument(last, SEPTEMBER_30)
    late = PublicDocument(date.fromordinal(last.toordinal() + 1), SEPTEMBER_30)

    assert [each.is_late(calendar) for each in (on_time, late, PublicDocument(last))] == [
        False,
        True,
        False,
    ]


def test_months_count_documents_and_corrections() -> None:
    """Each in its own month; months of nothing are left out."""
    documents = [
        PublicDocument(date(2026, 11, 2), date(2026, 11, 1)),
        PublicDocument(date(2026, 11, 30), date(2026, 1, 5)),
        PublicDocument(date(2026, 9, 1)),
    ]

    months = months_of_documents(documents, [date(2026, 10, 8)], work_calendar())

    assert months == {
        date(2026, 11, 1): MonthOfDocuments(published=2, late=1),
        date(2026, 10, 1): MonthOfDocuments(corrections=1),
        date(2026, 9, 1): MonthOfDocuments(published=1),
    }
