"""Replies out of files: looked at first, stored once, cases like any other."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Case
from bot.domain.cases.case import Channel as Way
from bot.domain.cases.names import CaseClass, Entry
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import AccountId
from bot.domain.replies.importing import ImportProfile, Table
from bot.domain.replies.reply import Channel, Reply, ReplyKind
from bot.regulations.import_profiles import default_profiles
from bot.usecases.cases.answer_case import WrittenAnswer, answer_case
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.replies.import_replies import (
    ImportTools,
    Looked,
    look_at_import,
    stage_import,
    take_import,
)
from bot.usecases.replies.set_import_profiles import set_import_profiles
from tests import factories as make
from tests.fakes.vault import OpenVault
from tests.unit.usecases.cases.hall import CONTACT, SUPERVISOR, Hall
from tests.unit.usecases.replies.office import DESK

HEADINGS = ("工单编号", "来电时间", "标题", "内容", "联系电话", "来电人")
CALLED_AT = datetime(2026, 11, 20, 9, 30, tzinfo=BEIJING)


class Counter:
    """Where the hot line's files arrive."""

    def __init__(self) -> None:
        self.hall = Hall()
        self.sheet = Table(HEADINGS, ())
        self.tools = ImportTools(
            self.hall.storage, self._read, OpenVault(), self.hall.ids, default_profiles()
        )

    def _read(self, content: bytes, file_name: str) -> Table:
        return self.sheet

    def looks_at(self, *numbers: str) -> Looked:
        """A file with a row for each number; an empty one has no words."""
        rows = [
            (n, "2026-11-20 09:30", "供水" if n else "", f"{n} 停水" if n else "", "138", "王")
            for n in numbers
        ]
        self.sheet = Table(HEADINGS, tuple(enumerate(rows, 2)))
        return stage_import(b"file", "a.xlsx", "hotline", actor=DESK, tools=self.tools)

    def takes(self, *numbers: str) -> tuple[int, int]:
        """How many were new, and how many were known."""
        staged = self.looks_at(*numbers)
        record = take_import(staged.record.id, actor=DESK, tools=self.tools)
        return record.new, record.known

    def replies(self) -> list[Reply]:
        return list(self.hall.storage.state.replies.values())


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_a_file_is_looked_at_before_anything_is_stored(counter: Counter) -> None:
    """What cannot be taken is named; the rest is stored unaltered, for an account of its own."""
    looked = counter.looks_at("A1", "")
    before = counter.replies()

    taken = take_import(looked.record.id, actor=DESK, tools=counter.tools)

    (reply,) = counter.replies()
    said = reply.incoming
    account = counter.hall.storage.state.accounts[said.account]
    assert (before, taken.new, [fault.row for fault in taken.faults]) == ([], 1, [3])
    assert (said.text, said.kind, said.channel) == (
        "供水\nA1 停水",
        ReplyKind.IMPORTED,
        Channel.IMPORTED,
    )
    assert (account.name, account.platform, account.enabled) == (
        "12345 热线",
        PlatformName.FILES,
        False,
    )


def test_nothing_is_stored_twice(counter: Counter) -> None:
    """Neither the same file nor the same row in another; a second click is told so."""
    numbers = [f"A{n}" for n in range(450)]
    assert counter.takes(*numbers) == (450, 0)
    assert counter.takes(*numbers, "B1") == (1, 450)

    staged = counter.looks_at("A1").record
    take_import(staged.id, actor=DESK, tools=counter.tools)
    with pytest.raises(Conflict, match="已经导入"):
        take_import(staged.id, actor=DESK, tools=counter.tools)
    assert len(counter.replies()) == 451
    assert all(reply.times_received == 1 for reply in counter.replies())


def test_what_was_imported_becomes_a_case_from_when_it_came(counter: Counter) -> None:
    """With the entry of its source; it is answered by every way but a platform's."""
    counter.takes("A1")
    (reply,) = counter.replies()
    wanted = NewCase(CaseClass.QUESTION, reply=reply.id)

    case: Case = open_case(wanted, actor=DESK, tools=counter.hall.cases)

    assert (case.entry, case.received_at) == (Entry.HOTLINE, CALLED_AT)
    with pytest.raises(InvalidInput, match="不能从这里直接回复"):
        answer_case(case.id, WrittenAnswer("好"), actor=DESK, tools=counter.hall.cases)
    by_phone = WrittenAnswer("好", Way.PHONE)
    done = answer_case(case.id, by_phone, actor=DESK, tools=counter.hall.cases)
    assert done.answered_by is Way.PHONE


def test_who_may_not_take_up_cases_imports_nothing(counter: Counter) -> None:
    """Nor looks into a file."""
    staged = counter.looks_at("A1").record
    for deed in (look_at_import, take_import):
        with pytest.raises(NotAllowed):
            deed(staged.id, actor=CONTACT, tools=counter.tools)
    with pytest.raises(NotAllowed):
        stage_import(b"", "a.csv", "hotline", actor=CONTACT, tools=counter.tools)


def test_a_file_that_nobody_takes_is_gone_after_a_day(counter: Counter) -> None:
    """When the next one comes."""
    staged = counter.looks_at("A1").record
    counter.hall.days_pass(1.1)

    counter.looks_at("A2")

    with pytest.raises(NotFound):
        look_at_import(staged.id, actor=DESK, tools=counter.tools)


def test_an_office_sets_profiles_of_its_own(counter: Counter) -> None:
    """Kept as a version of its rules; the days of keeping follow, an official account's name is
    refused."""
    storage = counter.hall.storage
    own = ImportProfile(
        "hotline", "区热线", Entry.HOTLINE, ("内容",), "来电时间", "工单编号", keep_days=90
    )
    with pytest.raises(NotAllowed):
        set_import_profiles([own], actor=DESK, storage=storage)

    set_import_profiles([own], actor=SUPERVISOR, storage=storage)
    counter.takes("A1")
    account = storage.state.accounts[counter.replies()[0].incoming.account]
    taken_name = replace(own, name=make.account().name)
    set_import_profiles([taken_name], actor=SUPERVISOR, storage=storage)

    assert (account.name, account.options) == ("区热线", {"retention_days": "90"})
    with pytest.raises(InvalidInput, match="换一个名称"):
        counter.takes("A2")
    assert AccountId("acc_1") in storage.state.accounts
