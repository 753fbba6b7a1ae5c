"""Where the house looks, and what it makes of what it sees."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.notices.condition import ConditionKind
from bot.ports.case_overview import CaseFilter, CaseRow
from bot.ports.heartbeats import BEAT, TICK, WORKER, Pulse
from bot.ports.overview import AccountRow, PostRow
from bot.usecases.notices.lookouts import (
    BACKUP_AGES_AFTER,
    backups,
    due_cases,
    silent_accounts,
    stuck_posts,
    troubled_accounts,
    working_parts,
)
from tests.factories import NOW
from tests.fakes.clock import StillClock
from tests.fakes.heartbeats import FakeHeartbeats
from tests.fakes.storage import FakeStorage

QUEUES = frozenset({"publish"})


class Seen:
    """As much of `ports.overview.Overview` as looking out needs."""

    def __init__(
        self, posts: list[PostRow] | None = None, accounts: list[AccountRow] | None = None
    ) -> None:
        self._posts, self._accounts = posts or [], accounts or []
        self.asked: dict[str, Any] = {}

    def posts(self, **asked: Any) -> list[PostRow]:
        self.asked = asked
        return self._posts

    def accounts(self) -> list[AccountRow]:
        return self._accounts

    def overdue(self, *, seconds: float) -> int:
        return 0


def row(**changes: Any) -> PostRow:
    values: dict[str, Any] = dict.fromkeys(PostRow.__dataclass_fields__, "") | {
        "id": "pst_1",
        "account_name": "示例发布",
        "title": "通知",
        "delivery_state": "held",
        "hold_reason": "平台拒绝。请修改后重新提交",
    }
    return PostRow(**(values | changes))


def account(**changes: Any) -> AccountRow:
    values: dict[str, Any] = {
        "id": "acc_1",
        "name": "示例微博",
        "platform": "weibo",
        "mode": "share",
        "enabled": True,
        "stopped": False,
        "last_published_at": None,
        "waiting": 0,
        "held": 0,
        "token_expires_at": None,
    }
    return AccountRow(**(values | changes))


@pytest.fixture
def storage() -> FakeStorage:
    return FakeStorage(StillClock(NOW))


def test_posts_that_the_system_holds_are_named_with_account_and_cause() -> None:
    """Not what a person held: that is no news to people."""
    seen = Seen([row(), row(id="pst_2", delivery_state="unknown", hold_reason="")])

    held, unknown = stuck_posts(seen).conditions  # type: ignore[arg-type]

    assert (held.kind, held.subject) == (ConditionKind.POST_HELD, "pst_1")
    assert held.words == "示例发布《通知》：平台拒绝"
    assert (unknown.kind, unknown.words) == (ConditionKind.POST_UNKNOWN, "示例发布《通知》")
    assert seen.asked["states"] == ("scheduled",)


def test_accounts_in_trouble_and_near_their_end_are_named(storage: FakeStorage) -> None:
    """Only those in use."""
    seen = Seen(
        accounts=[
            account(trouble="登录凭证已失效"),
            account(id="acc_2", name="另一个", token_expires_at=NOW + timedelta(hours=20)),
            account(id="acc_3", token_expires_at=NOW + timedelta(days=20)),
            account(id="acc_4", enabled=False, trouble="停用了"),
        ]
    )

    found = troubled_accounts(seen, storage).conditions  # type: ignore[arg-type]

    assert [(c.kind, c.subject) for c in found] == [
        (ConditionKind.ACCOUNT_TROUBLE, "acc_1"),
        (ConditionKind.TOKEN_ENDS, "acc_2"),
    ]
    assert "示例微博：登录凭证已失效" in found[0].words
    assert "请重新授权" in found[1].words


@pytest.mark.parametrize(
    ("pulses", "kinds"),
    [
        ({}, []),
        ({WORKER: [], TICK: []}, [ConditionKind.WORKER_DEAD]),
        ({BEAT: []}, [ConditionKind.BEAT_DEAD]),
        ({TICK: []}, [ConditionKind.WORKER_DEAD]),
    ],
    ids=["all well", "worker dead", "beat dead", "worker hangs"],
)
def test_what_readiness_misses_is_told(
    storage: FakeStorage, pulses: dict[str, list[Pulse]], kinds: list[ConditionKind]
) -> None:
    """Once a kind: a dead worker neither beats nor ticks."""
    well = {role: [Pulse("a:1", 1.0, QUEUES)] for role in (WORKER, BEAT, TICK)}

    found = working_parts(Seen(), storage, FakeHeartbeats(**(well | pulses)), QUEUES)  # type: ignore[arg-type]

    assert [condition.kind for condition in found.conditions] == kinds


def test_behind_a_dead_broker_nobody_is_said_to_be_dead_or_well(storage: FakeStorage) -> None:
    """What was known of them stays."""
    heartbeats = FakeHeartbeats()
    heartbeats.broker = False

    found = working_parts(Seen(), storage, heartbeats, QUEUES)  # type: ignore[arg-type]

    assert [condition.kind for condition in found.conditions] == [ConditionKind.BROKER_AWAY]
    assert found.unseen == {ConditionKind.WORKER_DEAD, ConditionKind.BEAT_DEAD}


@pytest.mark.parametrize(
    ("age", "fault", "ill"),
    [
        (timedelta(hours=1), "", False),
        (timedelta(hours=1), "failed", True),
        (BACKUP_AGES_AFTER + timedelta(seconds=1), "", True),
    ],
    ids=["fresh", "failed", "old"],
)
def test_a_backup_that_failed_or_is_old_is_told(
    storage: FakeStorage, age: timedelta, fault: str, ill: bool
) -> None:
    """Where nobody ever made one, nothing is said here."""
    assert backups(storage).conditions == ()
    with storage.begin() as uow:
        uow.notices.note_backup(at=NOW - age, fault=fault)
        uow.commit()

    assert bool(backups(storage).conditions) is ill


class Waiting:
    """As much of `ports.case_overview.CaseOverview` as looking out needs."""

    def __init__(self, *rows: CaseRow) -> None:
        self._rows = rows
        self.asked: CaseFilter | None = None

    def cases(self, wanted: CaseFilter, *, limit: int = 50, after: Any = None) -> list[CaseRow]:
        self.asked = wanted
        return list(self._rows)

    def case_counts(self, **_: Any) -> Any:
        raise NotImplementedError


def test_a_case_near_its_end_is_told_without_a_followers_words() -> None:
    """Its number leads the desk to it."""
    values: dict[str, Any] = dict.fromkeys(CaseRow.__dataclass_fields__, "")
    due = datetime(2026, 11, 26, 15, 59, tzinfo=UTC)
    case = {"id": "cse_1", "number": "20261123-000001", "case_class": "complaint"}
    words = {"words": "我家门口漏水，电话13900001234", "department_name": "住建局", "due_at": due}
    desk = Waiting(CaseRow(**(values | case | words)))

    (condition,) = due_cases(desk).conditions

    assert condition.kind is ConditionKind.REPLY_DUE
    assert condition.subject == "cse_1"
    assert condition.words == "20261123-000001（投诉，住建局）：期限 11月26日 23:59"
    assert desk.asked == CaseFilter(warned=True)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (6, None),
        (7, "已 7 天没有更新，请在 11月30日 10:00 前发布一篇"),
        (14, "已 14 天没有更新，超过两周，检查时单项否决"),
    ],
)
def test_an_account_near_two_weeks_of_silence_is_told(days: int, words: str | None) -> None:
    """From a week on; one that is switched off may be silent."""
    last = NOW - timedelta(days=days)
    seen = Seen(accounts=[account(last_published_at=last), account(id="acc_2", enabled=False)])

    found = silent_accounts(seen, FakeStorage(StillClock(NOW))).conditions  # type: ignore[arg-type]

    assert [one.words.partition("：")[2] for one in found] == ([words] if words else [])
    assert {one.kind for one in found} <= {ConditionKind.ACCOUNT_SILENT}
