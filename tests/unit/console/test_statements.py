"""A page asks the database as often in a large office as in a small one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.ids import (
    AccountId,
    CaseId,
    DeliveryId,
    PostId,
    ReleaseId,
    ReplyId,
    RolloutId,
    UserId,
)
from bot.domain.people import Role, User
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.handling import SetAside
from bot.domain.statistics.figures import FollowerDay
from bot.ports.statistics import Outlook
from bot.storage.database import Database
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import sign_in
from tests.unit.console.tour import site_of
from tests.unit.public.street import Street, street_on

PAGES = (
    "/",
    "/releases",
    "/calendar",
    "/coverage",
    "/review",
    "/replies",
    "/replies?q=补贴",
    "/replies?handling=unanswered",
    "/replies?handling=set_aside",
    "/cases",
    "/cases?view=all",
    "/questions",
    "/demands",
    "/topics",
    "/statistics",
    "/accounts",
    "/accounts/health",
    "/stop",
    "/rules",
    "/people",
    "/departments",
    "/notices",
    "/settings",
    "/gongkai",
    "/wenda",
)
FEW, MANY = 3, 30
RECEIPT = Receipt(urls=("https://mp.weixin.qq.com/s/m",), published=Fact(make.NOW, "event"))
MOST, MOST_OF_TODAY = 25, 50
"""今日 alone asks everywhere for what waits."""


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(database._engine, "before_cursor_execute", note)
    yield sent
    event.remove(database._engine, "before_cursor_execute", note)


def open_an_office(database: Database, numbers: range) -> None:
    """An account each with its figures, a release, a post, a letter with its case, and thanks that
    need no answer."""
    with database.begin() as uow:
        for number in numbers:
            account = AccountId(f"acc_m{number}")
            uow.accounts.add(make.account(id=account, name=f"云岭第{number}号"), "{}")
            counts = [
                FollowerDay(
                    account=account,
                    day=(make.NOW - timedelta(days=ago)).date(),
                    followers=1000 + ago,
                    gained=None,
                    lost=None,
                    read_at=make.NOW,
                    is_final=True,
                )
                for ago in (1, 2, 40)
            ]
            uow.statistics.save_follower_days(counts)
            uow.statistics.save_outlook(Outlook(account, make.NOW))
            _post(uow, number, account)
            _letter(uow, number, account)
            user = UserId(f"usr_m{number}")
            uow.people.add_user(User(user, f"m{number}", "某人", frozenset({Role.WRITER}), "x"))
        uow.commit()
    with database.begin() as uow:
        uow.replies.file_pending(limit=1000)
        uow.commit()


def _post(uow: Any, number: int, account: AccountId) -> None:
    release, rollout = ReleaseId(f"rel_m{number}"), RolloutId(f"rol_m{number}")
    post = PostId(f"pst_m{number}")
    stages = (ReleaseState.RECEIVED, ReleaseState.RELEASED, ReleaseState.APPROVED)
    uow.releases.add(make.release(id=release, source_key=release, state=stages[number % 3]))
    uow.posts.add_rollout(make.rollout(id=rollout, release=release))
    states = (PostState.IN_REVIEW, PostState.SCHEDULED, PostState.DRAFT)
    ids = {"id": post, "rollout": rollout, "release": release, "account": account}
    uow.posts.add(make.post(**ids, state=states[number % 3]))
    if number % 3 == 1:
        where = {"post": post, "rollout": rollout, "account": account}
        out = {"state": DeliveryState.DELIVERED, "next_at": None, "receipt": RECEIPT}
        uow.deliveries.add(make.delivery(id=DeliveryId(f"dlv_m{number}"), **where, **out))


def _letter(uow: Any, number: int, account: AccountId) -> None:
    reply = ReplyId(f"rpy_m{number}")
    said = make.incoming(account=account, key=f"m{number}", text="补贴什么时候发放？")
    uow.replies.store([make.reply(id=reply, incoming=said)])
    ids = {"id": CaseId(f"case_m{number}"), "number": f"20261123-9{number:05}"}
    uow.cases.add(make.case(**ids, account=account, reply=reply))
    thanks = ReplyId(f"rpy_t{number}")
    said = make.incoming(account=account, key=f"t{number}", text="谢谢")
    uow.replies.store([make.reply(id=thanks, incoming=said)])
    uow.asides.add([SetAside(thanks, "m0", make.NOW)])


@pytest.fixture
def offices(sqlite_url: str) -> Iterator[tuple[dict[str, int], dict[str, int]]]:
    """How often each page asks in a small office, and in the same one grown large."""
    with street_on(sqlite_url) as street:
        with street.storage.begin() as uow:
            uow.sources.add(make.source())
            uow.commit()
        street.employ("wang", *Role)
        browser = Browser(site_of(street))
        sign_in(browser, "wang")
        open_an_office(street.storage, range(FEW))
        small = {page: _asked(street, browser, page) for page in PAGES}
        open_an_office(street.storage, range(FEW, MANY))
        yield small, {page: _asked(street, browser, page) for page in PAGES}


def _asked(street: Street, browser: Browser, page: str) -> int:
    """How often the page asks, once what waits has been counted."""
    browser.get(page)
    with counted(street.storage) as sent:
        assert browser.get(page).status_code == 200
    return len(sent)


def test_no_page_asks_more_often_where_there_is_more(
    offices: tuple[dict[str, int], dict[str, int]],
) -> None:
    """Three accounts, releases, posts, letters, cases and people, or thirty of each."""
    small, large = offices

    assert large == small
    assert large.pop("/") <= MOST_OF_TODAY
    assert max(large.values()) <= MOST
