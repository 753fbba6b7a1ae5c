"""What happened to a case, as an append-only list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CaseId


class EventKind(StrEnum):
    """Every step there is."""

    OPENED = "opened"
    CLASSIFIED = "classified"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REMINDED = "reminded"
    SUPERVISED = "supervised"
    WARNED = "warned"
    MILESTONE = "milestone"
    OVERDUE = "overdue"
    COUNTED_AGAIN = "counted_again"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    ANSWERED = "answered"
    NOT_DELIVERED = "not_delivered"
    TAKEN_BACK = "taken_back"
    TOLD_NUMBER = "told_number"
    TOLD_ANSWER = "told_answer"
    NUMBER_TAKEN_BACK = "number_taken_back"
    FILED = "filed"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    MERGED = "merged"
    TOOK_IN = "took_in"
    REOPENED = "reopened"
    RATED = "rated"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    STAGE = "stage"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    SENSITIVE = "sensitive"
    NOT_SENSITIVE = "not_sensitive"
    SECRECY_CHECKED = "secrecy_checked"
    APPROVED_ONCE = "approved_once"
    HELD = "held"
    RELEASED = "released"
    ERASED = "erased"


_E = EventKind

EVENT_NAMES = {
    _E.OPENED: "受理",
    _E.CLASSIFIED: "确定类别",
    _E.ASSIGNED: "交办",
    _E.TRANSFERRED: "转办",
    _E.HANDED_OVER: "换人承办",
    _E.ACCEPTED: "签收",
    _E.RETURNED: "退回",
    _E.REMINDED: "催办",
    _E.SUPERVISED: "督办",
    _E.WARNED: "临期提醒",
    _E.MILESTONE: "节点到期",
    _E.OVERDUE: "超过期限",
    _E.COUNTED_AGAIN: "按正式日历重算期限",
    _E.SUBMITTED: "提交审核",
    _E.SENT_BACK: "退回修改",
    _E.ANSWERED: "答复",
    _E.NOT_DELIVERED: "答复没有送达",
    _E.TAKEN_BACK: "撤销答复",
    _E.TOLD_NUMBER: "告知受理编号",
    _E.TOLD_ANSWER: "转告答复",
    _E.NUMBER_TAKEN_BACK: "撤销受理编号通知",
    _E.FILED: "登记依申请公开",
    _E.EXTENDED: "延长期限",
    _E.SUSPENDED: "暂停计时",
    _E.RESUMED: "恢复计时",
    _E.MERGED: "并入另一件",
    _E.TOOK_IN: "并入一件",
    _E.REOPENED: "重新办理",
    _E.RATED: "评价",
    _E.PUBLISHED: "公开答复",
    _E.UNPUBLISHED: "撤下公开的答复",
    _E.STAGE: "舆情处置",
    _E.CLOSED: "办结",
    _E.WITHDRAWN: "撤回",
    _E.SENSITIVE: "标为敏感件",
    _E.NOT_SENSITIVE: "取消敏感件",
    _E.SECRECY_CHECKED: "保密审查",
    _E.APPROVED_ONCE: "第一位审核通过",
    _E.HELD: "暂缓删除",
    _E.RELEASED: "解除暂缓删除",
    _E.ERASED: "到期删除内容",
}


@dataclass(frozen=True)
class CaseEvent:
    """One step. `note` is what somebody wrote to it; `details` are ids and words of ours."""

    case: CaseId
    kind: EventKind
    at: datetime
    by: str
    note: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
