"""What waits for the search index is filed by itself."""

from bot.domain.ids import ReplyId
from bot.usecases.replies.file_replies import ROWS_A_TURN, file_replies
from tests import factories as make
from tests.fakes.storage import FakeStorage


def test_everything_that_waits_is_filed_however_much() -> None:
    """After a restart, or when the index is new: nobody has to start anything."""
    storage, count = FakeStorage(), ROWS_A_TURN * 2 + 1
    with storage.begin() as uow:
        uow.replies.store(
            [
                make.reply(id=ReplyId(f"rpy_{n}"), incoming=make.incoming(key=str(n)))
                for n in range(count)
            ]
        )
        uow.commit()

    assert (file_replies(storage), file_replies(storage)) == (count, 0)
