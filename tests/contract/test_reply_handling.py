"""What became of replies, as lists and filters tell it on both databases: they never disagree."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.cases.case import CaseState
from bot.domain.ids import AccountId, AnswerId, CaseId, PostId, ReplyId
from bot.domain.replies.answer import AnswerState
from bot.domain.replies.comment import CommentStanding
from bot.domain.replies.handling import Became, Handling, SetAside
from bot.domain.replies.reply import Answered, Channel, ReplyKind
from bot.ports.overview import ReplyFilter, ReplyRow
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests import factories as make
from tests.fakes.clock import StillClock

ACCOUNTS = (AccountId("acc_1"), AccountId("acc_2"))
ROUNDS = 3
BECAME = {
    "waits": Became.WAITS,
    "refused": Became.WAITS,
    "taken_back": Became.WAITS,
    "taken_up_again": Became.WAITS,
    "answered": Became.ANSWERED_BY_STAFF,
    "on_platform": Became.ANSWERED_BY_STAFF,
    "answered_late": Became.ANSWERED_BY_STAFF,
    "by_rule": Became.ANSWERED_BY_RULE,
    "running": Became.TAKEN_UP,
    "told_number": Became.TAKEN_UP,
    "opened_late": Became.TAKEN_UP,
    "closed": Became.TAKEN_UP,
    "aside": Became.SET_ASIDE,
    "event": Became.NOTHING,
    "erased": Became.NOTHING,
}
RUNS = ("running", "told_number", "opened_late")
LISTED = {
    Handling.WAITING: ("waits", "refused", "taken_back", "taken_up_again"),
    Handling.TAKEN_UP: RUNS,
    Handling.UNANSWERED: ("waits", "refused", "taken_back", "taken_up_again", *RUNS),
    Handling.SET_ASIDE: ("aside",),
}


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A desk with replies of which everything became that can."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    _fill(opened)
    yield opened
    opened.dispose()


def _fill(database: Database) -> None:
    with database.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release())
        for account in ACCOUNTS:
            uow.accounts.add(make.account(id=account, name=account), "sealed")
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        uow.commit()
    for number in range(ROUNDS):
        for at, name in enumerate(BECAME):
            _put(database, name, number, number * len(BECAME) + at)
    with database.begin() as uow:
        uow.replies.file_pending(limit=1000)
        uow.commit()


def _put(database: Database, name: str, number: int, second: int) -> None:
    is_comment = number == 1
    reply = ReplyId(f"rpy_{name}_{number}")
    said = make.incoming(
        account=ACCOUNTS[number % 2],
        key=reply,
        sender=f"o_{reply}",
        kind=ReplyKind.EVENT if name == "event" else ReplyKind.MESSAGE,
        channel=Channel.WECHAT_COMMENT if is_comment else Channel.WECHAT_MESSAGE,
        said_at=make.after(second),
        text=f"补贴{number}",
    )
    made = make.reply(
        id=reply,
        incoming=said,
        received_at=make.after(second),
        answered=Answered("您好", "问候") if name == "by_rule" else None,
        post=PostId("pst_1") if is_comment else None,
    )
    with database.begin() as uow:
        uow.replies.store([made])
        _deal_with(uow, name, reply, said.account)
        uow.commit()


def _deal_with(uow: Any, name: str, reply: ReplyId, account: AccountId) -> None:
    """In the order in which a desk would."""
    mark = SetAside(reply, "li", make.after(900), "致谢")
    if name in {"aside", "taken_up_again", "answered_late", "opened_late"}:
        uow.asides.add([mark])
    if name == "taken_up_again":
        uow.asides.remove([reply])
    answer = make.answer(id=AnswerId(f"ans_{reply}"), reply=reply, account=account)
    if name in {"answered", "answered_late", "refused", "taken_back", "told_number"}:
        uow.answers.add(answer)
    if name in {"refused", "taken_back"}:
        uow.answers.save(replace(answer, state=AnswerState(name), next_at=None))
    if name == "on_platform":
        uow.comments.save([CommentStanding(reply, author_reply="谢谢您")])
    if name in {*RUNS, "closed"}:
        state = CaseState.CLOSED if name == "closed" else CaseState.ASSIGNED
        ids = {"id": CaseId(f"case_{reply}"), "number": f"20261126-{reply}"}
        uow.cases.add(make.case(**ids, account=account, reply=reply, state=state))
    if name == "erased":
        uow.erasures.erase_follower(account, f"o_{reply}", until=make.after(900), limit=9)


def kinds(rows: list[ReplyRow]) -> set[str]:
    """Which of them there are, each of all rounds."""
    return {row.id.removeprefix("rpy_").rpartition("_")[0] for row in rows}


def test_a_row_says_what_became_of_it(database: Database) -> None:
    """With its case, and who set it aside; a mark is of no account where somebody answered or took
    it up all the same."""
    rows = {row.id: row for row in database.overview().replies(ReplyFilter(), limit=100)}

    told = {name: rows[ReplyId(f"rpy_{name}_0")] for name in BECAME}
    assert {name: row.became for name, row in told.items()} == BECAME
    assert told["running"].case_number == "20261126-rpy_running_0"
    assert told["running"].became_told == "办理中 · 已转办"
    assert told["closed"].became_told == "已办结"
    assert told["aside"].set_aside == SetAside(
        ReplyId("rpy_aside_0"), "li", make.after(900), "致谢"
    )
    assert (told["waits"].case_id, told["waits"].set_aside) == (None, None)


@pytest.mark.parametrize("handling", Handling)
@pytest.mark.parametrize(
    "narrowed",
    [
        {},
        {"account": ACCOUNTS[0]},
        {"account": ACCOUNTS[1]},
        {"channel": Channel.WECHAT_COMMENT},
        {"kind": ReplyKind.MESSAGE},
        {"post": "pst_1"},
        {"since": make.after(10), "until": make.after(40)},
        {"search": "补贴"},
        {"search": "补贴1", "account": ACCOUNTS[1]},
        {"release": "rel_1"},
    ],
    ids=str,
)
def test_a_filter_lists_what_the_rows_say(
    database: Database, handling: Handling, narrowed: dict[str, Any]
) -> None:
    """The newest first, in pages, and counted: as if all were read and the others left out."""
    overview, wanted = database.overview(), ReplyFilter(handling=handling, **narrowed)
    everything = overview.replies(ReplyFilter(**narrowed), limit=1000)
    expected = [row for row in everything if kinds([row]) <= set(LISTED[handling])]

    paged, after = list[ReplyRow](), ""
    while chunk := overview.replies(replace(wanted, after=after), limit=2):
        paged, after = paged + list(chunk), chunk[-1].id

    assert expected
    assert overview.replies(wanted, limit=1000) == expected
    assert overview.replies(wanted, limit=3, offset=1) == expected[1:4]
    assert paged == expected
    assert overview.count_replies(wanted) == len(expected)
    assert overview.count_replies(wanted, most=1) >= min(2, len(expected))
