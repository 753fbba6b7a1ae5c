"""Conditions: what somebody must know of, as data: its name, whom it concerns, how it repeats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.people import Role


class ConditionKind(StrEnum):
    """What can be the matter. The part before the dot is what it is about."""

    POST_HELD = "post.held"
    POST_UNKNOWN = "post.unknown"
    WORK_OVERDUE = "work.overdue"
    ACCOUNT_TROUBLE = "account.trouble"
    TOKEN_ENDS = "account.token_ends"  # noqa: S105 - a name, no secret
    ACCOUNT_SILENT = "account.silent"
    DATABASE_AWAY = "system.database"
    BROKER_AWAY = "system.broker"
    WORKER_DEAD = "system.worker"
    BEAT_DEAD = "system.beat"
    BACKUP_FAILED = "system.backup"
    REPLY_DUE = "reply.due"
    INTERPRETATION_OWED = "release.interpretation"
    EMERGENCY_LATE = "release.emergency"
    TOPIC_ALERT = "topic.alert"
    BRIEF_MADE = "topic.brief"


@dataclass(frozen=True)
class Manner:
    """How a kind is told: its title (Chinese), the roles it concerns, how often it is repeated
    while it lasts, where in the console it is handled, and whether its end is told too."""

    title: str
    roles: frozenset[Role]
    page: str
    repeat: timedelta = timedelta(hours=1)
    tells_end: bool = True


_PUBLISHERS = frozenset({Role.EDITOR, Role.APPROVER})
_OPERATORS = frozenset({Role.ACCOUNT_ADMIN})
_K = ConditionKind

MANNERS: Mapping[ConditionKind, Manner] = {
    _K.POST_HELD: Manner("稿件已停下，等待处理", _PUBLISHERS, "/"),
    _K.POST_UNKNOWN: Manner("不能确定稿件是否发出", _PUBLISHERS, "/doubts"),
    _K.WORK_OVERDUE: Manner("到期的稿件还没有处理", _PUBLISHERS | _OPERATORS, "/duty"),
    _K.ACCOUNT_TROUBLE: Manner("账号不能使用", _PUBLISHERS | _OPERATORS, "/accounts"),
    _K.TOKEN_ENDS: Manner("账号授权即将到期", _OPERATORS, "/accounts", timedelta(days=1)),
    _K.ACCOUNT_SILENT: Manner(
        "账号多日没有更新", _PUBLISHERS, "/accounts/health", timedelta(days=7)
    ),
    _K.INTERPRETATION_OWED: Manner(
        "政策解读超过期限还没有发布",
        frozenset({Role.WRITER}) | _PUBLISHERS,
        "/coverage",
        timedelta(days=1),
        tells_end=False,
    ),
    _K.EMERGENCY_LATE: Manner(
        "应急发布临近或超过时限", frozenset({Role.REVIEWER}) | _PUBLISHERS, "/emergency"
    ),
    _K.DATABASE_AWAY: Manner("数据库不可用", _OPERATORS, "/"),
    _K.BROKER_AWAY: Manner("消息队列不可用", _OPERATORS, "/"),
    _K.WORKER_DEAD: Manner("工作进程没有在工作", _OPERATORS, "/"),
    _K.BEAT_DEAD: Manner("定时进程没有在工作", _OPERATORS, "/"),
    _K.BACKUP_FAILED: Manner("数据备份失败", _OPERATORS, "/"),
    _K.REPLY_DUE: Manner("留言临近答复期限", frozenset({Role.DESK}), "/cases"),
    _K.BRIEF_MADE: Manner(
        "上周的留言和舆情周报",
        frozenset({Role.SUPERVISOR, Role.APPROVER}),
        "/topics/briefs",
        timedelta(days=7),
        tells_end=False,
    ),
    _K.TOPIC_ALERT: Manner(
        "热点预警，等待研判",
        frozenset({Role.DESK, Role.SUPERVISOR}),
        "/topics",
        timedelta(hours=2),
    ),
}


@dataclass(frozen=True)
class Condition:
    """One thing that is the matter now.

    `subject` tells it from others of its kind (a post's id, an account's). `words` say it in
    Chinese; never a secret, a follower's words or who a follower is. Another `step` is told at
    once, however lately the one before was.
    """

    kind: ConditionKind
    subject: str
    words: str
    step: str = ""
