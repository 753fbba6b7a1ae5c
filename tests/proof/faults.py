"""The catalogue: what can go wrong, and at which boundaries it can."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """A boundary: something is done there that may be left undone, half done or doubled."""

    BEGIN = "begin"
    COMMIT = "commit"
    STORE = "store"
    READ = "read"
    LEDGER = "ledger"
    LEASE = "lease"
    CALL = "call"
    DRAW = "draw"
    JOB = "job"
    PUSH = "push"


class Fault(StrEnum):
    """One way to fail. `*_after` means that the effect, or the commit, has happened."""

    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    STOPPED_BEFORE = "asleep beyond the lease, before the request leaves"
    STOPPED_AFTER = "asleep beyond the lease"
    SECOND_WORKER = "a second worker"
    SECOND_TICK = "a second tick"
    CLOCK_FORWARD = "our clock jumps forward"
    CLOCK_BACK = "our clock jumps back"
    BROKER_EMPTIED = "broker emptied"

    STOPPED_BY_PERSON = "emergency stop"
    HELD_BY_PERSON = "held by a person"
    NEW_VERSION = "a new version of the release"

    DATABASE_LOCKED = "database locked"
    DATABASE_GONE = "database gone before the commit"
    COMMIT_UNSURE = "database gone after the commit"
    LEASED_BY_THE_DEAD = "leased by a worker that died"

    JOB_LOST = "job lost"
    JOB_DOUBLED = "job doubled"
    JOB_LATE = "job late"

    NOT_SENT = "no connection"
    TIMEOUT_BEFORE = "time-out before the effect"
    TIMEOUT_AFTER = "time-out after the effect"
    RESET_BEFORE = "reset before the effect"
    RESET_AFTER = "reset after the effect"
    HALF_ANSWER = "half an answer"
    HTTP_5XX = "5xx"
    HTTP_5XX_AFTER = "5xx after the effect"
    HTML = "HTML body"
    HTML_AFTER = "HTML body after the effect"
    BUSY = "busy"
    BUSY_AFTER = "busy after the effect"
    RATE_LIMIT = "rate limit"
    DAILY_QUOTA = "daily quota"
    TOKEN_DEAD = "token dead"
    TOKEN_DEAD_AGAIN = "token dead again after refresh"
    REVOKED = "credentials revoked"
    CONTENT_REFUSED = "content refused"
    FROZEN = "account frozen"
    SLOW = "slow"

    EVENT_BEFORE_ANSWER = "event before the answer"
    EVENT_LOST = "event lost"
    EVENT_LATE = "event late"
    EVENT_DOUBLED = "event doubled"
    PUSH_UNANSWERED = "push connection lost after the commit"
    PUSH_UNREACHED = "push not delivered at first"

    ACCEPTED_LATE = "accepted, shown later"
    WITHOUT_POST = "article without its post"
    UNBOUND = "article and post not bound"


INTERRUPTIONS = frozenset(
    {
        Fault.STOPPED_AFTER,
        Fault.SECOND_WORKER,
        Fault.SECOND_TICK,
        Fault.CLOCK_FORWARD,
        Fault.CLOCK_BACK,
        Fault.BROKER_EMPTIED,
        Fault.STOPPED_BY_PERSON,
        Fault.HELD_BY_PERSON,
        Fault.NEW_VERSION,
    }
)
"""What happens between two doings of a process, while it does nothing itself."""

OF_WHAT_WAITS = frozenset({Fault.HELD_BY_PERSON, Fault.NEW_VERSION})
"""What people do to a post; to one that is out they can do neither."""

_DYING = (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)
_DATABASE = (Fault.DATABASE_GONE, Fault.COMMIT_UNSURE)
_ON_THE_WIRE = (
    Fault.NOT_SENT,
    Fault.TIMEOUT_BEFORE,
    Fault.TIMEOUT_AFTER,
    Fault.RESET_BEFORE,
    Fault.RESET_AFTER,
    Fault.HALF_ANSWER,
    Fault.HTTP_5XX,
    Fault.HTTP_5XX_AFTER,
    Fault.HTML,
    Fault.HTML_AFTER,
    Fault.BUSY,
    Fault.BUSY_AFTER,
    Fault.RATE_LIMIT,
    Fault.DAILY_QUOTA,
    Fault.TOKEN_DEAD,
    Fault.TOKEN_DEAD_AGAIN,
    Fault.REVOKED,
    Fault.CONTENT_REFUSED,
    Fault.FROZEN,
    Fault.SLOW,
    Fault.STOPPED_BEFORE,
)
OF_THE_ACCEPTING_CALL = (
    Fault.EVENT_BEFORE_ANSWER,
    Fault.EVENT_LOST,
    Fault.EVENT_LATE,
    Fault.EVENT_DOUBLED,
    Fault.ACCEPTED_LATE,
    Fault.WITHOUT_POST,
    Fault.UNBOUND,
)
"""What the platform does with, or after, the call the public sees; not all of it on each route."""

FAULTS_AT: Mapping[Kind, tuple[Fault, ...]] = {
    Kind.BEGIN: (Fault.KILLED_BEFORE, Fault.DATABASE_LOCKED),
    Kind.COMMIT: (*_DYING, *_DATABASE, *sorted(INTERRUPTIONS)),
    Kind.STORE: (*_DYING, *_DATABASE),
    Kind.READ: (Fault.DATABASE_LOCKED,),
    Kind.LEDGER: (*_DYING, *_DATABASE),
    Kind.LEASE: (Fault.LEASED_BY_THE_DEAD,),
    Kind.CALL: (*_DYING, *_ON_THE_WIRE, *sorted(INTERRUPTIONS)),
    Kind.DRAW: (Fault.KILLED_BEFORE, *sorted(INTERRUPTIONS)),
    Kind.JOB: (*_DYING, Fault.JOB_LOST, Fault.JOB_DOUBLED, Fault.JOB_LATE),
    Kind.PUSH: (Fault.PUSH_UNANSWERED, Fault.PUSH_UNREACHED),
}
