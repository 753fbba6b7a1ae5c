"""Searching replies finds what a scan finds: before and after filing, after erasure, on pages."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.ids import AccountId, PostId, ReplyId
from bot.domain.releases.searching import searchable
from bot.domain.replies.handling import Handling
from bot.domain.replies.reply import Channel, Reply, ReplyKind
from bot.ports.overview import ReplyFilter
from bot.storage.database import Database
from bot.usecases.replies.file_replies import file_replies
from bot.vault.secrets import FernetVault
from tests import factories as make
from tests.fakes.clock import StillClock

ACCOUNTS = AccountId("acc_1"), AccountId("acc_2")
KINDS = {Channel.WECHAT_MESSAGE: ReplyKind.MESSAGE, Channel.WEIBO_COMMENT: ReplyKind.COMMENT}
SIGNS = "社保补贴停车费ＡaB1 ，\U00020bb7"
WORDS = st.text(SIGNS, max_size=12)


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with two accounts and a post."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    with opened.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release())
        for number, account in enumerate(ACCOUNTS):
            uow.accounts.add(make.account(id=account, name=f"账号{number}"), "sealed")
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        uow.commit()
    yield opened
    opened.dispose()


def said(number: int, text: str, **changes: object) -> Reply:
    channel = changes.pop("channel", Channel.WECHAT_MESSAGE)
    account = changes.pop("account", ACCOUNTS[0])
    name = changes.pop("sender_name", "")
    incoming = make.incoming(
        account=account,
        channel=channel,
        kind=KINDS[channel],  # type: ignore[index]
        key=str(number),
        text=text,
        sender=f"openid-{number}",
        sender_name=name,
    )
    values = {"received_at": make.after(number)} | changes
    return make.reply(id=ReplyId(f"rpy_{number:05}"), incoming=incoming, **values)


def store(database: Database, *replies: Reply) -> None:
    with database.begin() as uow:
        uow.replies.store(replies)
        uow.commit()


def found(database: Database, words: str, *, limit: int = 500, **wanted: object) -> list[str]:
    asked = ReplyFilter(search=words, **wanted)  # type: ignore[arg-type]
    return [row.id for row in database.overview().replies(asked, limit=limit)]


def scanned(replies: list[Reply], words: str) -> list[str]:
    """What has the words in its text or its sender's name, the newest first."""
    needle = searchable(words)
    places = {r.id: (r.incoming.text, r.incoming.sender_name) for r in replies}
    holding = [i for i, parts in places.items() if any(needle in searchable(p) for p in parts)]
    return sorted(holding, reverse=True) if needle else []


_NUMBERS = iter(range(10**9))


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    texts=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12),
    needles=st.lists(st.text(SIGNS, min_size=1, max_size=4), min_size=1, max_size=8),
    filed=st.integers(0, 12),
)
def test_whatever_a_scan_finds_is_found(
    database: Database, texts: list[tuple[str, str]], needles: list[str], filed: int
) -> None:
    """Any words, across borders of words, single signs too, however many are filed already."""
    follower = next(_NUMBERS)
    account = AccountId(f"acc_h{follower}")
    with database.begin() as uow:
        uow.accounts.add(make.account(id=account, name=f"云岭{follower}"), "sealed")
        uow.commit()
    replies = [
        said(next(_NUMBERS), text, account=account, sender_name=name) for text, name in texts
    ]
    store(database, *replies)
    with database.begin() as uow:
        uow.replies.file_pending(limit=filed + 1)
        uow.commit()

    parts = [text[at : at + 3] for text, _ in texts for at in range(0, len(text), 2)]
    for words in needles + parts:
        assert found(database, words, account=account) == scanned(replies, words), words

    file_replies(database)
    for words in needles + parts:
        assert found(database, words, account=account) == scanned(replies, words), words


def test_filters_narrow_what_is_found(database: Database) -> None:
    """By account, channel, kind, post and time; each filed and not yet filed."""
    comment = Channel.WEIBO_COMMENT
    store(
        database,
        said(1, "社保补贴怎么领"),
        said(2, "社保补贴怎么领", account=ACCOUNTS[1]),
        said(3, "社保补贴怎么领", channel=comment, post=PostId("pst_1")),
        said(4, "别的事"),
    )

    def narrowed() -> list[list[str]]:
        return [
            found(database, "补贴", account=ACCOUNTS[1]),
            found(database, "补贴", channel=comment),
            found(database, "补贴", kind="comment"),
            found(database, "补贴", post="pst_1"),
            found(database, "补贴", post="pst_2"),
            found(database, "补贴", since=make.after(2), until=make.after(3)),
            found(database, "补贴", handling=Handling.UNANSWERED, account=ACCOUNTS[0]),
        ]

    before = narrowed()
    file_replies(database)

    one, two, three = "rpy_00001", "rpy_00002", "rpy_00003"
    assert before == [[two], [three], [three], [three], [], [two], [three, one]]
    assert narrowed() == before


def test_pages_show_everything_once(database: Database) -> None:
    """With and without words, while the newest are not yet filed and more come in."""
    replies = [said(number, "停车费" if number % 3 else "其他") for number in range(60)]
    store(database, *replies[:40])
    file_replies(database)
    store(database, *replies[40:])
    for words in ("停车", ""):
        shown: list[str] = []
        while rows := found(database, words, limit=7, after=shown[-1] if shown else ""):
            shown += rows
            file_replies(database)

        assert shown == (scanned(replies, words) or sorted((r.id for r in replies), reverse=True))


def test_what_is_erased_is_not_found_and_leaves_no_term(database: Database) -> None:
    """Filed or not: the index forgets with the words."""
    store(database, said(1, "贴在墙上的话"), said(2, "墙上还有别的"))
    file_replies(database)
    store(database, said(3, "墙上没来得及"))
    with database.begin() as uow:
        for number in (1, 3):
            until = make.NOW + timedelta(days=9)
            uow.erasures.erase_follower(ACCOUNTS[0], f"openid-{number}", until=until, limit=5)
        uow.commit()
    file_replies(database)

    assert found(database, "墙上") == ["rpy_00002"]
    assert found(database, "贴在") == found(database, "贴") == []
    with database._transactions.reading() as connection:
        terms = connection.exec_driver_sql("SELECT term FROM reply_terms").scalars().all()
    assert "贴在" not in terms
    assert "上还" in terms


def test_old_rows_are_filed_in_turns(database: Database) -> None:
    """What was there before the index, the oldest first; a second look finds nothing to do."""
    store(database, *(said(number, "旧信件") for number in range(450)))

    assert (file_replies(database), file_replies(database)) == (450, 0)
    assert len(found(database, "旧信")) == 450


def test_the_oldest_that_waits_is_found_without_sorting_all_that_wait(sqlite_url: str) -> None:
    """Or filing a million old replies would take a million times as long as filing one."""
    waiting = "SELECT id FROM replies WHERE number IS NULL ORDER BY received_at, id LIMIT 200"
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        plan = str(connection.execute(f"EXPLAIN QUERY PLAN {waiting}").fetchall())

    assert "ix_replies_pending" in plan
    assert "ORDER BY" not in plan


def test_counts_stop_at_their_limit(database: Database) -> None:
    """Nobody reads the difference between 1,001 and a million."""
    store(database, *(said(number, "人很多" if number % 2 else "少") for number in range(20)))
    file_replies(database)
    count = database.overview().count_replies

    assert count(ReplyFilter(), most=30) == 20
    assert count(ReplyFilter(), most=5) == 6
    assert count(ReplyFilter(search="很多"), most=30) == 10
    assert count(ReplyFilter(search="人很多"), most=5) == 6
    assert count(ReplyFilter(search="\x00")) == 0
