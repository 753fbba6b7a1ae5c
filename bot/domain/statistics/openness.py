"""What an office made public, by month: documents, those that came late, and corrections."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.releases.duties import publication_duty
from bot.domain.workdays import WorkCalendar


@dataclass(frozen=True)
class PublicDocument:
    """A document since the day on which anybody could read it, on the site or on an account."""

    public_on: date
    issued_on: date | None = None

    def is_late(self, calendar: WorkCalendar) -> bool:
        """Whether it came after its 20 working days; False where its day of making is unknown."""
        if self.issued_on is None:
            return False
        duty = publication_duty(
            self.issued_on, self.public_on, today=self.public_on, calendar=calendar
        )
        return not duty.in_time


@dataclass(frozen=True)
class MonthOfDocuments:
    """What became public in a month, how much of it late, and how many versions corrected
    something in it."""

    published: int = 0
    late: int = 0
    corrections: int = 0


def months_of_documents(
    documents: Iterable[PublicDocument], corrected_on: Iterable[date], calendar: WorkCalendar
) -> Mapping[date, MonthOfDocuments]:
    """By the first day of the month; only months in which anything was."""
    published: Counter[date] = Counter()
    late: Counter[date] = Counter()
    for document in documents:
        month = document.public_on.replace(day=1)
        published[month] += 1
        late[month] += document.is_late(calendar)
    corrections = Counter(day.replace(day=1) for day in corrected_on)
    return {
        month: MonthOfDocuments(published[month], late[month], corrections[month])
        for month in {*published, *corrections}
    }
