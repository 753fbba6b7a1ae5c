"""What every storage promises about cases, their clocks, the office's rules and departments."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.cases.care import Care, SecrecyCheck
from bot.domain.cases.case import Case, CaseState, Channel, DraftAnswer
from bot.domain.cases.claim import Claim
from bot.domain.cases.clock import Mark, MarkKind
from bot.domain.cases.department import Department
from bot.domain.cases.disclosure import Application, Pause
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.cases.names import CaseClass
from bot.domain.cases.retention import Hold, Reach, RetentionRule, Tombstone
from bot.domain.cases.routing import RoutingRule
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, CaseId, DepartmentId, ReplyId
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.reply import ReplyKind
from bot.domain.replies.unsourced import Unsourced
from bot.domain.topics.record import MediaQuestion
from bot.ports.case_overview import Receipt
from bot.ports.case_storage import RuleSet
from bot.regulations.case_rules import default_deadlines
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after, answer, case, deadline, incoming, reply
from tests.fakes.clock import StillClock

ACCOUNT = AccountId("acc_1")
HOUSING = Department(DepartmentId("housing"), "住建局", date(2020, 1, 1))
DAY = 86_400


def store(storage: CompleteStorage, *cases: Case) -> None:
    with storage.begin() as uow:
        for one in cases:
            uow.cases.add(one)
        uow.commit()


def hear(storage: CompleteStorage, *numbers: int, kind: ReplyKind = ReplyKind.MESSAGE) -> None:
    with storage.begin() as uow:
        uow.replies.store(
            [
                reply(
                    id=ReplyId(f"rpy_{n}"),
                    incoming=incoming(key=f"msg:{n}", kind=kind),
                    received_at=after(n),
                )
                for n in numbers
            ]
        )
        uow.commit()


def whole(**changes: object) -> Case:
    values = {
        "account": ACCOUNT,
        "reply": ReplyId("rpy_1"),
        "is_urgent": True,
        "suggested": True,
        "state": CaseState.IN_REVIEW,
        "department": HOUSING.id,
        "handler": "zhang",
        "accepted_at": after(1),
        "draft": DraftAnswer(
            "您好",
            Channel.POST,
            "zhang",
            after(2),
            Unsourced(("12 月",), "局里已定"),
            ("li",),
            SecrecyCheck(passed=True, by="zhao", at=after(3)),
        ),
        "care": Care("涉及在办案件", "zhang", after(1)),
        "answered_by": Channel.PHONE,
        "answered_at": after(3),
        "closed_at": after(4),
        "merged_into": CaseId("case_9"),
        "version": 7,
    } | changes
    return case(**values)


def test_a_case_comes_back_as_it_was_stored(peopled: CompleteStorage) -> None:
    """By id, number and reply."""
    hear(peopled, 1)
    with peopled.begin() as uow:
        uow.departments.add(HOUSING)
        uow.commit()
    made = whole()
    store(peopled, made)

    with peopled.begin() as uow:
        assert uow.cases.get(made.id) == uow.cases.claim(made.id) == made
        assert uow.cases.by_number(made.number) == made
        assert uow.cases.of_reply(ReplyId("rpy_1")) == made
        assert uow.cases.by_number("20261123-000009") is None
        with pytest.raises(NotFound, match="找不到办理件：case_9"):
            uow.cases.get(CaseId("case_9"))


def test_a_reply_has_one_case_and_a_number_is_given_once(peopled: CompleteStorage) -> None:
    """Two at the desk may click at once."""
    hear(peopled, 1)
    store(peopled, case(account=ACCOUNT, reply=ReplyId("rpy_1")))

    with peopled.begin() as uow:
        with pytest.raises(Conflict):
            uow.cases.add(case(id=CaseId("case_2")))
        with pytest.raises(Conflict):
            uow.cases.add(case(id=CaseId("case_2"), number="n2", reply=ReplyId("rpy_1")))
        uow.cases.add(case(id=CaseId("case_2"), number="n2"))
        uow.cases.add(case(id=CaseId("case_3"), number="n3"))


def test_history_is_kept_in_the_order_it_was_written(peopled: CompleteStorage) -> None:
    """With notes and details, of this case only."""
    store(peopled, case(), case(id=CaseId("case_2"), number="n2"))
    steps = [
        CaseEvent(CaseId("case_1"), EventKind.OPENED, NOW, "li", details={"rule": "general v1"}),
        CaseEvent(CaseId("case_1"), EventKind.RETURNED, NOW, "zhang", "不归我们管"),
    ]
    with peopled.begin() as uow:
        uow.cases.note(*steps)
        uow.cases.note(CaseEvent(CaseId("case_2"), EventKind.OPENED, NOW, "li"))
        uow.commit()

    with peopled.begin() as uow:
        assert uow.cases.history(CaseId("case_1")) == steps


def test_a_mark_is_taken_once_when_its_time_has_come(
    peopled: CompleteStorage, clock: StillClock
) -> None:
    """The oldest first; saving the same clock brings none back."""
    store(peopled, case())
    clock.pass_seconds(4 * DAY)
    warning = (CaseId("case_1"), Mark(MarkKind.WARNING, after(4 * DAY)))
    with peopled.begin() as uow:
        assert uow.cases.take_marks(limit=10) == [warning]
        assert uow.cases.take_marks(limit=10) == []
        uow.cases.save(case(version=2))
        uow.commit()

    with peopled.begin() as uow:
        assert uow.cases.take_marks(limit=10) == []
        clock.pass_seconds(DAY)
        assert [mark.kind for _, mark in uow.cases.take_marks(limit=10)] == [MarkKind.OVERDUE]


def test_a_clock_that_changes_has_its_own_marks_and_one_that_stops_none(
    peopled: CompleteStorage, clock: StillClock
) -> None:
    """What was answered warns nobody."""
    store(peopled, case(), case(id=CaseId("case_2"), number="n2"))
    later = deadline(marks=(Mark(MarkKind.MILESTONE, after(60), "新闻发布会"),))
    with peopled.begin() as uow:
        uow.cases.save(case(deadline=later))
        uow.cases.save(case(id=CaseId("case_2"), number="n2", state=CaseState.ANSWERED))
        uow.commit()
    clock.pass_seconds(30 * DAY)

    with peopled.begin() as uow:
        taken = uow.cases.take_marks(limit=10)
    assert taken == [(CaseId("case_1"), later.marks[0])]


def test_marks_are_taken_a_few_at_a_time(peopled: CompleteStorage, clock: StillClock) -> None:
    """A morning with many is not one long transaction."""
    store(peopled, *(case(id=CaseId(f"case_{n}"), number=f"n{n}") for n in range(3)))
    clock.pass_seconds(4 * DAY)

    with peopled.begin() as uow:
        first, second = uow.cases.take_marks(limit=2), uow.cases.take_marks(limit=2)
    assert [found for found, _ in (*first, *second)] == ["case_0", "case_1", "case_2"]


def test_cases_whose_answer_was_refused_are_found(peopled: CompleteStorage) -> None:
    """Only while they count as answered."""
    hear(peopled, 1)
    made = answer(reply=ReplyId("rpy_1"), account=ACCOUNT)
    done = case(
        account=ACCOUNT,
        reply=ReplyId("rpy_1"),
        state=CaseState.ANSWERED,
        answer=made.id,
        answered_by=Channel.PLATFORM,
    )
    with peopled.begin() as uow:
        uow.answers.add(made)
        uow.cases.add(done)
        assert uow.cases.not_delivered(limit=5) == []
        uow.answers.save(replace(made, state=AnswerState.REFUSED, next_at=None))
        assert uow.cases.not_delivered(limit=5) == [done.id]
        uow.cases.save(replace(done, answered_by=Channel.LOOK_UP))
        assert uow.cases.not_delivered(limit=5) == []
        uow.cases.save(replace(done, state=CaseState.ANSWERING))
        assert uow.cases.not_delivered(limit=5) == []


def test_provisional_ends_are_found_while_their_clock_runs(peopled: CompleteStorage) -> None:
    """The nearest first, up to a time."""
    guess = deadline(is_provisional=True)
    later = deadline(is_provisional=True, due_at=after(9 * DAY))
    store(
        peopled,
        case(deadline=later),
        case(id=CaseId("case_2"), number="n2", deadline=guess),
        case(id=CaseId("case_3"), number="n3", deadline=guess, state=CaseState.ANSWERED),
        case(id=CaseId("case_4"), number="n4"),
    )

    with peopled.begin() as uow:
        assert uow.cases.provisional(until=after(9 * DAY), limit=5) == ["case_2", "case_1"]
        assert uow.cases.provisional(until=after(8 * DAY), limit=5) == ["case_2"]


def test_the_last_claim_stands_until_it_is_ended(peopled: CompleteStorage) -> None:
    """One a case."""
    store(peopled, case())
    first, second = (Claim(CaseId("case_1"), by, after(n)) for n, by in enumerate(("li", "wang")))
    with peopled.begin() as uow:
        assert uow.cases.claim_on(CaseId("case_1")) is None
        uow.cases.save_claim(first)
        uow.cases.save_claim(second)
        assert uow.cases.claim_on(CaseId("case_1")) == second
        uow.cases.end_claim(CaseId("case_1"))
        assert uow.cases.claim_on(CaseId("case_1")) is None


def test_an_application_comes_back_as_it_was_saved(peopled: CompleteStorage) -> None:
    """With every pause."""
    store(peopled, case(case_class=CaseClass.DISCLOSURE))
    filed = Application(CaseId("case_1"), NOW)
    changed = replace(
        filed, extended_days=5, pauses=(Pause(after(1), after(2), "征求意见"), Pause(after(3)))
    )
    with peopled.begin() as uow:
        assert uow.cases.application(CaseId("case_1")) is None
        uow.cases.save_application(filed)
        uow.cases.save_application(changed)
        assert uow.cases.application(CaseId("case_1")) == changed


def test_what_has_no_case_yet_is_found_by_when_it_came(peopled: CompleteStorage) -> None:
    """Events never, and nothing from before or after."""
    hear(peopled, 1, 2, 3, 4)
    hear(peopled, 5, kind=ReplyKind.EVENT)
    store(peopled, case(account=ACCOUNT, reply=ReplyId("rpy_3")))

    with peopled.begin() as uow:
        found = uow.cases.without_case(ACCOUNT, after=after(1), until=after(9), limit=5)
        first = uow.cases.without_case(ACCOUNT, after=None, until=after(9), limit=1)
        assert [r.id for r in found] == ["rpy_2", "rpy_4"]
        assert [r.id for r in first] == ["rpy_1"]
        assert not uow.cases.without_case(ACCOUNT, after=None, until=after(0), limit=5)
        assert not uow.cases.without_case(AccountId("acc_9"), after=None, until=after(9), limit=5)


def test_every_version_of_the_rules_is_kept(storage: CompleteStorage) -> None:
    """The newest first; a version is set once."""
    first = RuleSet(1, "sun", NOW, default_deadlines())
    routing = RoutingRule("漏水", ("漏水",), CaseClass.HELP, HOUSING.id, also=("求助",), opens=True)
    second = replace(first, version=2, routing=(routing,))
    with storage.begin() as uow:
        assert uow.case_rules.newest() is None
        uow.case_rules.add(first)
        uow.case_rules.add(second)
        assert uow.case_rules.newest() == second
        assert uow.case_rules.versions() == [second, first]
        with pytest.raises(Conflict, match="刚刚被其他人修改"):
            uow.case_rules.add(replace(second, by="zhou"))


def test_departments_come_back_as_they_were_saved(storage: CompleteStorage) -> None:
    """Those that have ended included."""
    over = replace(HOUSING, until=date(2026, 6, 30), successor=DepartmentId("works"))
    with storage.begin() as uow:
        uow.departments.add(HOUSING)
        with pytest.raises(Conflict, match="housing 已被使用"):
            uow.departments.add(HOUSING)
        uow.departments.save(over)
        assert uow.departments.get(HOUSING.id) == over
        assert uow.departments.all() == [over]
        with pytest.raises(NotFound, match="找不到部门：works"):
            uow.departments.get(DepartmentId("works"))


def test_of_an_erased_follower_a_case_keeps_its_steps_and_no_words(
    peopled: CompleteStorage,
) -> None:
    """Times and states are the office's; what was written may quote the asker."""
    hear(peopled, 1)
    made = case(
        account=ACCOUNT,
        reply=ReplyId("rpy_1"),
        subject="张三的房子漏水",
        answer_text="张三您好",
        draft=DraftAnswer("张三您好", Channel.PHONE, "li", NOW),
        care=Care("涉及张三家人", "li", NOW),
    )
    store(peopled, made)
    with peopled.begin() as uow:
        uow.cases.note(CaseEvent(made.id, EventKind.RETURNED, NOW, "zhang", "张三已来过电话"))
        uow.topics.save_media(MediaQuestion(made.id, "云岭日报", "张三的房子为何漏水", NOW))
        paused = (Pause(NOW, after(1), "征求张三邻居的意见"),)
        uow.cases.save_application(Application(made.id, NOW, pauses=paused))
        uow.erasures.erase_cases([made.id], rule="两年")
        uow.commit()

    with peopled.begin() as uow:
        left, (step,) = uow.cases.get(made.id), uow.cases.history(made.id)
        (question,), application = uow.topics.media(), uow.cases.application(made.id)
    assert (question.outlet, question.question) == ("云岭日报", "")
    assert application is not None
    assert application.pauses == (Pause(NOW, after(1), ""),)
    gone = replace(made, subject="", answer_text="", draft=None, care=None)
    assert left == replace(gone, tombstone=left.tombstone)
    assert left.tombstone is not None
    assert left.tombstone.rule == "两年"
    assert (step.kind, step.note) == (EventKind.RETURNED, "")


def ended(number: int, **changes: Any) -> Case:
    """A case of its own number that is closed."""
    names = {"id": CaseId(f"case_{number}"), "number": f"20261123-00000{number}"}
    return case(**names, **({"state": CaseState.CLOSED} | changes))


def test_a_rule_ends_what_ended_long_ago_and_what_no_earlier_one_keeps(
    storage: CompleteStorage,
) -> None:
    """Running and held cases stay, and so does what has no words any more; oldest first."""
    old = after(-900)
    complaints = RetentionRule("投诉", 9, "制度", classes=(CaseClass.COMPLAINT,))
    rest = RetentionRule("其余", 1, "制度")
    made = {
        "new": ended(1, closed_at=after(-1)),
        "older": ended(2, closed_at=old),
        "oldest": ended(3, closed_at=after(-9000)),
        "running": ended(4, state=CaseState.RECEIVED),
        "held": ended(5, closed_at=old, hold=Hold("诉讼", "li", NOW)),
        "complaint": ended(6, closed_at=old, case_class=CaseClass.COMPLAINT),
        "gone": ended(7, closed_at=old, tombstone=Tombstone(NOW, "两年")),
    }
    store(storage, *made.values())

    with storage.begin() as uow:
        reach = Reach(rest, (complaints,), after(-60))
        over = [uow.cases.over(reach, limit=5), uow.cases.over(reach, limit=1)]
        counted, held = uow.cases.count_over(reach), uow.cases.held()
        of_class = uow.cases.over(Reach(complaints, (), after(-60)), limit=5)

    assert over == [[made["oldest"].id, made["older"].id], [made["oldest"].id]]
    assert (counted, held) == (2, [made["held"]])
    assert of_class == [made["complaint"].id]


def test_a_receipt_opens_its_own_case_only(storage: CompleteStorage) -> None:
    """A wrong code finds as little as a wrong number."""
    made = case(department=HOUSING.id)
    with storage.begin() as uow:
        uow.departments.add(HOUSING)
        uow.cases.add(made)
        uow.cases.add(case(id=CaseId("case_2"), number="20261123-000002"))
        uow.commit()
    receipts = storage.receipts()

    assert receipts.receipt(made.number, made.check_code) == Receipt(made, "住建局")
    assert receipts.receipt("20261123-000002", made.check_code) is not None
    assert receipts.receipt(made.number, "7K3MQY") is None
    assert receipts.receipt("20261123-000009", made.check_code) is None
