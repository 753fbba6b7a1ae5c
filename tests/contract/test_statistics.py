"""What every storage promises about figures: what was asked, whose articles, what comes next."""

from dataclasses import replace
from datetime import date
from functools import partial

from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import DeliveryId, PostId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.statistics.matching import Trace
from bot.domain.statistics.planning import Asked, Subject
from bot.ports.statistics import Outlook
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, account, after, article, delivery, post

ACCOUNT = account().id


def test_the_newest_outlook_of_an_account_counts(peopled: CompleteStorage) -> None:
    """None at first; what hindered is forgotten when it hinders no more."""
    hindered = Outlook(ACCOUNT, after(60), AccountFinding(False, "没有权限", "请认证", "管理员"))
    free = Outlook(ACCOUNT, after(90))

    with peopled.begin() as uow:
        first = uow.statistics.outlook(ACCOUNT)
        uow.statistics.save_outlook(hindered)
        stored = uow.statistics.outlook(ACCOUNT)
        uow.statistics.save_outlook(free)
        uow.commit()

    with peopled.begin() as uow:
        assert (first, stored, uow.statistics.outlook(ACCOUNT)) == (None, hindered, free)


def test_what_was_asked_is_kept_by_subject_and_day(peopled: CompleteStorage) -> None:
    """Asking again takes the place of the time before; older days can be left out."""
    days = [date(2026, 11, number) for number in (19, 20, 21)]
    first = [Asked(Subject.ARTICLES, day, NOW, is_final=False, tries=1) for day in days]
    again = Asked(Subject.ARTICLES, days[2], after(60), is_final=True)
    other = Asked(Subject.FOLLOWERS, days[1], NOW, is_final=True)

    with peopled.begin() as uow:
        uow.statistics.save_asked(ACCOUNT, first)
        uow.statistics.save_asked(ACCOUNT, [again, other])
        uow.commit()

    with peopled.begin() as uow:
        known = uow.statistics.asked(ACCOUNT, since=days[1])
    assert known == [first[1], again, other]


def test_nothing_that_is_known_of_an_article_is_forgotten(peopled: CompleteStorage) -> None:
    """The figures of a day name no title; a later answer may leave out the address."""
    whole = article(post=PostId("pst_1"))
    bare = article(title="", url="", was_pushed=None, published_on=None)
    renamed = article(title="停车新规（修订）")

    with peopled.begin() as uow:
        uow.statistics.save_articles([whole, article(2)])
        uow.statistics.save_articles([bare])
        uow.statistics.save_articles([renamed])
        uow.commit()

    with peopled.begin() as uow:
        stored = uow.statistics.articles([whole.id, article(2).id, article(9).id])
    assert stored == [replace(whole, title="停车新规（修订）"), article(2)]


def test_traces_tell_by_what_public_posts_are_known(peopled: CompleteStorage) -> None:
    """Of the time asked for, without what was taken down."""
    out = Fact(after(30), "confirm:call")
    receipt = Receipt({"msg_data_id": "2247480001"}, ("https://mp.weixin.qq.com/s/a",), out, out)
    live = delivery(state=DeliveryState.DELIVERED, receipt=receipt, next_at=None)
    with peopled.begin() as uow:
        for number, state in enumerate((DeliveryState.REMOVED, DeliveryState.HELD), start=2):
            uow.posts.add(post(id=PostId(f"pst_{number}")))
            uow.deliveries.add(
                replace(
                    live,
                    id=DeliveryId(f"dlv_{number}"),
                    post=PostId(f"pst_{number}"),
                    state=state,
                    receipt=receipt if state is DeliveryState.REMOVED else None,
                )
            )
        uow.deliveries.add(live)
        uow.commit()

    with peopled.begin() as uow:
        traces = partial(uow.statistics.traces, ACCOUNT)
        found = traces(since=NOW, until=after(31), message_key="msg_data_id")
        unknown = traces(since=NOW, until=after(31), message_key="mid")
        later = traces(since=after(31), until=after(99), message_key="msg_data_id")
        earlier = traces(since=NOW, until=after(30), message_key="msg_data_id")

    title = "关于优化办事时间的通知"
    expected = Trace(PostId("pst_1"), "2247480001", receipt.urls, (title,), date(2026, 11, 23))
    assert found == [expected]
    assert unknown == [replace(expected, message="")]
    assert later == earlier == []
