"""What is counted, as monitoring sees it."""

from prometheus_client import CollectorRegistry, generate_latest

from bot.ports.overview import WorkFigures
from bot.ports.storage import StorageUnavailable
from bot.public.figures import REMEMBERED_SECONDS, WorkCollector

FIGURES = WorkFigures(
    posts={"in_review": 2, "delivered": 7},
    overdue=1,
    due_without_lease=3,
    replies_last_hour={"message": 40},
    calls={("云岭发布", "wechat:mass"): 5},
)


class Database:
    """Gives the figures, or is away; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked, self.is_away, self.time = 0, False, 100.0

    def read(self) -> WorkFigures:
        self.asked += 1
        if self.is_away:
            raise StorageUnavailable("the database is away")
        return FIGURES

    def now(self) -> float:
        return self.time


def _registered(database: Database) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(WorkCollector(database.read, now=database.now))
    return registry


def test_every_figure_is_shown_under_its_name() -> None:
    """Labels tell states, kinds and accounts apart."""
    shown = generate_latest(_registered(Database())).decode()

    lines = [line for line in shown.splitlines() if not line.startswith("#")]
    assert lines == [
        "tongbu_database_up 1.0",
        'tongbu_posts{state="in_review"} 2.0',
        'tongbu_posts{state="delivered"} 7.0',
        "tongbu_deliveries_overdue 1.0",
        "tongbu_deliveries_due_without_lease 3.0",
        'tongbu_replies_last_hour{kind="message"} 40.0',
        'tongbu_platform_calls_today{account="云岭发布",bucket="wechat:mass"} 5.0',
    ]


def test_the_database_is_asked_once_in_a_while() -> None:
    """Not at registration, and not by each of many who look."""
    database = Database()
    registry = _registered(database)
    before = database.asked
    generate_latest(registry)
    generate_latest(registry)
    database.time += REMEMBERED_SECONDS
    generate_latest(registry)

    assert (before, database.asked) == (0, 2)


def test_figures_that_cannot_be_read_are_not_shown() -> None:
    """Old figures would hide the trouble; the page itself answers."""
    database = Database()
    registry = _registered(database)
    generate_latest(registry)
    database.is_away = True
    database.time += REMEMBERED_SECONDS

    shown = generate_latest(registry).decode()

    assert "tongbu_database_up 0.0" in shown
    assert "tongbu_posts" not in shown
