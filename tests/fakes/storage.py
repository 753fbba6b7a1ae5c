"""An in-memory storage that keeps the promises of `ports.storage.Storage`."""

import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from bot.ports import answer_storage as answer_ports
from bot.ports import case_publication as publication_ports
from bot.ports import case_storage as case_ports
from bot.ports import demand_storage as demand_ports
from bot.ports import importing as import_ports
from bot.ports import notices as notice_ports
from bot.ports import operations, recalling, restoring, reviewing
from bot.ports import people_storage as people_ports
from bot.ports import question_storage as question_ports
from bot.ports import release_votes as vote_ports
from bot.ports import statistics as figures
from bot.ports import storage as ports
from bot.ports import topic_storage as topic_ports
from bot.ports.clock import Clock
from bot.ports.inspecting import Inspections
from bot.ports.personal_notices import PersonalNotices
from bot.ports.rule_storage import Rules
from tests.fakes.storage_answers import (
    FakeAnswers,
    FakeCommentStandings,
    FakeErasures,
    FakeSetAsides,
)
from tests.fakes.storage_cases import FakeCaseLookUp, FakeCaseRules, FakeCases, FakeDepartments
from tests.fakes.storage_demands import FakeDemands
from tests.fakes.storage_imports import FakeReplyImports
from tests.fakes.storage_inspections import FakeInspections
from tests.fakes.storage_notices import FakeNotices
from tests.fakes.storage_operations import FakeBreakers, FakeOutages, FakeQuietPeriods
from tests.fakes.storage_personal_notices import FakePersonalNotices
from tests.fakes.storage_published import FakePublishedAnswers, FakeRatings
from tests.fakes.storage_publishing import (
    FakeDeliveries,
    FakePosts,
    FakeRestorations,
    FakeRevisions,
)
from tests.fakes.storage_questions import FakeQuestions
from tests.fakes.storage_recalls import FakeRecalls
from tests.fakes.storage_release_votes import FakeReleaseVotes
from tests.fakes.storage_releases import FakeAccounts, FakeReleases, FakeRules, FakeSources
from tests.fakes.storage_replies import (
    FakeAudit,
    FakePeople,
    FakeReplies,
    FakeRequests,
    FakeStops,
)
from tests.fakes.storage_reviews import FakeDeputies, FakeReviews
from tests.fakes.storage_searching import FakeReleaseSearch
from tests.fakes.storage_state import State, WorkingState
from tests.fakes.storage_statistics import FakeStatistics
from tests.fakes.storage_tokens import FakeCallBudgets, FakeTokenStore, FakeUploadCache
from tests.fakes.storage_topics import FakeTopics

TURN_SECONDS = 5.0


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FakeStorage:
    """Units of work one after the other, as on SQLite; one inside another is a mistake."""

    def __init__(self, clock: Clock | None = None, *, audit_key: bytes = b"audit key") -> None:
        self.clock: Clock = clock or SystemClock()
        self.state = State()
        self.audit_key = audit_key
        self.turn = threading.Lock()

    def begin(self) -> "FakeUnitOfWork":
        return FakeUnitOfWork(self)

    def look(self) -> "FakeUnitOfWork":
        return FakeUnitOfWork(self, only_reads=True)

    def searching(self) -> FakeReleaseSearch:
        return FakeReleaseSearch(self.state)

    def receipts(self) -> FakeCaseLookUp:
        return FakeCaseLookUp(self.state)

    def tokens(self) -> FakeTokenStore:
        return FakeTokenStore(self.state, self.clock, self.turn)

    def budgets(self) -> FakeCallBudgets:
        return FakeCallBudgets(self.state, self.clock, self.turn)

    def uploads(self) -> FakeUploadCache:
        return FakeUploadCache(self.state, self.turn)


class FakeUnitOfWork:
    """Works on a copy of the state; `commit` puts the copy in place."""

    sources: ports.Sources
    releases: ports.Releases
    accounts: ports.Accounts
    rules: Rules
    posts: ports.Posts
    deliveries: ports.Deliveries
    replies: ports.Replies
    answers: answer_ports.Answers
    comments: answer_ports.CommentStandings
    asides: answer_ports.SetAsides
    erasures: answer_ports.Erasures
    cases: case_ports.Cases
    case_rules: case_ports.CaseRules
    departments: case_ports.Departments
    published: publication_ports.PublishedAnswers
    ratings: publication_ports.Ratings
    questions: question_ports.Questions
    demands: demand_ports.Demands
    imports: import_ports.ReplyImports
    topics: topic_ports.Topics
    recalls: recalling.Recalls
    release_votes: vote_ports.ReleaseVotes
    inspections: Inspections
    people: people_ports.People
    audit: people_ports.Audit
    requests: operations.Requests
    stops: operations.Stops
    quiet_periods: operations.QuietPeriods
    breakers: operations.Breakers
    outages: operations.Outages
    statistics: figures.Statistics
    restorations: restoring.Restorations
    notices: notice_ports.Notices
    personal: PersonalNotices
    reviews: reviewing.Reviews
    deputies: reviewing.Deputies

    def __init__(self, storage: FakeStorage, *, only_reads: bool = False) -> None:
        self._storage = storage
        self._only_reads = only_reads

    def now(self) -> datetime:
        return self._storage.clock.now()

    def commit(self) -> None:
        if self._only_reads:
            raise TypeError("whoever only looks has nothing to commit")
        self._working.put_in_place()

    def __enter__(self) -> Self:
        if not self._storage.turn.acquire(timeout=TURN_SECONDS):
            raise AssertionError("a unit of work was begun inside another one")
        state, clock = WorkingState(self._storage.state), self._storage.clock
        self._working = state
        self.sources = FakeSources(state)
        self.releases = FakeReleases(state)
        self.accounts = FakeAccounts(state)
        self.rules = FakeRules(state)
        self.posts = FakePosts(state)
        self.revisions = FakeRevisions(state, clock)
        self.deliveries = FakeDeliveries(state, clock)
        self.replies = FakeReplies(state, self._storage.audit_key)
        self.answers = FakeAnswers(state, clock)
        self.comments = FakeCommentStandings(state)
        self.asides = FakeSetAsides(state)
        self.erasures = FakeErasures(state, clock, self._storage.audit_key)
        self.cases = FakeCases(state, clock)
        self.case_rules = FakeCaseRules(state)
        self.departments = FakeDepartments(state)
        self.published = FakePublishedAnswers(state)
        self.ratings = FakeRatings(state)
        self.questions = FakeQuestions(state)
        self.demands = FakeDemands(state)
        self.imports = FakeReplyImports(state)
        self.topics = FakeTopics(state)
        self.recalls = FakeRecalls(state)
        self.release_votes = FakeReleaseVotes(state)
        self.inspections = FakeInspections(state, clock)
        self.people = FakePeople(state)
        self.audit = FakeAudit(state, clock, self._storage.audit_key)
        self.requests = FakeRequests(state)
        self.stops = FakeStops(state)
        self.quiet_periods = FakeQuietPeriods(state)
        self.breakers = FakeBreakers(state, clock)
        self.outages = FakeOutages(state)
        self.statistics = FakeStatistics(state)
        self.restorations = FakeRestorations(state)
        self.notices = FakeNotices(state, clock)
        self.personal = FakePersonalNotices(state, clock)
        self.reviews = FakeReviews(state)
        self.deputies = FakeDeputies(state)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._storage.turn.release()
