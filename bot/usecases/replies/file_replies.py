"""Put what followers said into the search index, after it was stored: a few a transaction."""

from bot.ports.storage import Storage

ROWS_A_TURN = 200
"""Filing takes the database's only writer: pushes wait no longer than for this many."""
TURNS_A_VISIT = 100


def file_replies(storage: Storage) -> int:
    """File what waits, the oldest first, also what was there before the index; returns how many.
    Who is stopped goes on where they were."""
    filed = 0
    for _ in range(TURNS_A_VISIT):
        with storage.begin() as uow:
            turn = uow.replies.file_pending(limit=ROWS_A_TURN)
            uow.commit()
        filed += turn
        if turn < ROWS_A_TURN:
            break
    return filed
