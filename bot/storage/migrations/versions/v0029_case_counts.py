"""What is counted beside every list of cases, and the lists of who handles them, are indexed."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    handled = ["handler", "is_running", "due_at", "id"]
    op.create_index("ix_cases_handler_is_running_due_at_id", "cases", handled)
    counted = ["is_running", "state", "department_id"]
    op.create_index("ix_cases_is_running_state_department_id", "cases", counted)
