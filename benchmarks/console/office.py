"""Years of work of an invented office: posts that went out, letters, cases."""

from collections.abc import Callable, Sequence

from benchmarks.inbox.letters import ACCOUNTS, Letters
from bot.domain.cases.case import Case, CaseState
from bot.domain.ids import AccountId, CaseId, DeliveryId, PostId, ReleaseId, RolloutId
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.release import ReleaseState
from bot.ports.storage import UnitOfWork
from bot.storage.database import Database
from tests import factories as make

ROWS_A_COMMIT = 2000
POSTS_A_RELEASE = 4
HOURS_BETWEEN = 3


def publish(database: Database, *, posts: int) -> None:
    """So many posts that went out, of a fourth as many releases, the newest yesterday."""

    def one(uow: UnitOfWork, number: int) -> None:
        if number % POSTS_A_RELEASE == 0:
            _release(uow, number)
        first = number - number % POSTS_A_RELEASE
        post = make.post(
            id=PostId(f"pst_b{number:07}"),
            rollout=RolloutId(f"rol_b{first:07}"),
            release=ReleaseId(f"rel_b{first:07}"),
            account=AccountId(f"acc_{number % POSTS_A_RELEASE + 1}"),
            due_at=make.after(-_seconds_ago(first)),
        )
        uow.posts.add(post)
        uow.deliveries.add(_delivered(number, first))

    _in_batches(database, range(posts), one)


def receive(database: Database, *, replies: int) -> None:
    """So many letters of an invented vocabulary, filed for searching."""
    letters = Letters()
    with database.begin() as uow:
        for account in ACCOUNTS[POSTS_A_RELEASE:]:
            uow.accounts.add(make.account(id=account, name=f"云岭{account}"), "{}")
        uow.commit()
    for first in range(0, replies, ROWS_A_COMMIT):
        with database.begin() as uow:
            uow.replies.store(list(letters.between(first, min(first + ROWS_A_COMMIT, replies))))
            uow.commit()
        with database.begin() as uow:
            uow.replies.file_pending(limit=ROWS_A_COMMIT)
            uow.commit()


def handle(database: Database, *, cases: int) -> None:
    """So many cases; all but the newest hundred are closed."""

    def one(uow: UnitOfWork, number: int) -> None:
        uow.cases.add(_case(number, is_open=number < 100))

    _in_batches(database, range(cases), one)


def _in_batches(
    database: Database, numbers: Sequence[int], add: Callable[[UnitOfWork, int], None]
) -> None:
    for first in range(0, len(numbers), ROWS_A_COMMIT):
        with database.begin() as uow:
            for number in numbers[first : first + ROWS_A_COMMIT]:
                add(uow, number)
            uow.commit()


def _seconds_ago(number: int) -> int:
    return 86_400 + number // POSTS_A_RELEASE * HOURS_BETWEEN * 3600


def _release(uow: UnitOfWork, number: int) -> None:
    id_, at = ReleaseId(f"rel_b{number:07}"), make.after(-_seconds_ago(number))
    content = make.content(
        title=f"云岭市人民政府办公室关于做好第 {number} 项便民服务工作的通知",
        document_number=f"云岭政办发〔2024〕{number}号",
        published_on=at.date(),
    )
    release = make.release(
        id=id_,
        source_key=id_,
        content=content,
        state=ReleaseState.RELEASED,
        received_at=at,
    )
    uow.releases.add(release)
    uow.posts.add_rollout(make.rollout(id=RolloutId(f"rol_b{number:07}"), release=id_))


def _delivered(number: int, first: int) -> Delivery:
    at = make.after(-_seconds_ago(first))
    receipt = Receipt(
        urls=(f"https://mp.weixin.qq.com/s/{number}",),
        accepted=Fact(at, "publish"),
        published=Fact(at, "event"),
        seen_live=Fact(at, "get"),
    )
    return make.delivery(
        id=DeliveryId(f"dlv_b{number:07}"),
        post=PostId(f"pst_b{number:07}"),
        rollout=RolloutId(f"rol_b{first:07}"),
        account=AccountId(f"acc_{number % POSTS_A_RELEASE + 1}"),
        state=DeliveryState.DELIVERED,
        next_at=None,
        due_at=at,
        accepted_at=at,
        receipt=receipt,
    )


def _case(number: int, *, is_open: bool) -> Case:
    at = make.after(-3600 * (number + 1))
    closed = {} if is_open else {"state": CaseState.CLOSED, "answered_at": at, "closed_at": at}
    return make.case(
        id=CaseId(f"case_b{number:07}"),
        number=f"2025-b{number:07}",
        received_at=at,
        opened_at=at,
        changed_at=at,
        **closed,
    )
