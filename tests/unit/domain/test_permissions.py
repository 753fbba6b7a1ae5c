"""Who may do what: the whole matrix, so that a slip in the table shows."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.people import Role
from bot.domain.permissions import GRANTS, Actor, Permission

P = Permission
MATRIX = {
    Role.WRITER: {P.READ, P.HAND_IN_RELEASE, P.WRITE_POST},
    Role.EDITOR: {P.READ, P.HAND_IN_RELEASE, P.WRITE_POST, P.REVIEW_FIRST, P.SCHEDULE}
    | {P.RESOLVE_DELIVERY, P.STOP},
    Role.REVIEWER: {P.READ, P.REVIEW_FIRST, P.APPROVE_POST, P.APPROVE_ANSWER}
    | {P.CHECK_SECRECY, P.PUBLISH_ANSWER, P.STOP},
    Role.APPROVER: {P.READ, P.APPROVE_RELEASE, P.APPROVE_POST, P.SCHEDULE, P.RESOLVE_DELIVERY}
    | {P.REVIEW_FIRST, P.APPROVE_FINALLY, P.OVERRIDE_CHECKS}
    | {P.WITHDRAW, P.APPROVE_ANSWER, P.CHECK_SECRECY, P.PUBLISH_ANSWER, P.STOP},
    Role.ACCOUNT_ADMIN: {P.READ, P.MANAGE_ACCOUNTS, P.MANAGE_PEOPLE, P.STOP},
    Role.DESK: {P.READ, P.SEE_PERSONAL_DATA, P.ANSWER, P.HANDLE_CASES},
    Role.DEPT_CONTACT: {P.READ, P.HANDLE_OWN_CASES},
    Role.SUPERVISOR: {P.READ, P.READ_AUDIT, P.SUPERVISE, P.MANAGE_CASE_RULES},
    Role.SECRECY_OFFICER: {P.READ, P.CHECK_SECRECY},
    Role.AUDITOR: {P.READ, P.READ_AUDIT},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_what_the_matrix_says(role: Role, permission: Permission) -> None:
    """And nothing else; what it may not do is refused with what is missing."""
    actor = Actor("li", frozenset({role}))

    assert actor.may(permission) is (permission in MATRIX[role])
    if permission not in MATRIX[role]:
        with pytest.raises(NotAllowed, match=r"您没有“.+”的权限"):
            actor.require(permission)


def test_whoever_writes_answers_approves_none() -> None:
    """Four eyes are two roles; one person with both is refused by the case itself."""
    for role in (Role.DESK, Role.DEPT_CONTACT):
        assert P.APPROVE_ANSWER not in GRANTS[role]


def test_the_operator_and_the_system_may_everything() -> None:
    """Whoever is at the machine could change the database by hand."""
    assert all(Actor("cli:root", is_operator=True).may(permission) for permission in P)
