"""Cases in every state a page can meet, two departments, and people who handle them."""

from datetime import date
from typing import Any

from bot.domain.cases.case import CaseState, Channel, DraftAnswer
from bot.domain.cases.claim import Claim
from bot.domain.cases.department import Department
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.routing import RoutingRule
from bot.domain.ids import AccountId, CaseId, DepartmentId, ReplyId
from bot.domain.workdays import Term, TermUnit
from bot.ports.case_storage import RuleSet
from bot.ports.storage import UnitOfWork
from bot.storage.database import Database
from tests import factories as make

HOUSING, WATER = DepartmentId("housing"), DepartmentId("water")
DRAFT = "您好，网传不实：城南片区检修只停水 8 小时，11 月 27 日 6 时恢复供水。"
_S = CaseState
_ROWS: tuple[dict[str, Any], ...] = (
    {
        "reply": ReplyId("rpy_1"),
        "account": AccountId("acc_1"),
        "entry": Entry.FOLLOWER,
        "subject": "",
        "suggested": True,
        "received_at": make.NOW,
    },
    {
        "subject": "地铁口积水没人管，投诉了三次还是没有人来处理",
        "state": _S.ASSIGNED,
        "department": HOUSING,
        "case_class": CaseClass.COMPLAINT,
        "deadline": make.deadline(
            due_at=make.after(11 * 86_400), needs_review=True, basis="本单位《留言办理制度》第六条"
        ),
    },
    {
        "subject": "老旧小区渗水谁来修",
        "state": _S.ANSWERING,
        "department": HOUSING,
        "handler": "zhang",
        "accepted_at": make.after(-3600),
        "deadline": make.deadline(due_at=make.after(-2 * 86_400)),
    },
    {
        "subject": "网传停水三天，是否属实",
        "state": _S.IN_REVIEW,
        "case_class": CaseClass.OPINION,
        "is_urgent": True,
        "department": WATER,
        "handler": "zhao",
        "draft": DraftAnswer(DRAFT, Channel.PHONE, "zhao", make.after(-600)),
        "deadline": make.deadline(
            term=Term(5, TermUnit.HOURS),
            due_at=make.after(3 * 3600),
            needs_review=True,
            basis="国办发〔2016〕80号",
        ),
    },
    {
        "subject": "公园夜间噪声",
        "state": _S.ANSWERED,
        "department": HOUSING,
        "answer_text": "您好，已调整音箱音量，夜间 22 时后停止播放。",
        "answered_by": Channel.PHONE,
        "answered_at": make.after(-60),
    },
    {
        "subject": "社保卡补办流程",
        "state": _S.CLOSED,
        "answered_at": make.after(-60),
        "closed_at": make.after(-30),
    },
    {
        "subject": "户口迁移材料",
        "deadline": make.deadline(due_at=make.after(45 * 86_400), is_provisional=True),
    },
)
HISTORY = (
    (EventKind.OPENED, "li", "", {"case_class": "complaint"}),
    (EventKind.ASSIGNED, "li", "请尽快联系来信人", {"department": "housing"}),
)


def settle_cases(database: Database) -> None:
    """Fill a town with cases: case_1 to case_7."""
    with database.begin() as uow:
        uow.departments.add(Department(HOUSING, "住房和城乡建设局", date(2020, 1, 1)))
        uow.departments.add(Department(WATER, "水务局", date(2020, 1, 1)))
        _rules(uow)
        for number, changes in enumerate(_ROWS, start=1):
            id_ = CaseId(f"case_{number}")
            uow.cases.add(make.case(id=id_, number=f"20261123-00000{number}", **changes))
            for kind, by, note, details in HISTORY[: 2 if changes.get("department") else 1]:
                uow.cases.note(CaseEvent(id_, kind, make.after(-7200), by, note, details))
        uow.cases.save_claim(Claim(CaseId("case_3"), "zhang", make.after(-120)))
        uow.commit()


def _rules(uow: UnitOfWork) -> None:
    parking = RoutingRule("停车", ("停车", "泊位"), CaseClass.HELP, HOUSING)
    uow.case_rules.add(RuleSet(1, "sun", make.NOW, routing=(parking,)))
