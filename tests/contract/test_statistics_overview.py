"""What pages and lists read of figures, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.accounts.check import AccountFinding
from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId, RolloutId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.release import Interpretation, InterpretationKind
from bot.domain.statistics.figures import AccountDay, ArticleDay, Counting, Figures, FollowerDay
from bot.ports.statistics import ArticleLine, FormMix, Outlook
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests import factories
from tests.factories import NOW, account, after, article, article_day, content, post, release
from tests.fakes.clock import StillClock

DAY = date(2026, 11, 20)


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with two accounts, a post, its article, and one published by hand."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    with opened.begin() as uow:
        uow.sources.add(factories.source())
        uow.releases.add(release())
        uow.accounts.add(account(), "sealed")
        uow.accounts.add(account(id=AccountId("acc_2"), name="云岭住建"), "sealed")
        uow.posts.add_rollout(factories.rollout())
        uow.posts.add(post())
        uow.statistics.save_articles([article(post=PostId("pst_1")), article(2, title="节日祝福")])
        uow.commit()
    yield opened
    opened.dispose()


def store(database: Database, *days: ArticleDay) -> None:
    with database.begin() as uow:
        uow.statistics.save_article_days(days)
        uow.commit()


def line(database: Database) -> ArticleLine:
    """The article of our post as a list shows it."""
    (found,) = database.overview().articles(post="pst_1")
    return found


def test_an_article_is_listed_with_its_newest_figures(database: Database) -> None:
    """To date, not of a single day; one that was never read about is listed all the same."""
    on_day = Figures(readers=7)
    store(
        database,
        article_day(0, readers=100),
        article_day(1, readers=180, is_final=False),
        article_day(2, readers=7, counting=Counting.ON_DAY, figures=on_day),
    )

    ours, by_hand = database.overview().articles(since=DAY)

    assert ours.figures == article_day(readers=180).figures
    assert (ours.through, ours.is_final, ours.post_id) == (date(2026, 11, 21), False, "pst_1")
    assert (ours.release_id, ours.account_name) == ("rel_1", "云岭发布")
    assert (by_hand.title, by_hand.post_id, by_hand.figures) == ("节日祝福", None, Figures())
    assert (by_hand.through, by_hand.read_at) == (None, None)


def test_articles_are_chosen_by_account_and_day(database: Database) -> None:
    """An article whose title the platform left out bears its post's."""
    untitled = article(3, title="", post=PostId("pst_1"), published_on=date(2026, 11, 22))
    with database.begin() as uow:
        uow.statistics.save_articles([untitled])
        uow.commit()
    articles = database.overview().articles

    assert [one.position for one in articles(since=date(2026, 11, 21))] == [3]
    assert [one.position for one in articles(limit=2)] == [3, 1]
    assert [one.position for one in articles(limit=2, offset=2)] == [2]
    assert articles(account="acc_2") == []
    assert articles(limit=1)[0].title == "关于优化办事时间的通知"


def test_storing_figures_again_changes_nothing(database: Database) -> None:
    """Two workers may read the same answer."""
    store(database, article_day(0), article_day(1))
    before = line(database)

    store(database, article_day(0), article_day(1))

    assert line(database) == before
    assert before.revised_at is None


def test_a_lower_number_takes_the_place_of_the_higher_and_is_marked(database: Database) -> None:
    """The platform takes readers off that were no people; the mark stays when it grows again."""
    store(database, article_day(readers=100))

    store(database, article_day(readers=90, read_at=after(60)))
    lower = line(database)
    store(database, article_day(readers=95, read_at=after(120)))

    assert (lower.figures.readers, lower.read_at, lower.revised_at) == (90, after(60), after(60))
    again = line(database)
    assert (again.figures.readers, again.read_at, again.revised_at) == (95, after(120), after(60))


def test_an_answer_that_was_overtaken_is_left_out(database: Database) -> None:
    """A slow worker's older answer does not undo a newer one."""
    store(database, article_day(readers=90, read_at=after(60)))

    store(database, article_day(readers=100))

    assert line(database).figures.readers == 90


def test_a_post_tells_its_days_in_order(database: Database) -> None:
    """Every value comes back as it was given, unknown ones as unknown."""
    days = [article_day(number, readers=100 + number) for number in (0, 1)]
    on_day = replace(days[0], counting=Counting.ON_DAY, figures=Figures(readers=3))
    store(database, days[1], days[0], on_day)
    told = database.overview().article_days

    assert told("pst_1") == days
    assert told("pst_1", counting=Counting.ON_DAY) == [on_day]
    assert told("pst_9") == []


def test_accounts_tell_followers_and_what_hinders(database: Database) -> None:
    """The newest count, who came and left over the days asked for; nothing known is said so."""
    hindrance = AccountFinding(False, "没有权限")
    figures = Figures(readers=545)
    with database.begin() as uow:
        uow.statistics.save_follower_days(
            [
                FollowerDay(account().id, date(2026, 11, 18), 990, 50, 1, NOW),
                FollowerDay(account().id, DAY, 1001, 12, 3, NOW),
                FollowerDay(account().id, date(2026, 11, 21), 1000, 4, 5, NOW),
            ]
        )
        day = AccountDay(account().id, DAY, figures, NOW, source_visits=7, articles=1)
        uow.statistics.save_account_days([day, replace(day, read_at=after(9))])
        uow.statistics.save_outlook(Outlook(AccountId("acc_2"), after(60), hindrance))
        uow.commit()

    first, second = database.overview().account_lines(since=DAY)

    assert (first.followers, first.through) == (1000, date(2026, 11, 21))
    assert (first.gained, first.lost, first.net) == (16, 8, 8)
    assert (first.articles, first.finding) == (2, None)
    assert (second.followers, second.gained, second.finding) == (None, None, hindrance)
    assert (first.is_read, second.is_read) == (False, True)


@pytest.mark.parametrize(
    ("counted", "net"),
    [
        ({18: 990, 20: 1001, 21: 995}, 5),
        ({20: 1001, 21: 995}, -6),
        ({21: 995}, None),
        ({18: 990}, None),
    ],
    ids=["a count before", "counts since", "one count", "none since"],
)
def test_where_followers_are_only_counted_the_difference_is_told(
    database: Database, counted: dict[int, int], net: int | None
) -> None:
    """Who came and who left is not known, and not made up."""
    with database.begin() as uow:
        uow.statistics.save_follower_days(
            [
                FollowerDay(account().id, date(2026, 11, day), total, None, None, NOW)
                for day, total in counted.items()
            ]
        )
        uow.commit()

    line = database.overview().account_lines(since=DAY)[0]

    assert (line.followers, line.gained, line.lost) == (list(counted.values())[-1], None, None)
    assert line.net == net


def test_posts_of_which_nothing_is_told_are_listed_apart(database: Database) -> None:
    """Of accounts whose platform is asked; gone from this list with their first article."""
    out = Fact(NOW, "confirm:call")
    live = factories.delivery(
        state=DeliveryState.DELIVERED, next_at=None, receipt=Receipt(published=out)
    )
    with database.begin() as uow:
        for number, owner in ((2, "acc_1"), (3, "acc_2"), (4, "acc_1")):
            names = PostId(f"pst_{number}"), AccountId(owner)
            uow.posts.add(post(id=names[0], account=names[1]))
            uow.deliveries.add(
                replace(live, id=DeliveryId(f"dlv_{number}"), post=names[0], account=names[1])
            )
        uow.statistics.save_articles([article(3, post=PostId("pst_4"))])
        uow.statistics.save_outlook(Outlook(account().id, after(60)))
        uow.commit()
    uncounted = database.overview().uncounted_posts

    (found,) = uncounted(since=DAY)

    assert (found.post_id, found.account_name, found.published_at) == ("pst_2", "云岭发布", NOW)
    assert found.title == "关于优化办事时间的通知"
    assert uncounted(since=DAY, account="acc_2") == []
    assert uncounted(since=date(2026, 11, 24)) == []


def test_forms_of_interpretation_are_counted_over_what_went_out(database: Database) -> None:
    """A release counts once, however many accounts it reached; what waits does not count."""
    kinds = (InterpretationKind.INFOGRAPHIC, InterpretationKind.QA, InterpretationKind.QA)
    explained = tuple(Interpretation("解读", kind, factories.document()) for kind in kinds)
    out = Fact(NOW, "confirm:call")
    live = factories.delivery(
        state=DeliveryState.DELIVERED, next_at=None, receipt=Receipt(published=out)
    )
    with database.begin() as uow:
        for number in (2, 3):
            ids = ReleaseId(f"rel_{number}"), RolloutId(f"rol_{number}")
            told = content(interpretations=explained if number == 2 else ())
            uow.releases.add(release(id=ids[0], source_key=str(number), content=told))
            uow.posts.add_rollout(factories.rollout(id=ids[1], release=ids[0]))
        for number, of in ((2, 2), (3, 2), (4, 3)):
            of_release = ReleaseId(f"rel_{of}")
            names = PostId(f"pst_{number}"), RolloutId(f"rol_{of}")
            uow.posts.add(post(id=names[0], release=of_release, rollout=names[1]))
            uow.deliveries.add(
                replace(live, id=DeliveryId(f"dlv_{number}"), post=names[0], rollout=names[1])
            )
        uow.commit()

    mix = database.overview().form_mix(since=date(2026, 11, 23))

    assert mix == FormMix(releases=2, without=1, kinds={"qa": 2, "infographic": 1})
    assert database.overview().form_mix(since=date(2026, 11, 24)) == FormMix(0, 0, {})
