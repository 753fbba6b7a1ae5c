"""What the in-memory storage holds: dictionaries of immutable values, copied for each turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.accounts.account import Account
from bot.domain.accounts.breaker import Breaker
from bot.domain.accounts.check import AccountCheck
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.audit import AuditRecord
from bot.domain.cases.case import Case
from bot.domain.cases.claim import Claim
from bot.domain.cases.clock import Mark
from bot.domain.cases.department import Department
from bot.domain.cases.disclosure import Application
from bot.domain.cases.history import CaseEvent
from bot.domain.cases.published import PublishedAnswer, Rating
from bot.domain.deputies import Deputy
from bot.domain.ids import PostId, ReplyId
from bot.domain.notices.channel import Notice, NoticeChannel
from bot.domain.notices.personal import PersonalNotice, Wishes
from bot.domain.notices.watching import Alert
from bot.domain.people import ApiToken, Handover, Session, User
from bot.domain.posts.post import Post
from bot.domain.posts.review_log import ReviewEntry
from bot.domain.posts.revision import Revision
from bot.domain.posts.rollout import Rollout
from bot.domain.posts.rules import Rule
from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import QuietPeriod
from bot.domain.publishing.restoration import Restoration
from bot.domain.questions.demand import Demand
from bot.domain.questions.group import Member, QuestionGroup
from bot.domain.releases.inspection import Inspection
from bot.domain.releases.opinion import ReleaseVote
from bot.domain.releases.recall import Recall
from bot.domain.releases.release import Release
from bot.domain.releases.source import Source
from bot.domain.replies.answer import Answer
from bot.domain.replies.answering import AnswerRule
from bot.domain.replies.comment import CommentCount, CommentStanding
from bot.domain.replies.erasure import Erasure
from bot.domain.replies.handling import SetAside
from bot.domain.replies.importing import ReplyImport, Table
from bot.domain.replies.reply import Reply
from bot.domain.statistics.figures import (
    AccountDay,
    ArticleDay,
    ArticleId,
    FollowerDay,
    PublishedArticle,
)
from bot.domain.statistics.planning import Asked
from bot.domain.topics.alert import TopicAlert
from bot.domain.topics.brief import Brief
from bot.domain.topics.record import MediaQuestion, OpinionRecord
from bot.domain.topics.terms import Sighting
from bot.ports.case_storage import RuleSet
from bot.ports.statistics import Outlook
from bot.ports.tokens import PlatformToken
from bot.ports.topic_storage import TopicDay


@dataclass
class State:
    """All rows. Values are frozen, so a copy of the dictionaries is a snapshot."""

    sources: dict[str, Source] = field(default_factory=dict)
    releases: dict[tuple[str, int], Release] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    checks: dict[str, AccountCheck] = field(default_factory=dict)
    troubles: dict[str, AccountTrouble] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    answer_rules: dict[int, AnswerRule] = field(default_factory=dict)
    rollouts: dict[str, Rollout] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    revisions: dict[tuple[str, int], Revision] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    rung: dict[str, datetime] = field(default_factory=dict)
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)
    filed: dict[str, bool] = field(default_factory=dict)
    pending_jobs: dict[str, datetime] = field(default_factory=dict)
    cursors: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    answers_rung: dict[str, datetime] = field(default_factory=dict)
    comment_counts: dict[PostId, CommentCount] = field(default_factory=dict)
    standings: dict[str, CommentStanding] = field(default_factory=dict)
    set_asides: dict[ReplyId, SetAside] = field(default_factory=dict)
    erasures: dict[str, Erasure] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    case_events: dict[int, CaseEvent] = field(default_factory=dict)
    case_marks: dict[tuple[str, Mark], datetime | None] = field(default_factory=dict)
    case_claims: dict[str, Claim] = field(default_factory=dict)
    case_applications: dict[str, Application] = field(default_factory=dict)
    case_rules: dict[int, RuleSet] = field(default_factory=dict)
    published: dict[str, PublishedAnswer] = field(default_factory=dict)
    ratings: dict[tuple[str, datetime], Rating] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    questions: dict[str, QuestionGroup] = field(default_factory=dict)
    question_members: dict[tuple[str, str], Member] = field(default_factory=dict)
    question_progress: dict[str, int] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)
    search_misses: dict[tuple[str, str], str] = field(default_factory=dict)
    recalls: dict[str, Recall] = field(default_factory=dict)
    reply_imports: dict[str, ReplyImport] = field(default_factory=dict)
    import_tables: dict[str, Table] = field(default_factory=dict)
    topic_sightings: dict[tuple[datetime, str, str], Sighting] = field(default_factory=dict)
    topic_hours: dict[tuple[str, datetime], int] = field(default_factory=dict)
    topic_days: dict[date, TopicDay] = field(default_factory=dict)
    topic_alerts: dict[str, TopicAlert] = field(default_factory=dict)
    topic_records: dict[str, OpinionRecord] = field(default_factory=dict)
    release_votes: dict[tuple[str, str], ReleaseVote] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    inspection_waits: dict[tuple[str, str], tuple[datetime, datetime | None]] = field(
        default_factory=dict
    )
    topic_briefs: dict[date, Brief] = field(default_factory=dict)
    media_questions: dict[str, MediaQuestion] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    api_tokens: dict[str, ApiToken] = field(default_factory=dict)
    audit: dict[int, AuditRecord] = field(default_factory=dict)
    requests: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    restorations: dict[datetime, Restoration] = field(default_factory=dict)
    notice_channels: dict[str, NoticeChannel] = field(default_factory=dict)
    alerts: dict[tuple[str, str], Alert] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    personal_notices: dict[str, PersonalNotice] = field(default_factory=dict)
    wishes: dict[str, Wishes] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    backup_tries: dict[datetime, str] = field(default_factory=dict)
    reviews: dict[int, ReviewEntry] = field(default_factory=dict)
    deputies: dict[str, Deputy] = field(default_factory=dict)
    stops: dict[str, tuple[str, str]] = field(default_factory=dict)
    quiet_periods: dict[str, QuietPeriod] = field(default_factory=dict)
    breakers: dict[str, Breaker] = field(default_factory=dict)
    ticks: dict[str, datetime] = field(default_factory=dict)
    outages: dict[str, Outage] = field(default_factory=dict)
    outlooks: dict[str, Outlook] = field(default_factory=dict)
    asked: dict[tuple[str, str, date], Asked] = field(default_factory=dict)
    articles: dict[ArticleId, PublishedArticle] = field(default_factory=dict)
    article_days: dict[tuple[ArticleId, str, date], ArticleDay] = field(default_factory=dict)
    account_days: dict[tuple[str, date], AccountDay] = field(default_factory=dict)
    follower_days: dict[tuple[str, date], FollowerDay] = field(default_factory=dict)
    platform_tokens: dict[str, PlatformToken] = field(default_factory=dict)
    refreshes: dict[str, datetime] = field(default_factory=dict)
    uploads: dict[tuple[str, str, str], Mapping[str, str]] = field(default_factory=dict)
    budgets: dict[tuple[str, str, date], int] = field(default_factory=dict)


class WorkingState(State):
    """A snapshot that can be changed without changing the stored state: each of its tables is
    copied when it is first asked for. Who makes one holds the turn, so no other changes them."""

    def __init__(self, stored: State) -> None:
        self._stored = stored

    def __getattr__(self, table: str) -> dict[Any, Any]:
        rows = dict(getattr(self._stored, table))
        setattr(self, table, rows)
        return rows

    def put_in_place(self) -> None:
        """The stored state becomes as this one; both can go on changing apart."""
        for table, rows in vars(self).items():
            if table != "_stored":
                stored = getattr(self._stored, table)
                stored.clear()
                stored.update(rows)
