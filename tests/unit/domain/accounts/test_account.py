"""What an account may do and wants."""

import pytest

from tests.factories import account


@pytest.mark.parametrize(
    ("privilege", "option", "opens"),
    [(False, "1", False), (True, "", True), (True, "1", True), (True, "0", False)],
)
def test_comments_are_opened_where_the_account_can_and_wants(
    privilege: bool, option: str, opens: bool
) -> None:
    """Open is the default; without the privilege the platform would refuse."""
    made = account(comment_privilege=privilege, options={"open_comments": option})

    assert made.opens_comments is opens
