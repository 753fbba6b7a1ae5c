"""How long words are kept: by rules that people set, a day after they set them."""

from datetime import timedelta

import pytest

from bot.domain.cases.case import Case, Channel
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.cases.retention import RetentionRule
from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.regulations.retention_rules import proposed_retention, read_retention
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case
from bot.usecases.cases.end_case import close_case
from bot.usecases.cases.hold_case import hold_case, release_case
from bot.usecases.cases.look_up_receipt import ReceiptDesk
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.reopen_case import reopen_case
from bot.usecases.cases.set_retention import set_retention
from bot.usecases.cases.sweep_retention import foresee_sweep, sweep_retention
from bot.usecases.replies.ask_for_erasure import ask_for_erasure
from bot.usecases.replies.erase_due import erase_due
from tests.unit.usecases.cases.hall import SUPERVISOR, Hall
from tests.unit.usecases.replies.office import DESK, FOLLOWER

DAY = 86_400
ASKED = "李小云问养老金"
TOLD = "李小云您好，已经补发。"
RULE = RetentionRule("其他来信", 30, "本单位制度第九条")


class Archive(Hall):
    """A hall whose office has laid down how long it keeps words."""

    def sets(self, *rules: RetentionRule) -> None:
        set_retention(rules, actor=SUPERVISOR, storage=self.storage)

    def sweeps(self, *, after_days: float) -> tuple[int, int]:
        """Cases and replies that a sweep erases then."""
        self.clock.pass_seconds(after_days * DAY)
        erased = sweep_retention(self.storage)
        return erased.cases, erased.replies

    def closes(self, case: Case) -> Case:
        """Answered for looking up, and closed."""
        written = WrittenAnswer(TOLD, Channel.LOOK_UP)
        answer_case(case.id, written, actor=DESK, tools=self.cases)
        return close_case(case.id, note="李小云已电话确认", actor=DESK, tools=self.cases)

    def files(self, case_class: CaseClass = CaseClass.QUESTION) -> Case:
        """A letter from our own form, closed."""
        wanted = NewCase(case_class, entry=Entry.FORM, subject=ASKED)
        return self.closes(open_case(wanted, actor=DESK, tools=self.cases))


def test_a_closed_letter_loses_its_words_and_keeps_its_steps() -> None:
    """Subject, answer and notes go; number, class, dates and steps stay; the audit names the
    rule."""
    archive = Archive()
    archive.sets(RULE)
    closed = archive.files()

    assert archive.sweeps(after_days=29) == (0, 0)
    assert archive.sweeps(after_days=2) == (1, 0)
    assert archive.sweeps(after_days=1) == (0, 0)

    left = archive.case(closed.id)
    assert (left.number, left.state, left.closed_at) == (
        closed.number,
        closed.state,
        closed.closed_at,
    )
    assert "小云" not in str(vars(archive.storage.state))
    assert archive.steps(closed.id)[-2:] == ["closed", "erased"]
    with archive.storage.begin() as uow:
        last = uow.audit.records()[-1]
    assert (last.action, last.details["rule"]) == ("case.erased", RULE.id)


def test_a_followers_letter_goes_with_its_case_and_not_before() -> None:
    """However old the words are, they stay while somebody waits for an answer; what never became
    a case goes by the day it came."""
    archive = Archive()
    archive.sets(RULE)
    running = archive.opens()
    archive.says(77, text="谢谢")

    assert archive.sweeps(after_days=40) == (0, 1)
    archive.closes(running)
    assert archive.sweeps(after_days=31) == (1, 1)
    assert archive.reply(running.reply).erased_at is not None  # type: ignore[arg-type]


def test_earlier_rules_keep_longer_and_rules_of_classes_speak_of_cases() -> None:
    """A call for help outlives the rest; a thank-you is none."""
    archive = Archive()
    years = RetentionRule("求助", 900, "档案保管期限表", classes=(CaseClass.HELP,))
    archive.sets(years, RULE)
    call, question = archive.files(CaseClass.HELP), archive.files()
    archive.says(77)

    assert archive.sweeps(after_days=31) == (1, 1)
    assert archive.case(call.id).subject
    assert not archive.case(question.id).subject


def test_erasing_by_new_rules_begins_a_day_later() -> None:
    """Whoever slipped by a nought has a day to mend it."""
    archive = Archive()
    archive.files()
    archive.clock.pass_seconds(400 * DAY)
    archive.sets(RULE)

    assert archive.sweeps(after_days=0.9) == (0, 0)
    archive.sets()
    assert archive.sweeps(after_days=5) == (0, 0)
    archive.sets(RULE)
    assert archive.sweeps(after_days=1) == (1, 0)


def test_what_a_sweep_would_erase_is_told_before() -> None:
    """By rule, accounts' own first, now and later; a look changes nothing."""
    archive = Archive(retention_days="10")
    archive.opens()
    archive.files()
    archive.says(77)

    def foreseen(days: int) -> list[tuple[str, int, int]]:
        at = archive.clock.now() + timedelta(days=days)
        told = foresee_sweep([RULE], at=at, actor=DESK, storage=archive.storage)
        return [(one.rule.id, one.cases, one.replies) for one in told]

    assert foreseen(20) == [("account:云岭发布", 0, 1), (RULE.id, 0, 0)]
    assert foreseen(40) == [("account:云岭发布", 0, 1), (RULE.id, 1, 0)]


def test_a_held_case_stays_until_a_supervisor_releases_it() -> None:
    """Neither its age nor the asker's wish erases it; the wish is asked again a day later."""
    archive = Archive()
    archive.sets(RULE)
    case = archive.opens()
    archive.closes(case)
    with pytest.raises(InvalidInput, match="原因"):
        hold_case(case.id, reason=" ", actor=DESK, tools=archive.cases)
    hold_case(case.id, reason="行政复议", actor=DESK, tools=archive.cases)
    with pytest.raises(Conflict, match="已经暂缓"):
        hold_case(case.id, reason="再来", actor=SUPERVISOR, tools=archive.cases)
    admin = Actor("周管理", frozenset({Role.ACCOUNT_ADMIN}))
    given = {"actor": admin, "storage": archive.storage, "ids": archive.ids}
    ask_for_erasure("云岭发布", FOLLOWER, **given)  # type: ignore[arg-type]

    assert archive.sweeps(after_days=60) == (0, 0)
    assert (erase_due(archive.storage), erase_due(archive.storage)) == (0, 0)
    with pytest.raises(NotAllowed):
        release_case(case.id, reason="已结束", actor=DESK, tools=archive.cases)
    release_case(case.id, reason="已结束", actor=SUPERVISOR, tools=archive.cases)
    archive.clock.pass_seconds(DAY)

    assert erase_due(archive.storage) == 1
    assert archive.case(case.id).subject == ""
    with pytest.raises(Conflict, match="删除"):
        hold_case(case.id, reason="迟了", actor=DESK, tools=archive.cases)


def test_of_an_erased_case_the_number_still_tells_the_state() -> None:
    """And that its words are gone, and since when; it is not taken up again without them."""
    archive = Archive()
    archive.sets(RULE)
    closed = archive.files()
    archive.sweeps(after_days=31)

    desk = ReceiptDesk(archive.storage.receipts(), archive.clock)
    found = desk.find(closed.number, closed.check_code, asker="somebody")

    assert found is not None
    assert found.case.tombstone is not None
    assert found.case.tombstone.words.startswith("按保存期限规定，内容已于")
    with pytest.raises(Conflict, match="请另行登记"):
        reopen_case(closed.id, reason="再问", actor=DESK, tools=archive.cases)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([RetentionRule("", 9, "制度")], "名称"),
        ([RetentionRule("一", 9, " ")], "依据"),
        ([RetentionRule("一", 0, "制度")], "天数"),
        ([RULE, RULE], "已有"),
        ([RetentionRule("account:一", 9, "制度")], "名称"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(rules: list[RetentionRule], told: str) -> None:
    """Every fault is named, nothing is put in force."""
    archive = Archive()

    with pytest.raises(InvalidInput, match=told):
        archive.sets(*rules)
    with pytest.raises(NotAllowed):
        set_retention([RULE], actor=DESK, storage=archive.storage)


def test_rules_come_from_a_file_too() -> None:
    """What we propose is sound, and a file says the same as the page."""
    archive = Archive()
    archive.sets(*proposed_retention())

    (read,) = read_retention(
        '[[retention]]\nid = "其他来信"\nkeep_days = 30\nbasis = "本单位制度第九条"\n'
    )
    assert read == RULE
