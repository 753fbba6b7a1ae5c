"""Whoever has number and check code is told the state; whoever guesses is slowed down."""

from bot.domain.cases.names import CaseClass
from bot.domain.replies.wishes import ReceiptWish
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from tests.factories import incoming
from tests.unit.usecases.cases.hall import ANSWER, DESK, HOUSING, Hall

ASKER, OTHER = incoming(), incoming(sender="o_somebody_else")


class Counted:
    """A look-up that counts its reads."""

    def __init__(self, hall: Hall) -> None:
        self._lookup = hall.storage.receipts()
        self.reads = 0

    def receipt(self, number: str, code: str):  # type: ignore[no-untyped-def]
        self.reads += 1
        return self._lookup.receipt(number, code)


def test_the_state_is_told_and_then_the_answer() -> None:
    """With department and term, and never what the asker wrote."""
    hall = Hall()
    case = hall.opens(department=HOUSING)
    desk = ReceiptDesk(hall.storage.receipts(), hall.clock)
    wish = ReceiptWish(case.number, case.check_code)

    before = desk.answer(wish, ASKER).text
    answer_case(case.id, WrittenAnswer(ANSWER), actor=DESK, tools=hall.cases)
    after = desk.answer(wish, OTHER).text

    assert before.splitlines() == [
        f"受理编号：{case.number}",
        "类别：咨询",
        "状态：已转办",
        "承办部门：住建局",
        "受理时间：2026年11月23日",
        "答复期限：2026年11月30日",
    ]
    assert "状态：已答复" in after
    assert after.endswith(f"答复：{ANSWER}")


def test_an_answer_that_waits_for_review_is_not_told() -> None:
    """Nobody has approved it."""
    hall = Hall()
    case = hall.opens(CaseClass.COMPLAINT)
    answer_case(case.id, WrittenAnswer(ANSWER), actor=DESK, tools=hall.cases)

    desk = ReceiptDesk(hall.storage.receipts(), hall.clock)
    told = desk.answer(ReceiptWish(case.number, case.check_code), ASKER).text

    assert "状态：答复审核中" in told
    assert ANSWER not in told


def test_a_wrong_code_tells_as_little_as_an_unknown_number() -> None:
    """Whether a number was given cannot be found out."""
    hall = Hall()
    case = hall.opens()
    desk = ReceiptDesk(hall.storage.receipts(), hall.clock)

    wrong = desk.answer(ReceiptWish(case.number, "AAAAAA"), ASKER).text
    unknown = desk.answer(ReceiptWish("20261123-999999", "AAAAAA"), ASKER).text

    assert wrong.replace(case.number, "") == unknown.replace("20261123-999999", "")


def test_who_guesses_is_not_looked_up_for_any_more() -> None:
    """Not even with the right code, until ten minutes have passed; others are."""
    hall = Hall()
    case = hall.opens()
    counted = Counted(hall)
    desk = ReceiptDesk(counted, hall.clock)
    right = ReceiptWish(case.number, case.check_code)
    for guess in range(5):
        desk.answer(ReceiptWish(case.number, f"AAAAA{guess + 2}"), ASKER)

    assert "查询次数过多" in desk.answer(right, ASKER).text
    assert counted.reads == 5
    assert "状态" in desk.answer(right, OTHER).text
    hall.clock.pass_seconds(601)
    assert "状态" in desk.answer(right, ASKER).text


def test_a_number_that_many_guess_at_is_left_alone() -> None:
    """Ten wrong codes from whomever."""
    hall = Hall()
    case = hall.opens()
    desk = ReceiptDesk(hall.storage.receipts(), hall.clock)
    for guess in range(10):
        desk.answer(ReceiptWish(case.number, "AAAAAA"), incoming(sender=f"o_{guess}"))

    assert "查询次数过多" in desk.answer(ReceiptWish(case.number, case.check_code), ASKER).text


def test_what_cannot_be_a_number_costs_no_read() -> None:
    """And is answered like one that was not found."""
    hall = Hall()
    counted = Counted(hall)

    told = ReceiptDesk(counted, hall.clock).answer(ReceiptWish("YL20261123", "7K3F"), ASKER)

    assert "没有查到受理编号 YL20261123" in told.text
    assert counted.reads == 0
