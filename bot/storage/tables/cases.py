"""Tables of cases, their history and clocks, the office's rules for them, and departments."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.columns import ExactText, Id, UtcTime
from bot.storage.tables.metadata import METADATA

departments = Table(
    "departments",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("name", ExactText, nullable=False),
    Column("body", Text, nullable=False),
)

UNTOLD = "cases.answered_by = 'look_up' AND cases.answer_id IS NULL AND NOT cases.is_running"

cases = Table(
    "cases",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("number", Id, nullable=False),
    Column("check_code", Id, nullable=False),
    Column("entry", Id, nullable=False),
    Column("case_class", Id, nullable=False),
    Column("state", Id, nullable=False),
    Column("is_running", Boolean, nullable=False),
    Column("is_urgent", Boolean, nullable=False),
    Column("suggested", Boolean, nullable=False),
    Column("department_id", Id, ForeignKey("departments.id")),
    Column("handler", ExactText, nullable=False),
    Column("account_id", Id, ForeignKey("accounts.id")),
    Column("reply_id", Id, ForeignKey("replies.id")),
    # When that was received, which never changes.
    Column("asked_at", UtcTime),
    Column("subject", ExactText, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("is_provisional", Boolean, nullable=False),
    Column("is_paused", Boolean, nullable=False),
    Column("deadline", Text, nullable=False),
    Column("accepted_at", UtcTime),
    Column("draft", ExactText),
    Column("answer_id", Id, ForeignKey("answers.id")),
    Column("answer_text", ExactText, nullable=False),
    Column("answered_by", Id),
    Column("answered_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("merged_into", Id),
    Column("ended_at", UtcTime),
    Column("care", ExactText),
    Column("hold", ExactText),
    Column("erased_at", UtcTime),
    Column("erased_by", ExactText),
    Column("version", Integer, nullable=False),
    Column("changed_by", ExactText, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "number", unique=True),
    Index(None, "reply_id", unique=True),
    Index(None, "due_at", "id"),
    Index(None, "is_running", "due_at", "id"),
    # The lists of those who handle, and what is counted beside every list.
    Index(None, "handler", "is_running", "due_at", "id"),
    Index(None, "is_running", "state", "department_id"),
    Index(None, "case_class", "due_at", "id"),
    Index(None, "state", "due_at", "id"),
    Index(None, "department_id", "is_running", "due_at", "id"),
    Index(None, "account_id", "is_running", "due_at", "id"),
    Index(
        "ix_cases_handler_running",
        "handler",
        "due_at",
        sqlite_where=text("is_running"),
        postgresql_where=text("is_running"),
    ),
    Index(
        "ix_cases_running_asked_at",
        *("asked_at", "reply_id"),
        sqlite_where=text("is_running"),
        postgresql_where=text("is_running"),
    ),
    Index(
        "ix_cases_running_account_id_asked_at",
        *("account_id", "asked_at", "reply_id"),
        sqlite_where=text("is_running"),
        postgresql_where=text("is_running"),
    ),
    Index(
        "ix_cases_provisional",
        "due_at",
        sqlite_where=text("is_provisional AND is_running"),
        postgresql_where=text("is_provisional AND is_running"),
    ),
    # Whose asker may still be told, once they write again.
    Index(
        "ix_cases_untold",
        *("answered_at", "id"),
        sqlite_where=text(UNTOLD),
        postgresql_where=text(UNTOLD),
    ),
    # What the sweep of what is kept too long looks at, and what it must leave alone.
    Index(
        "ix_cases_ended_at",
        "ended_at",
        sqlite_where=text("ended_at IS NOT NULL AND erased_at IS NULL"),
        postgresql_where=text("ended_at IS NOT NULL AND erased_at IS NULL"),
    ),
    Index(
        "ix_cases_held",
        "reply_id",
        sqlite_where=text("hold IS NOT NULL"),
        postgresql_where=text("hold IS NOT NULL"),
    ),
    Index(
        "ix_cases_answer_id",
        "answer_id",
        sqlite_where=text("state = 'answered'"),
        postgresql_where=text("state = 'answered'"),
    ),
)

case_events = Table(
    "case_events",
    METADATA,
    Column(
        "sequence",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("kind", Id, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", ExactText, nullable=False),
    Column("note", ExactText, nullable=False),
    Column("details", Text, nullable=False),
    Index(None, "case_id", "sequence"),
    Index(
        "ix_case_events_reopened",
        "at",
        sqlite_where=text("kind = 'reopened'"),
        postgresql_where=text("kind = 'reopened'"),
    ),
)

case_marks = Table(
    "case_marks",
    METADATA,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("kind", Id, primary_key=True),
    Column("at", UtcTime, primary_key=True),
    Column("name", ExactText, nullable=False),
    Column("noted_at", UtcTime),
    Index(
        "ix_case_marks_at",
        "at",
        sqlite_where=text("noted_at IS NULL"),
        postgresql_where=text("noted_at IS NULL"),
    ),
    Index(
        "ix_case_marks_noted_at",
        "noted_at",
        sqlite_where=text("noted_at IS NOT NULL"),
        postgresql_where=text("noted_at IS NOT NULL"),
    ),
)

case_claims = Table(
    "case_claims",
    METADATA,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("by", ExactText, nullable=False),
    Column("at", UtcTime, nullable=False),
)

case_applications = Table(
    "case_applications",
    METADATA,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("filed_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "filed_at"),
)

case_rules = Table(
    "case_rules",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
