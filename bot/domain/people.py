"""People and machines that may act, and what they may do."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ApiTokenId, CaseId, DepartmentId, HandoverId, PostId, SourceId, UserId


class Role(StrEnum):
    """What somebody may do. One person may hold several."""

    WRITER = "writer"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ACCOUNT_ADMIN = "account_admin"
    DESK = "desk"
    DEPT_CONTACT = "dept_contact"
    SUPERVISOR = "supervisor"
    SECRECY_OFFICER = "secrecy_officer"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class User:
    """A member of staff. `department` is whose cases they handle (承办部门联络员);
    `must_change_password` says that somebody else knows theirs. `subject` is whom an identity
    provider knows them as (`Identity.key`); empty of one who signs in by password alone."""

    id: UserId
    login: str
    name: str
    roles: frozenset[Role]
    password_hash: str = field(repr=False)
    enabled: bool = True
    department: DepartmentId | None = None
    must_change_password: bool = False
    subject: str = ""


@dataclass(frozen=True)
class Session:
    """A server-side login session; `key_hash` is the hash of the cookie's secret, `address` and
    `browser` are where it began."""

    key_hash: str
    user: UserId
    created_at: datetime
    expires_at: datetime
    csrf: str = field(repr=False)
    address: str = ""
    browser: str = ""


@dataclass(frozen=True)
class Handover:
    """Everything `giver` held went to `taker` (logins), with a note of what to know."""

    id: HandoverId
    giver: str
    taker: str
    by: str
    at: datetime
    note: str
    cases: tuple[CaseId, ...] = ()
    posts: tuple[PostId, ...] = ()


@dataclass(frozen=True)
class ApiToken:
    """A bearer token of a release system, stored hashed, bound to one source."""

    id: ApiTokenId
    name: str
    source: SourceId
    token_hash: str = field(repr=False)
    created_at: datetime
    revoked_at: datetime | None = None
