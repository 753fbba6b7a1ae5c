"""What pages and lists read, on both databases."""

from collections.abc import Iterator

import pytest

from bot.domain.accounts.budgets import COMMERCIAL_BUCKET, Budget, Purpose
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId, ReplyId, RolloutId
from bot.domain.posts.draft import Draft, DraftContent
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Failure
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.release import ReleaseState
from bot.domain.replies.comment import CommentCount
from bot.domain.replies.handling import Handling
from bot.domain.replies.reply import Answered, Channel, ReplyKind
from bot.ports.overview import CommentsOfPost, Overview, PostRow, ReplyFilter
from bot.ports.tokens import PlatformToken
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests import factories
from tests.factories import NOW, account, after, content, delivery, incoming, post, release, reply
from tests.fakes.clock import StillClock

LIVE = Fact(after(2), "confirm:look")


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database in the middle of its work: one post live, one held, one due, one in review."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    _fill(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def overview(database: Database) -> Overview:
    """The read models."""
    return database.overview()


def _fill(database: Database) -> None:
    weibo = account(id=AccountId("acc_2"), name="云岭微博")
    with database.begin() as uow:
        uow.sources.add(factories.source())
        uow.accounts.add(account(), "sealed")
        uow.accounts.add(weibo, "sealed")
        uow.releases.add(release())
        uow.releases.add(
            release(
                id=ReleaseId("rel_2"),
                source_key="8",
                state=ReleaseState.RECEIVED,
                received_at=after(9),
                content=content(title="关于100%落实社保补贴的通知", document_number=None),
            )
        )
        uow.posts.add_rollout(factories.rollout())
        states = {"pst_1": "delivered", "pst_2": "held", "pst_3": "waiting"}
        for number, (name, state) in enumerate(states.items(), start=1):
            own = AccountId("acc_2" if name == "pst_2" else "acc_1")
            uow.posts.add(post(id=PostId(name), account=own))
            uow.deliveries.add(
                delivery(
                    id=DeliveryId(f"dlv_{number}"),
                    post=PostId(name),
                    account=own,
                    state=DeliveryState(state),
                    due_at=after(number),
                    next_at=after(-20) if state == "waiting" else None,
                    accepted_at=after(1.5) if state == "delivered" else None,
                    hold_reason="草稿被改动" if state == "held" else "",
                    receipt=Receipt({}, ("https://a.example/1",), published=LIVE)
                    if state == "delivered"
                    else None,
                )
            )
        uow.posts.add(post(id=PostId("pst_4"), state=PostState.IN_REVIEW, due_at=None))
        uow.commit()


def test_releases_show_how_their_posts_stand(overview: Overview) -> None:
    """The last received comes first; posts, live and held ones are counted."""
    rows = overview.releases()

    counts = [(row.id, row.posts, row.live, row.held) for row in rows]
    assert counts == [("rel_2", 0, 0, 0), ("rel_1", 4, 1, 1)]
    assert rows[1].issuing_bodies == ("云岭市人民政府办公室",)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("社保", ["rel_2"]),
        ("〔2026〕7", ["rel_1"]),
        ("政府办", ["rel_1", "rel_2"]),
        ("0%", ["rel_2"]),
    ],
)
def test_releases_are_searched_by_title_number_and_body(
    overview: Overview, search: str, found: list[str]
) -> None:
    """Two characters are enough, a percent sign is only itself; a title is worth more."""
    assert [row.id for row in overview.releases(search=search)] == found


def test_releases_are_filtered_by_state_and_paged(overview: Overview) -> None:
    """Filters and pages combine."""
    assert [row.id for row in overview.releases(state="received")] == ["rel_2"]
    assert [row.id for row in overview.releases(limit=1, offset=1)] == ["rel_1"]


def test_posts_show_the_facts_of_their_delivery(overview: Overview) -> None:
    """State, times, addresses and reasons of the current revision stand beside the post."""
    rows = {row.id: row for row in overview.posts()}

    assert list(rows) == ["pst_4", "pst_3", "pst_2", "pst_1"]
    assert (rows["pst_1"].urls, rows["pst_1"].published_at) == (("https://a.example/1",), LIVE.at)
    assert rows["pst_1"].lateness_seconds == 0.5
    assert (rows["pst_2"].delivery_state, rows["pst_2"].hold_reason) == ("held", "草稿被改动")
    assert (rows["pst_4"].delivery_id, rows["pst_4"].state) == (None, "in_review")
    assert rows["pst_1"].title == "关于优化办事时间的通知"


def test_posts_are_filtered(overview: Overview) -> None:
    """By release, account, their own state and their delivery's."""
    assert overview.posts(release="rel_2") == []
    assert [row.id for row in overview.posts(account="acc_2")] == ["pst_2"]
    assert [row.id for row in overview.posts(states=["in_review"])] == ["pst_4"]
    assert [row.id for row in overview.posts(delivery_states=["waiting", "held"])] == [
        "pst_3",
        "pst_2",
    ]


def test_only_what_is_still_ahead_is_upcoming(overview: Overview) -> None:
    """Neither accepted nor held posts, nor ones that are not scheduled."""
    assert [row.id for row in overview.upcoming()] == ["pst_3"]


def test_the_calendar_knows_what_is_due_in_a_span(database: Database, overview: Overview) -> None:
    """By the delivery's time, or the planned one before there is a delivery; what is cancelled
    is left out, and so is what a former revision was due."""
    planned = post(id=PostId("pst_5"), emergency=True, state=PostState.IN_REVIEW, due_at=after(2.5))
    with database.begin() as uow:
        uow.posts.add(planned)
        uow.posts.add(post(id=PostId("pst_6"), state=PostState.CANCELLED, due_at=after(2)))
        uow.posts.add(post(id=PostId("pst_7"), revision=2, state=PostState.DRAFT, due_at=after(90)))
        uow.deliveries.add(
            delivery(id=DeliveryId("dlv_7"), post=PostId("pst_7"), due_at=after(2), next_at=None)
        )
        uow.commit()

    rows = overview.calendar(since=after(1), until=after(3))

    assert [row.id for row in rows] == ["pst_1", "pst_2", "pst_5"]
    assert [row.delivery_state for row in rows] == ["delivered", "held", None]
    assert rows[2].due_at == after(2.5)
    assert [row.emergency for row in rows] == [False, False, True]
    found = overview.calendar(since=after(0), until=after(99), account="acc_1", limit=3)
    assert [row.id for row in found] == ["pst_1", "pst_5", "pst_3"]


def test_what_is_due_in_a_span_is_told_in_parts(database: Database, overview: Overview) -> None:
    """The posts of the calendar with what became of them, each once, two of one moment too."""
    with database.begin() as uow:
        twin = post(id=PostId("pst_2b"), state=PostState.IN_REVIEW, due_at=after(2))
        uow.posts.add(twin)
        uow.commit()
    span = {"since": after(0), "until": after(99)}

    whole = overview.posts_due(**span)
    parts = list[PostRow]()
    while chunk := overview.posts_due(**span, after=parts[-1] if parts else None, limit=2):
        parts += chunk

    assert [row.id for row in whole] == [row.id for row in overview.calendar(**span)]
    assert parts == list(whole)
    assert "pst_2b" in {row.id for row in whole}
    assert whole[0].published_at == LIVE.at
    assert {row.account_id for row in overview.posts_due(**span, account="acc_2")} == {"acc_2"}


def test_the_calendar_tells_embargoes_of_what_is_not_out(
    database: Database, overview: Overview
) -> None:
    """Of a release in its newest version."""
    with database.begin() as uow:
        uow.releases.save(release(release_at=after(7200)))
        uow.commit()

    rows = overview.calendar(since=after(0), until=after(99))

    embargoes = {row.id: row.embargo for row in rows}
    assert embargoes == {"pst_1": None, "pst_2": after(7200), "pst_3": after(7200)}


def test_coverage_names_every_channel(database: Database, overview: Overview) -> None:
    """A channel a release did not reach is missing, not left out; the furthest post counts."""
    rows = {row.release_id: row for row in overview.coverage()}

    assert rows["rel_1"].cells == {"acc_1": "delivered", "acc_2": "held"}
    assert rows["rel_1"].first_live_at == LIVE.at
    assert rows["rel_1"].live_at == {"acc_1": LIVE.at}
    assert rows["rel_2"].cells == {"acc_1": "missing", "acc_2": "missing"}
    assert [overview.coverage(limit=1, offset=n)[0].release_id for n in range(2)] == list(rows)


def test_accounts_show_their_work_and_token(database: Database, overview: Overview) -> None:
    """What waits, what is held, what went out last and when the token dies."""
    token = PlatformToken("secret", expires_at=after(7200), fetched_at=NOW)
    database.tokens().swap(AccountId("acc_1"), seen=None, new=token)
    for purpose in (Purpose.PROBING, Purpose.PROBING, Purpose.READING):
        database.budgets().spend(
            AccountId("acc_1"), Budget("day", 9), publishing=False, purpose=purpose
        )
    contract = Budget(COMMERCIAL_BUCKET, 9)
    database.budgets().spend(AccountId("acc_2"), contract, publishing=False)
    told = Failure("CredentialExpired", cause="授权已失效", next_step="请重新授权")
    with database.begin() as uow:
        uow.accounts.save_trouble(AccountTrouble(AccountId("acc_2"), NOW, told))
        uow.commit()

    rows = {row.id: row for row in overview.accounts()}

    first, second = rows["acc_1"], rows["acc_2"]
    assert (first.waiting, first.held, first.last_published_at) == (1, 0, LIVE.at)
    assert (second.waiting, second.held, second.last_published_at) == (0, 1, None)
    assert (first.token_expires_at, second.token_expires_at) == (after(7200), None)
    assert (first.trouble, second.trouble) == ("", "授权已失效。请重新授权")
    assert (first.calls, second.calls) == ({"probing": 2, "reading": 1}, {})
    assert (first.commercial_calls, second.commercial_calls) == (0, 1)


def test_overdue_work_is_counted(overview: Overview) -> None:
    """Open deliveries whose time passed longer ago than asked."""
    assert (overview.overdue(seconds=19), overview.overdue(seconds=21)) == (1, 0)


def test_figures_count_work_by_state_and_calls_by_account(
    database: Database, overview: Overview
) -> None:
    """A scheduled post counts where its delivery stands; a lease that runs is somebody's work."""
    database.budgets().spend(AccountId("acc_1"), Budget("wechat:mass", 9), publishing=True)
    with database.begin() as uow:
        uow.replies.store([reply(), reply(id=ReplyId("rpl_2"), incoming=incoming(key="2"))])
        uow.commit()

    figures = overview.figures(overdue_seconds=19)

    assert figures.posts == {"delivered": 1, "held": 1, "waiting": 1, "in_review": 1}
    assert (figures.overdue, figures.due_without_lease) == (1, 1)
    assert sum(figures.replies_last_hour.values()) == 2
    assert figures.calls == {("云岭发布", "wechat:mass"): 1}


def test_replies_are_listed_newest_first_and_filtered(
    database: Database, overview: Overview
) -> None:
    """By account, channel, words, and whether somebody still has to answer."""
    event = incoming(key="3", kind=ReplyKind.EVENT, text="")
    with database.begin() as uow:
        uow.replies.store(
            [
                reply(post=PostId("pst_1")),
                reply(
                    id=ReplyId("rpy_2"),
                    incoming=incoming(key="2", text="ABC 100%", sender_name="小云"),
                    answered=Answered("您好", "问候"),
                    received_at=after(1),
                ),
                reply(id=ReplyId("rpy_3"), incoming=event, received_at=after(2)),
            ]
        )
        uow.commit()

    def found(**wanted: object) -> list[str]:
        return [row.id for row in overview.replies(ReplyFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == ["rpy_3", "rpy_2", "rpy_1"]
    assert found(handling=Handling.UNANSWERED) == ["rpy_1"]
    assert found(account="acc_2") == []
    assert found(channel="wechat_message", search="补贴") == ["rpy_1"]
    assert found(release="rel_1") == found(release="rel_1", search="补贴") == ["rpy_1"]
    assert found(release="rel_2") == []
    assert found(search="abc") == found(search="小云") == found(search="0%") == ["rpy_2"]
    first = overview.replies(ReplyFilter(search="补贴"))[0]
    assert (first.post_title, first.account_name) == ("关于优化办事时间的通知", "云岭发布")


def test_a_post_shows_what_the_platform_counts_beside_what_came(
    database: Database, overview: Overview
) -> None:
    """The last count stays; a post nobody counted says nothing."""
    said = incoming(key="c1", channel=Channel.WEIBO_COMMENT, kind=ReplyKind.COMMENT)
    with database.begin() as uow:
        uow.replies.store([reply(id=ReplyId("rpy_c"), incoming=said, post=PostId("pst_1"))])
        for counted in (7, 9):
            uow.comments.save_counts([CommentCount(PostId("pst_1"), counted, after(counted))])
        uow.commit()

    found = overview.comments_of("pst_1")

    assert found == CommentsOfPost(9, after(9), 1)
    assert found.missing == 8
    assert overview.comments_of("pst_2") is None


def test_a_superseded_revision_is_not_shown(database: Database, overview: Overview) -> None:
    """A post that went back to its editor shows no delivery of an older revision."""
    with database.begin() as uow:
        edited = post(id=PostId("pst_3"), revision=2, state=PostState.DRAFT)
        uow.posts.save(edited)
        uow.commit()

    row = next(row for row in overview.posts() if row.id == "pst_3")
    assert (row.delivery_id, row.rollout_id) == (None, RolloutId("rol_1"))


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("#云岭政策#【关于停车的通知】\n云政发〔2026〕7号。\n\n一、范围", "关于停车的通知"),
        ("【关于停车的通知】云政发〔2026〕7号。", "关于停车的通知"),
        ("停车新规\n来了", "停车新规 来了"),
    ],
)
def test_a_short_post_is_listed_by_the_title_in_front_of_it(
    database: Database, text: str, listed: str
) -> None:
    """On one line, however many the post has."""
    with database.begin() as uow:
        draft = Draft(DraftContent(text=text))
        uow.posts.add(post(id=PostId("pst_9"), draft=draft))
        uow.commit()

    assert next(row for row in database.overview().posts() if row.id == "pst_9").title == listed
