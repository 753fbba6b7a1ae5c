"""What every storage promises about notices to single people."""

from datetime import time, timedelta

from bot.domain.accounts.account import QuietHours
from bot.domain.notices.personal import PersonalKind, PersonalNotice, Wishes
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, after
from tests.fakes.clock import StillClock


def notice(number: int, login: str = "li", **changes: object) -> PersonalNotice:
    """A notice that nobody has read."""
    values: dict[str, object] = {
        "id": f"pnt_{number:03}",
        "login": login,
        "key": f"{number}:0",
        "kind": PersonalKind.POST_RETURNED,
        "text": "示例发布《通知》",
        "page": "/posts/pst_1",
        "at": after(number),
    }
    return PersonalNotice(**(values | changes))  # type: ignore[arg-type]


def test_nobody_is_told_the_same_twice_and_each_reads_their_own(
    storage: CompleteStorage, clock: StillClock
) -> None:
    """The newest first; reading one, or all, touches nobody else's."""
    with storage.begin() as uow:
        stored = [uow.personal.put(notice(n)) for n in (1, 2, 3)]
        again = uow.personal.put(notice(9, key="1:0"))
        other = uow.personal.put(notice(4, "wang", key="1:0"))
        uow.personal.mark_read("wang", notice="pnt_001")
        uow.personal.mark_read("li", notice="pnt_002")
        uow.commit()

    with storage.begin() as uow:
        assert (stored, again, other) == ([True, True, True], False, True)
        assert [one.id for one in uow.personal.of("li")] == ["pnt_003", "pnt_002", "pnt_001"]
        assert [one.read_at for one in uow.personal.of("li", limit=2)] == [None, clock.now()]
        assert (uow.personal.unread("li"), uow.personal.unread("wang")) == (2, 1)
        uow.personal.mark_read("li")
        assert (uow.personal.unread("li"), uow.personal.unread("wang")) == (0, 1)


def test_what_is_old_is_forgotten(storage: CompleteStorage) -> None:
    """Read or not."""
    with storage.begin() as uow:
        uow.personal.put(notice(1, at=NOW - timedelta(days=91)))
        uow.personal.put(notice(2))
        uow.personal.forget(before=NOW - timedelta(days=90))

        assert [one.id for one in uow.personal.of("li")] == ["pnt_002"]


def test_wishes_are_kept_and_replaced(storage: CompleteStorage) -> None:
    """Of those who have any."""
    first = Wishes("li", frozenset({PersonalKind.POST_FAILED}), "nch_1", "li@example.gov.cn")
    second = Wishes("li", quiet=QuietHours(time(21), time(7, 30)))
    with storage.begin() as uow:
        uow.personal.save_wishes(first)
        before = uow.personal.wishes(["li", "wang"])
        uow.personal.save_wishes(second)

        assert before == {"li": first}
        assert uow.personal.wishes(["li"]) == {"li": second}
        assert uow.personal.wishes([]) == {}


def test_the_audit_is_told_from_where_it_stood_first(storage: CompleteStorage) -> None:
    """What was written before anybody was told of anything is no news."""
    with storage.begin() as uow:
        uow.audit.write(actor="li", action="a", object_kind="post", object_id="pst_1")
        uow.commit()
    with storage.begin() as uow:
        first = uow.personal.claim_told()
        uow.audit.write(actor="li", action="b", object_kind="post", object_id="pst_1")
        still = uow.personal.claim_told()
        uow.personal.note_told(2)
        uow.commit()

    with storage.begin() as uow:
        assert (first, still, uow.personal.claim_told()) == (1, 1, 2)
