"""The schema that migrations build is the one the code means."""

from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

from bot.domain.ids import AccountId, ReleaseId, ReplyId
from bot.domain.posts.review import ReviewStep, Signature
from bot.domain.releases.document import Attachment
from bot.domain.releases.inspection import Inspection
from bot.domain.releases.release import ReleaseContent, ReleaseState
from bot.domain.replies.handling import Handling
from bot.domain.replies.reply import Answered, ReplyKind
from bot.ports.overview import ReplyFilter
from bot.storage.database import Database
from bot.storage.engine import make_engine
from bot.storage.migrating import upgrade
from bot.storage.tables import METADATA
from bot.vault.secrets import FernetVault
from tests import factories

INSPECTIONS = ("inspections", "inspection_waits")
LATEST = ("personal_notices", "notice_wishes", "told_records", "set_asides", *INSPECTIONS)
"""Tables that the last revisions made."""
ASKED = ("ix_cases_running_asked_at", "ix_cases_running_account_id_asked_at")
OPEN = ("ix_replies_open_since", "ix_replies_account_id_open_since")


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine on a database without tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        url = request.getfixturevalue("empty_postgres_url")
    return make_engine(url, busy_timeout_seconds=5, pool_size=2)


def test_migrations_from_empty_equal_the_tables(empty: Engine) -> None:
    """Nothing is missing in the revisions and nothing is left over; running again is harmless."""
    upgrade(empty)
    upgrade(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, METADATA)
    empty.dispose()
    assert differences == []


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def url(request: pytest.FixtureRequest) -> str:
    """A database with the current schema."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


def test_releases_from_before_the_search_are_found_by_it(url: str) -> None:
    """The newest version of each is filed in the order they came."""
    database = Database(url, audit_key=b"key", vault=FernetVault("k" * 32))
    _add_releases(database)
    engine = make_engine(url, busy_timeout_seconds=5, pool_size=1)
    with engine.begin() as connection:
        _back_to_the_search(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))

    upgrade(engine)

    hits = database.searching().released("办事", account=AccountId("acc_1"), limit=5)
    assert [hit.release for hit in hits] == ["rel_2", "rel_1"]
    assert not database.searching().released("旧文", account=AccountId("acc_1"), limit=5)
    engine.dispose()
    database.dispose()


def test_whoever_wrote_a_part_of_a_post_from_before_may_not_review_it(url: str) -> None:
    """Not only the last hand; who signed stays among them."""
    database = Database(url, audit_key=b"key", vault=FernetVault("k" * 32))
    signed = Signature(ReviewStep.FIRST, "zhao", factories.NOW, "h", on_behalf_of="chen")
    post = factories.post(submitted_by="wang", hands=("li", "sun"), signatures=(signed,))
    _add_releases(database)
    with database.begin() as uow:
        uow.accounts.add(factories.account(), "{}")
        uow.posts.add_rollout(factories.rollout())
        uow.posts.add(post)
        uow.commit()
    engine = make_engine(url, busy_timeout_seconds=5, pool_size=1)
    with engine.begin() as connection:
        connection.execute(text("UPDATE posts SET involved = '[]'"))
        for table in LATEST:
            connection.execute(text(f"DROP TABLE {table}"))
        _close_replies(connection)
        _forget_when_cases_were_asked(connection)
        for made_later in ("ix_notices_made_at", "ix_cases_untold"):
            connection.execute(text(f"DROP INDEX {made_later}"))
        connection.execute(text("ALTER TABLE notices DROP COLUMN made_at"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0031'"))

    upgrade(engine)

    (row,) = database.overview().posts(limit=1)
    assert row.involved == ("chen", "li", "sun", "wang", "zhao")
    engine.dispose()
    database.dispose()


def _close_replies(connection: Connection) -> None:
    for index in OPEN:
        connection.execute(text(f"DROP INDEX {index}"))
    connection.execute(text("ALTER TABLE replies DROP COLUMN open_since"))


def _forget_when_cases_were_asked(connection: Connection) -> None:
    for index in ASKED:
        connection.execute(text(f"DROP INDEX {index}"))
    connection.execute(text("ALTER TABLE cases DROP COLUMN asked_at"))


def _back_to_the_search(connection: Connection) -> None:
    """What revisions after 0005 made is taken away again."""
    texts = ("release_terms", "release_texts", "reply_terms", "reply_blocks", "comment_counts")
    duty = ("breakers", "quiet_periods", "ticks", "outage_deliveries", "outages")
    latest = (
        "recalls",
        "post_revisions",
        "restorations",
        "notice_channels",
        "alerts",
        "notices",
        "backup_tries",
    )
    of_cases = ("case_events", "case_marks", "case_claims", "case_applications", "cases")
    groups = ("question_members", "question_progress", "questions")
    topics = (
        "topic_sightings",
        "topic_hours",
        "topic_days",
        "topic_alerts",
        "topic_briefs",
        "topic_records",
        "release_votes",
    )
    asked = (*topics, "media_questions", "reply_imports", "search_misses", "demands", *groups)
    cases = ("published_answers", "case_ratings", *of_cases, "case_rules", "departments")
    reviewed = ("handovers", "review_entries", "deputies", *LATEST)
    told = (*texts, "account_troubles", "call_purposes", *duty, *latest, *asked)
    _close_replies(connection)
    for table in (*reviewed, *told, *cases):
        connection.execute(text(f"DROP TABLE {table}"))
    of_replies = ("number", "pending", "post_id", "channel_received_at_id", "kind_received_at_id")
    others = ("posts_keeper", "answers_unsure", "deliveries_urgent", "releases_emergency_since")
    for index in (*(f"replies_{name}" for name in of_replies), *others):
        connection.execute(text(f"DROP INDEX ix_{index}"))
    people = ("posts.review_step", "posts.involved", "posts.keeper")
    signed_in = ("sessions.address", "sessions.browser")
    added = (
        *people,
        *signed_in,
        "replies.answer_card",
        "replies.number",
        "deliveries.urgent",
        "stops.reason",
    )
    for column in (*added, "releases.emergency_since", "deliveries.not_before"):
        table, _, name = column.partition(".")
        connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))


def _add_releases(database: Database) -> None:
    public = {"state": ReleaseState.RELEASED}
    corrected = factories.content(body=factories.document("旧文"))
    with database.begin() as uow:
        uow.sources.add(factories.source())
        uow.releases.add(factories.release(content=corrected, **public))
        uow.releases.add(factories.release(version=2, received_at=factories.after(1), **public))
        other = {"id": ReleaseId("rel_2"), "source_key": "8", "received_at": factories.after(2)}
        uow.releases.add(factories.release(**other, **public))
        uow.commit()


def test_what_waited_before_there_was_a_mark_is_found_by_it(url: str) -> None:
    """Not what was answered, taken up or erased, nor events."""
    database = Database(url, audit_key=b"key", vault=FernetVault("k" * 32))
    said = {
        name: factories.reply(id=ReplyId(name), incoming=factories.incoming(key=name))
        for name in ("waits", "answered", "taken_up")
    }
    event = factories.incoming(key="event", kind=ReplyKind.EVENT)
    by_rule = replace(said["waits"], id=ReplyId("by_rule"), answered=Answered("您好", "问候"))
    by_rule = replace(by_rule, incoming=factories.incoming(key="by_rule"))
    with database.begin() as uow:
        uow.accounts.add(factories.account(), "{}")
        uow.replies.store([*said.values(), by_rule, factories.reply(id="event", incoming=event)])
        uow.answers.add(factories.answer(reply=ReplyId("answered")))
        uow.cases.add(factories.case(reply=ReplyId("taken_up")))
        uow.commit()
    engine = make_engine(url, busy_timeout_seconds=5, pool_size=1)
    with engine.begin() as connection:
        _close_replies(connection)
        _forget_when_cases_were_asked(connection)
        connection.execute(text("DROP INDEX ix_cases_untold"))
        for table in ("set_asides", *INSPECTIONS):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0033'"))

    upgrade(engine)

    for handling, expected in {
        Handling.WAITING: ["waits"],
        Handling.TAKEN_UP: ["taken_up"],
    }.items():
        rows = database.overview().replies(ReplyFilter(handling=handling))
        assert [row.id for row in rows] == expected
    engine.dispose()
    database.dispose()


def test_attachments_from_before_are_looked_into(url: str) -> None:
    """Those of the newest version that are kept with us, once, unless somebody has."""
    database = Database(url, audit_key=b"key", vault=FernetVault("k" * 32))
    old, new, seen = ("a" * 64, "b" * 64, "c" * 64)
    linked = Attachment("目录", "https://www.yunling.example/list.xlsx", "d" * 64)

    def content(*files: str) -> ReleaseContent:
        kept = [Attachment("名单.xlsx", "", sha256) for sha256 in files]
        return factories.content(attachments=(*kept, linked))

    with database.begin() as uow:
        uow.sources.add(factories.source())
        uow.releases.add(factories.release(content=content(old)))
        uow.releases.add(factories.release(version=2, content=content(new, seen)))
        uow.inspections.keep(seen, Inspection())
        uow.commit()
    engine = make_engine(url, busy_timeout_seconds=5, pool_size=1)
    with engine.begin() as connection:
        _forget_when_cases_were_asked(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0036'"))

    upgrade(engine)
    upgrade(engine)

    with database.begin() as uow:
        taken = [uow.inspections.take_next(seconds=60) for _ in range(2)]
    assert taken == [new, None]
    engine.dispose()
    database.dispose()
