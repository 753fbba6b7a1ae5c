"""All tables; importing this package fills `METADATA`."""

from bot.storage.tables.accounts import (
    account_checks,
    account_tokens,
    account_troubles,
    accounts,
    breakers,
    call_budgets,
    call_purposes,
    quiet_periods,
    restorations,
    stops,
    uploads,
)
from bot.storage.tables.answers import (
    answers,
    comment_counts,
    comment_standings,
    erasures,
    set_asides,
)
from bot.storage.tables.cases import (
    case_applications,
    case_claims,
    case_events,
    case_marks,
    case_rules,
    cases,
    departments,
)
from bot.storage.tables.demands import demands, search_misses
from bot.storage.tables.imports import reply_imports
from bot.storage.tables.inspections import inspection_waits, inspections
from bot.storage.tables.metadata import METADATA
from bot.storage.tables.notices import alerts, backup_tries, notice_channels, notices
from bot.storage.tables.people import (
    api_tokens,
    audit_records,
    handovers,
    requests,
    sessions,
    users,
)
from bot.storage.tables.personal_notices import notice_wishes, personal_notices, told_records
from bot.storage.tables.posts import (
    deliveries,
    delivery_entries,
    outage_deliveries,
    outages,
    post_revisions,
    posts,
    rollouts,
    ticks,
)
from bot.storage.tables.published import case_ratings, published_answers
from bot.storage.tables.questions import question_members, question_progress, questions
from bot.storage.tables.recalls import recalls
from bot.storage.tables.release_votes import release_votes
from bot.storage.tables.releases import answer_rules, releases, rules, sources
from bot.storage.tables.replies import replies, reply_cursors
from bot.storage.tables.reviews import deputies, review_entries
from bot.storage.tables.searching import release_terms, release_texts, reply_blocks, reply_terms
from bot.storage.tables.statistics import (
    account_days,
    article_days,
    follower_days,
    published_articles,
    statistics_asked,
    statistics_outlooks,
)
from bot.storage.tables.topics import (
    media_questions,
    topic_alerts,
    topic_briefs,
    topic_days,
    topic_hours,
    topic_records,
    topic_sightings,
)

__all__ = [
    "METADATA",
    "account_checks",
    "account_days",
    "account_tokens",
    "account_troubles",
    "accounts",
    "alerts",
    "answer_rules",
    "answers",
    "api_tokens",
    "article_days",
    "audit_records",
    "backup_tries",
    "breakers",
    "call_budgets",
    "call_purposes",
    "case_applications",
    "case_claims",
    "case_events",
    "case_marks",
    "case_ratings",
    "case_rules",
    "cases",
    "comment_counts",
    "comment_standings",
    "deliveries",
    "delivery_entries",
    "demands",
    "departments",
    "deputies",
    "erasures",
    "follower_days",
    "handovers",
    "inspection_waits",
    "inspections",
    "media_questions",
    "notice_channels",
    "notice_wishes",
    "notices",
    "outage_deliveries",
    "outages",
    "personal_notices",
    "post_revisions",
    "posts",
    "published_answers",
    "published_articles",
    "question_members",
    "question_progress",
    "questions",
    "quiet_periods",
    "recalls",
    "release_terms",
    "release_texts",
    "release_votes",
    "releases",
    "replies",
    "reply_blocks",
    "reply_cursors",
    "reply_imports",
    "reply_terms",
    "requests",
    "restorations",
    "review_entries",
    "rollouts",
    "rules",
    "search_misses",
    "sessions",
    "set_asides",
    "sources",
    "statistics_asked",
    "statistics_outlooks",
    "stops",
    "ticks",
    "told_records",
    "topic_alerts",
    "topic_briefs",
    "topic_days",
    "topic_hours",
    "topic_records",
    "topic_sightings",
    "uploads",
    "users",
]
