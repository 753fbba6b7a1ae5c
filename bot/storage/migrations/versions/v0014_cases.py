"""Cases with their history and clocks, the office's rules for them, and departments."""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import ExactText, Id, UtcTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "departments",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_departments"),
    )
    op.create_table(
        "case_rules",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_case_rules"),
    )
    _create_cases()
    _create_events()
    _create_marks()
    _create_claims_and_applications()


def _create_cases() -> None:
    op.create_table(
        "cases",
        *_what_it_is(),
        *_how_it_stands(),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_cases_account_id"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_cases_answer_id"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name="fk_cases_department_id"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_cases_reply_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_number", "cases", ["number"], unique=True)
    op.create_index("ix_cases_reply_id", "cases", ["reply_id"], unique=True)
    for first in (
        [],
        ["is_running"],
        ["state"],
        ["case_class"],
        ["department_id", "is_running"],
        ["account_id", "is_running"],
    ):
        columns = [*first, "due_at", "id"]
        op.create_index("ix_cases_" + "_".join(columns), "cases", columns)
    for name, column, where in (
        ("ix_cases_answer_id", "answer_id", "state = 'answered'"),
        ("ix_cases_provisional", "due_at", "is_provisional AND is_running"),
    ):
        condition = sa.text(where)
        op.create_index(name, "cases", [column], sqlite_where=condition, postgresql_where=condition)


def _what_it_is() -> list[sa.Column[object]]:
    return [
        sa.Column("id", Id(), nullable=False),
        sa.Column("number", Id(), nullable=False),
        sa.Column("check_code", Id(), nullable=False),
        sa.Column("entry", Id(), nullable=False),
        sa.Column("case_class", Id(), nullable=False),
        sa.Column("state", Id(), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("suggested", sa.Boolean(), nullable=False),
        sa.Column("department_id", Id()),
        sa.Column("handler", ExactText(), nullable=False),
        sa.Column("account_id", Id()),
        sa.Column("reply_id", Id()),
        sa.Column("subject", ExactText(), nullable=False),
    ]


def _how_it_stands() -> list[sa.Column[object]]:
    return [
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.Text(), nullable=False),
        sa.Column("accepted_at", UtcTime()),
        sa.Column("draft", ExactText()),
        sa.Column("answer_id", Id()),
        sa.Column("answer_text", ExactText(), nullable=False),
        sa.Column("answered_by", Id()),
        sa.Column("answered_at", UtcTime()),
        sa.Column("closed_at", UtcTime()),
        sa.Column("merged_into", Id()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", ExactText(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
    ]


def _create_events() -> None:
    op.create_table(
        "case_events",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("kind", Id(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", ExactText(), nullable=False),
        sa.Column("note", ExactText(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_events_case_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_case_events"),
    )
    op.create_index("ix_case_events_case_id_sequence", "case_events", ["case_id", "sequence"])


def _create_marks() -> None:
    op.create_table(
        "case_marks",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("kind", Id(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("noted_at", UtcTime()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_marks_case_id"),
        sa.PrimaryKeyConstraint("case_id", "kind", "at", name="pk_case_marks"),
    )
    for name, column, where in (
        ("ix_case_marks_at", "at", "noted_at IS NULL"),
        ("ix_case_marks_noted_at", "noted_at", "noted_at IS NOT NULL"),
    ):
        condition = sa.text(where)
        op.create_index(
            name, "case_marks", [column], sqlite_where=condition, postgresql_where=condition
        )


def _create_claims_and_applications() -> None:
    op.create_table(
        "case_claims",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("by", ExactText(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_claims_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_claims"),
    )
    op.create_table(
        "case_applications",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("filed_at", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_applications_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_applications"),
    )
    op.create_index("ix_case_applications_filed_at", "case_applications", ["filed_at"])
