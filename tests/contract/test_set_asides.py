"""What every storage promises about replies that need no answer."""

from bot.domain.ids import AccountId, ReplyId
from bot.domain.replies.handling import SetAside
from tests.contract.conftest import CompleteStorage
from tests.factories import after, incoming, reply

FIRST, SECOND = ReplyId("rpy_1"), ReplyId("rpy_2")


def store(storage: CompleteStorage) -> None:
    with storage.begin() as uow:
        for number, name in enumerate((FIRST, SECOND), start=1):
            said = incoming(key=f"msg:{number}", said_at=after(number))
            uow.replies.store([reply(id=name, incoming=said, received_at=after(number))])
        uow.commit()


def test_a_mark_comes_back_as_it_was_made_until_it_is_taken_away(
    peopled: CompleteStorage,
) -> None:
    """Of the replies asked for only; what was said first stays; taking away twice is harmless."""
    store(peopled)
    mark = SetAside(FIRST, "li", after(5), "只是致谢")
    with peopled.begin() as uow:
        uow.asides.add([])
        uow.asides.add([mark, SetAside(SECOND, "li", after(5))])
        uow.asides.add([SetAside(FIRST, "wang", after(6), "另一个原因")])
        uow.commit()

    with peopled.begin() as uow:
        assert uow.asides.of_replies([FIRST, ReplyId("rpy_9")]) == {FIRST: mark}
        for _ in range(2):
            uow.asides.remove([FIRST])
        assert set(uow.asides.of_replies([FIRST, SECOND])) == {SECOND}


def test_what_is_erased_leaves_no_reason_and_takes_none(peopled: CompleteStorage) -> None:
    """Nor does a mark that comes too late."""
    store(peopled)
    with peopled.begin() as uow:
        uow.asides.add([SetAside(FIRST, "li", after(5), "李小云已来电")])
        uow.commit()

    with peopled.begin() as uow:
        uow.erasures.erase_follower(AccountId("acc_1"), "o_follower_1", until=after(1.5), limit=10)
        uow.asides.add([SetAside(FIRST, "li", after(7), "李小云已来电")])
        uow.commit()

    with peopled.begin() as uow:
        assert uow.asides.of_replies([FIRST, SECOND]) == {}
