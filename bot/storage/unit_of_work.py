"""One transaction over all repositories."""

from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

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
from bot.ports.inspecting import Inspections
from bot.ports.personal_notices import PersonalNotices
from bot.ports.rule_storage import Rules
from bot.storage.accounts import SqlAccounts
from bot.storage.answers import SqlAnswers
from bot.storage.audit import SqlAudit
from bot.storage.case_rules import SqlCaseRules, SqlDepartments
from bot.storage.cases import SqlCases
from bot.storage.clock import DatabaseClock
from bot.storage.comment_standings import SqlCommentStandings
from bot.storage.deliveries import SqlDeliveries
from bot.storage.demands import SqlDemands
from bot.storage.engine import only_reads
from bot.storage.erasures import SqlErasures
from bot.storage.imports import SqlReplyImports
from bot.storage.inspections import SqlInspections
from bot.storage.notices import SqlNotices
from bot.storage.operations import SqlBreakers, SqlQuietPeriods
from bot.storage.outages import SqlOutages
from bot.storage.people import SqlPeople
from bot.storage.personal_notices import SqlPersonalNotices
from bot.storage.posts import SqlPosts
from bot.storage.published import SqlPublishedAnswers, SqlRatings
from bot.storage.questions import SqlQuestions
from bot.storage.recalls import SqlRecalls
from bot.storage.release_votes import SqlReleaseVotes
from bot.storage.releases import SqlReleases
from bot.storage.replies import SqlReplies
from bot.storage.requests import SqlRequests
from bot.storage.restorations import SqlRestorations
from bot.storage.reviews import SqlDeputies, SqlReviews
from bot.storage.revisions import SqlRevisions
from bot.storage.rollout_turns import RolloutTurns
from bot.storage.rules import SqlRules
from bot.storage.set_asides import SqlSetAsides
from bot.storage.sources import SqlSources
from bot.storage.statistics import SqlStatistics
from bot.storage.stops import SqlStops
from bot.storage.topics import SqlTopics


class SqlUnitOfWork:
    """Keeps the promises of `ports.storage.UnitOfWork`; `turn` begins where it is entered."""

    sources: ports.Sources
    releases: ports.Releases
    accounts: ports.Accounts
    rules: Rules
    posts: ports.Posts
    revisions: ports.Revisions
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

    def __init__(
        self, turn: AbstractContextManager[Connection], clock: DatabaseClock, *, audit_key: bytes
    ) -> None:
        self._turn = turn
        self._clock = clock
        self._audit_key = audit_key

    def now(self) -> datetime:
        return self._clock.now(self._connection)

    def commit(self) -> None:
        if only_reads(self._connection):
            raise TypeError("whoever only looks has nothing to commit")
        self._connection.commit()
        self._turns.forget()

    def __enter__(self) -> Self:
        connection = self._turn.__enter__()
        self._connection = connection
        self.sources = SqlSources(connection)
        self.releases = SqlReleases(connection)
        self.accounts = SqlAccounts(connection)
        self.rules = SqlRules(connection)
        self._turns = RolloutTurns(connection)
        self.posts = SqlPosts(connection, self._turns)
        self.revisions = SqlRevisions(connection, self._clock)
        self.deliveries = SqlDeliveries(connection, self._clock, self._turns)
        self.replies = SqlReplies(connection, key=self._audit_key)
        self.answers = SqlAnswers(connection, self._clock)
        self.comments = SqlCommentStandings(connection)
        self.asides = SqlSetAsides(connection)
        self.erasures = SqlErasures(connection, self._clock, key=self._audit_key)
        self.cases = SqlCases(connection, self._clock)
        self.case_rules = SqlCaseRules(connection)
        self.departments = SqlDepartments(connection)
        self.published = SqlPublishedAnswers(connection)
        self.ratings = SqlRatings(connection)
        self.questions = SqlQuestions(connection)
        self.demands = SqlDemands(connection)
        self.imports = SqlReplyImports(connection)
        self.topics = SqlTopics(connection)
        self.recalls = SqlRecalls(connection)
        self.release_votes = SqlReleaseVotes(connection)
        self.inspections = SqlInspections(connection, self._clock)
        self.people = SqlPeople(connection)
        self.audit = SqlAudit(connection, self._clock, key=self._audit_key)
        self.requests = SqlRequests(connection, self._clock)
        self.stops = SqlStops(connection, self._clock)
        self.quiet_periods = SqlQuietPeriods(connection)
        self.breakers = SqlBreakers(connection, self._clock)
        self.outages = SqlOutages(connection)
        self.statistics = SqlStatistics(connection)
        self.restorations = SqlRestorations(connection)
        self.notices = SqlNotices(connection, self._clock)
        self.personal = SqlPersonalNotices(connection, self._clock)
        self.reviews = SqlReviews(connection)
        self.deputies = SqlDeputies(connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._turn.__exit__(kind, error, trace)
