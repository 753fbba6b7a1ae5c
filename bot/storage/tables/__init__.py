"""All tables; importing this package fills `METADATA`."""

from bot.storage.tables.accounts import (
    account_checks,
    account_tokens,
    accounts,
    call_budgets,
    stops,
    uploads,
)
from bot.storage.tables.metadata import METADATA
from bot.storage.tables.people import api_tokens, audit_records, requests, sessions, users
from bot.storage.tables.posts import deliveries, delivery_entries, posts, rollouts
from bot.storage.tables.releases import answer_rules, releases, rules, sources
from bot.storage.tables.replies import replies, reply_cursors

__all__ = [
    "METADATA",
    "account_checks",
    "account_tokens",
    "accounts",
    "answer_rules",
    "api_tokens",
    "audit_records",
    "call_budgets",
    "deliveries",
    "delivery_entries",
    "posts",
    "releases",
    "replies",
    "reply_cursors",
    "requests",
    "rollouts",
    "rules",
    "sessions",
    "sources",
    "stops",
    "uploads",
    "users",
]
