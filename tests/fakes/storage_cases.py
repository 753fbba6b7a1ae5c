"""In-memory cases, rules of the office, and departments."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.cases.case import Case, CaseState, Channel
from bot.domain.cases.claim import Claim
from bot.domain.cases.clock import Mark
from bot.domain.cases.department import Department
from bot.domain.cases.disclosure import Application
from bot.domain.cases.history import CaseEvent
from bot.domain.cases.retention import Reach, RetentionRule
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, CaseId, DepartmentId, ReplyId
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.reply import Reply, ReplyKind
from bot.ports.case_overview import Receipt
from bot.ports.case_storage import RuleSet
from bot.ports.clock import Clock
from tests.fakes.storage_state import State


class FakeCases:
    """Cases by id; marks by case, kind and time with when they were noted."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def add(self, case: Case) -> None:
        others = self._state.cases.values()
        taken = case.id in self._state.cases or any(
            other.number == case.number or (case.reply and other.reply == case.reply)
            for other in others
        )
        if taken:
            raise Conflict("这条留言已经受理，或者受理编号重复，请刷新后再试")
        self._put(case)

    def save(self, case: Case) -> None:
        self.get(case.id)
        self._put(case)

    def get(self, case: CaseId) -> Case:
        found = self._state.cases.get(case)
        if found is None:
            raise NotFound("办理件", case)
        return found

    def claim(self, case: CaseId) -> Case:
        return self.get(case)

    def handled_by(self, login: str, *, limit: int) -> Sequence[Case]:
        held = [c for c in self._state.cases.values() if c.handler == login and c.is_running]
        return sorted(held, key=lambda c: (c.deadline.due_at, c.id))[:limit]

    def by_number(self, number: str) -> Case | None:
        return next((c for c in self._state.cases.values() if c.number == number), None)

    def of_reply(self, reply: ReplyId) -> Case | None:
        return next((c for c in self._state.cases.values() if c.reply == reply), None)

    def held(self) -> Sequence[Case]:
        held = [case for case in self._state.cases.values() if case.hold is not None]
        return sorted(sorted(held, key=lambda c: c.id), key=lambda c: c.changed_at, reverse=True)

    def over(self, reach: Reach, *, limit: int) -> Sequence[CaseId]:
        return [case.id for case in self._over(reach)[:limit]]

    def count_over(self, reach: Reach) -> int:
        return len(self._over(reach))

    def _over(self, reach: Reach) -> list[Case]:
        found = [
            (case.ended_at, case.id, case)
            for case in self._state.cases.values()
            if case.ended_at is not None
            and case.ended_at < reach.before
            and case.hold is None
            and case.tombstone is None
            and _fits(reach.rule, case)
            and not any(_fits(rule, case) for rule in reach.earlier)
        ]
        return [case for _, _, case in sorted(found, key=lambda one: one[:2])]

    def note(self, *events: CaseEvent) -> None:
        for event in events:
            self._state.case_events[len(self._state.case_events) + 1] = event

    def history(self, case: CaseId) -> Sequence[CaseEvent]:
        return [event for event in self._state.case_events.values() if event.case == case]

    def take_marks(self, *, limit: int) -> Sequence[tuple[CaseId, Mark]]:
        now, marks = self._clock.now(), self._state.case_marks
        due = sorted(
            (mark.at, case, mark.kind, mark)
            for (case, mark), noted in marks.items()
            if mark.at <= now and noted is None
        )[:limit]
        marks.update({(case, mark): now for _, case, _, mark in due})
        return [(CaseId(case), mark) for _, case, _, mark in due]

    def not_delivered(self, *, limit: int) -> Sequence[CaseId]:
        refused = {a.id for a in self._state.answers.values() if a.state is AnswerState.REFUSED}
        found = [
            case
            for case in self._state.cases.values()
            if case.state is CaseState.ANSWERED
            and case.answered_by is Channel.PLATFORM
            and case.answer in refused
        ]
        return [case.id for case in sorted(found, key=lambda c: (c.deadline.due_at, c.id))][:limit]

    def untold(self, *, since: datetime, limit: int) -> Sequence[CaseId]:
        found = [
            (case.answered_at, case.id)
            for case in self._state.cases.values()
            if case.answered_at is not None
            and (case.answered_by, case.answer) == (Channel.LOOK_UP, None)
            and not case.is_running
            and case.answered_at >= since - timedelta(days=180)
            and (case.care, case.tombstone) == (None, None)
            and self._wrote_again(case, case.answered_at, since)
        ]
        return [case for _, case in sorted(found)][:limit]

    def _wrote_again(self, case: Case, after: datetime, since: datetime) -> bool:
        asked = next((one for one in self._state.replies.values() if one.id == case.reply), None)
        if asked is None or asked.erased_at is not None or not asked.incoming.sender:
            return False
        who = (asked.incoming.account, asked.incoming.sender)
        return any(
            (one.incoming.account, one.incoming.sender) == who
            and one.incoming.said_at > after
            and one.received_at >= since
            and one.incoming.kind is not ReplyKind.EVENT
            for one in self._state.replies.values()
        )

    def provisional(self, *, until: datetime, limit: int) -> Sequence[CaseId]:
        found = [
            (case.deadline.due_at, case.id)
            for case in self._state.cases.values()
            if case.is_running and case.is_provisional and case.deadline.due_at <= until
        ]
        return [case for _, case in sorted(found)][:limit]

    def save_claim(self, claim: Claim) -> None:
        self._state.case_claims[claim.case] = claim

    def end_claim(self, case: CaseId) -> None:
        self._state.case_claims.pop(case, None)

    def claim_on(self, case: CaseId) -> Claim | None:
        return self._state.case_claims.get(case)

    def save_application(self, application: Application) -> None:
        self._state.case_applications[application.case] = application

    def application(self, case: CaseId) -> Application | None:
        return self._state.case_applications.get(case)

    def without_case(
        self, account: AccountId, *, after: datetime | None, until: datetime, limit: int
    ) -> Sequence[Reply]:
        found = [
            reply
            for reply in self._state.replies.values()
            if reply.incoming.account == account
            and reply.received_at <= until
            and (after is None or reply.received_at > after)
            and reply.incoming.kind is not ReplyKind.EVENT
            and reply.erased_at is None
            and self.of_reply(reply.id) is None
        ]
        return sorted(found, key=lambda reply: (reply.received_at, reply.id))[:limit]

    def _put(self, case: Case) -> None:
        self._state.cases[case.id] = case
        marks = self._state.case_marks
        for key in [key for key, noted in marks.items() if key[0] == case.id and noted is None]:
            del marks[key]
        for mark in case.deadline.marks if case.is_running else ():
            marks.setdefault((case.id, mark), None)


class FakeCaseRules:
    """Sets of rules by version."""

    def __init__(self, state: State) -> None:
        self._state = state

    def newest(self) -> RuleSet | None:
        return next(iter(self.versions()), None)

    def add(self, rules: RuleSet) -> None:
        if rules.version in self._state.case_rules:
            raise Conflict("办理规则刚刚被其他人修改，请刷新后再保存")
        self._state.case_rules[rules.version] = rules

    def versions(self) -> Sequence[RuleSet]:
        return [rules for _, rules in sorted(self._state.case_rules.items(), reverse=True)]


class FakeDepartments:
    """Departments by id."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, department: Department) -> None:
        if department.id in self._state.departments:
            raise Conflict(f"部门编号 {department.id} 已被使用，请换一个")
        self._state.departments[department.id] = department

    def save(self, department: Department) -> None:
        self.get(department.id)
        self._state.departments[department.id] = department

    def get(self, department: DepartmentId) -> Department:
        found = self._state.departments.get(department)
        if found is None:
            raise NotFound("部门", department)
        return found

    def all(self) -> Sequence[Department]:
        return [d for _, d in sorted(self._state.departments.items())]


class FakeCaseLookUp:
    """Keeps the promise of `ports.case_overview.CaseLookUp`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def receipt(self, number: str, code: str) -> Receipt | None:
        found = next((c for c in self._state.cases.values() if c.number == number), None)
        if found is None or found.check_code != code:
            return None
        department = self._state.departments.get(found.department or "")
        return Receipt(found, department.name if department else "")


def _fits(rule: RetentionRule, case: Case) -> bool:
    return rule.fits(case.case_class, case.entry, case.account)
