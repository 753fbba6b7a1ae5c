"""慎重处理: a sensitive case is answered by hand, after a secrecy check and two approvals."""

from dataclasses import dataclass
from datetime import datetime

APPROVALS = 2
"""So many people, none of them the writer, approve an answer to a sensitive case."""
BY_HAND = "这是敏感件，不能统一答复或者直接回复，请在办理件里单独答复"


@dataclass(frozen=True)
class Care:
    """Why a case is sensitive: a person's words, or the office's keyword rule that says so."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SecrecyCheck:
    """保密审查 of one draft: who looked, when, and whether its words may be told."""

    passed: bool
    by: str
    at: datetime
    note: str = ""
