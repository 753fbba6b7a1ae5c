"""The weekly brief: made once, on Monday morning, out of what is stored."""

from datetime import date, datetime, timedelta

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.service import Owed as OwedAnswer
from bot.ports.case_overview import CaseCounts, CaseFilter, CaseKey, CaseRow
from bot.ports.service_figures import OpennessRecord, ServiceRecord
from bot.usecases.topics.make_brief import BriefTools, make_brief_if_due
from tests.unit.usecases.topics.square import Square
from tests.unit.usecases.topics.test_watching import burst

MONDAY = datetime(2026, 11, 30, 8, tzinfo=BEIJING)


class Counted:
    """Read models that say what a test wants."""

    def case_counts(self, *, departments: tuple[str, ...] = ()) -> CaseCounts:
        return CaseCounts({"assigned": 4, "answering": 1}, overdue=2)

    def cases(
        self, wanted: CaseFilter, *, limit: int = 50, after: CaseKey | None = None
    ) -> list[CaseRow]:
        return []

    def service(self, *, since: datetime) -> ServiceRecord:
        day = timedelta(days=1)

        def owed(due_days_ago: int, took_days: float | None) -> OwedAnswer:
            due = MONDAY - due_days_ago * day
            received = due - 3 * day
            answered = None if took_days is None else received + took_days * day
            return OwedAnswer(received, due, answered)

        rows = [owed(2, 1), owed(3, 2), owed(4, None), owed(10, 1)]
        return ServiceRecord(rows, [], [(MONDAY - 2 * day, 5), (MONDAY - 2 * day, 4)])

    def openness(self, *, since: date) -> OpennessRecord:
        raise AssertionError(f"a brief tells nothing of documents, since {since} or ever")


def test_a_brief_is_made_once_a_week_and_not_before_monday_eight() -> None:
    """With concerns, figures beside those of the week before, what is owed and proposals."""
    square, counted = Square(), Counted()
    square.days_pass(4)
    tools = BriefTools(square.storage, counted, counted)
    burst(square, 6)
    square.listen()
    square.clock.pass_seconds((MONDAY - square.clock.now()).total_seconds() - 60)
    early = make_brief_if_due(tools)
    square.clock.pass_seconds(60)

    brief, again = make_brief_if_due(tools), make_brief_if_due(tools)

    assert (early, again) == (None, None)
    assert brief is not None
    assert (brief.monday.isoformat(), brief.sunday.isoformat()) == ("2026-11-23", "2026-11-29")
    assert [(c.words, c.askers, c.days) for c in brief.concerns] == [("涨价、燃气", 6, 1)]
    assert brief.concerns[0].quotes
    assert (brief.figures.due, brief.figures.in_time, brief.figures.median_hours) == (3, 2, 36)
    assert (brief.before.due, brief.figures.votes, brief.figures.mean_stars) == (1, 2, 4.5)
    assert (brief.owed.running, brief.owed.overdue) == (5, 2)
    assert [p.page for p in brief.proposals][:2] == ["/topics", "/cases?view=late"]
    with square.storage.begin() as uow:
        assert uow.topics.briefs(limit=5) == [brief]
