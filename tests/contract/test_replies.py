"""What every storage promises about what followers sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, ReplyId
from bot.domain.replies.reply import Answered, JobReport, LinkCard, Reply
from tests.contract.conftest import CompleteStorage
from tests.factories import after, incoming, reply

ACCOUNT = AccountId("acc_1")


def numbered(number: int, **changes: object) -> Reply:
    """A reply with its own id and key."""
    said = incoming(key=f"msg:{number}", **changes)
    return reply(id=ReplyId(f"rpy_{number}"), incoming=said, received_at=after(number))


def store(storage: CompleteStorage, *replies: Reply) -> list[Reply]:
    with storage.begin() as uow:
        stored = list(uow.replies.store(replies))
        uow.commit()
    return stored


@pytest.mark.parametrize(
    "words",
    ["请问", "含\x00空字符", "半个\ud83d字符", "\x1b[json]伪装", "", " 前后 \r\n"],
    ids=["plain", "nul", "surrogate", "escape", "empty", "spaces"],
)
def test_a_reply_is_stored_unaltered(peopled: CompleteStorage, words: str) -> None:
    """Whatever a follower sends comes back character by character."""
    job = JobReport({"job_id": "1"}, succeeded=True, status="0", urls=("https://a.example",))
    made = reply(
        incoming=incoming(text=words, raw=words, sender_name=words, job=job, is_known_type=False),
        answered=Answered(text="您好", rule="问候"),
        answer_body="<xml/>",
    )

    store(peopled, made)

    with peopled.begin() as uow:
        assert uow.replies.get(ReplyId("rpy_1")) == made


def test_an_answer_that_is_an_article_is_stored_whole(peopled: CompleteStorage) -> None:
    """A push that comes twice shows the follower the same article, not only its words."""
    card = LinkCard(
        "优化办事时间", "云岭政办发〔2026〕7号", "https://a.example/7", "https://a.example/7.png"
    )
    answered = Answered(card.words, "搜索", card)
    store(peopled, reply(answered=answered))

    (again,) = store(peopled, reply(id=ReplyId("rpy_2")))

    assert again.answered == answered


def test_a_double_is_counted_and_keeps_the_first_answer(peopled: CompleteStorage) -> None:
    """The second arrival of a key makes no row and gives back what was answered first."""
    first = reply(answered=Answered(text="第一次的答复", rule="问候"))
    again = reply(id=ReplyId("rpy_2"), answered=Answered(text="第二次的答复", rule="别的"))
    store(peopled, first)

    (stored,) = store(peopled, again)

    assert (stored.id, stored.answered, stored.times_received) == ("rpy_1", first.answered, 2)


def test_one_double_in_a_batch_leaves_the_others_new(peopled: CompleteStorage) -> None:
    """Only the double is counted; its neighbours are stored as they were given."""
    store(peopled, numbered(2))

    stored = store(peopled, numbered(1), numbered(2), numbered(3))

    assert [(one.id, one.times_received) for one in stored] == [
        ("rpy_1", 1),
        ("rpy_2", 2),
        ("rpy_3", 1),
    ]
    with peopled.begin() as uow:
        assert uow.replies.get(ReplyId("rpy_3")) == numbered(3)


def test_doubles_within_one_batch_are_counted(peopled: CompleteStorage) -> None:
    """The results come in the order of the batch, doubles sharing one row."""
    stored = store(
        peopled, numbered(2), numbered(1), numbered(2), *(numbered(n) for n in range(3, 70))
    )

    counts = [(one.id, one.times_received) for one in stored[:4]]
    assert counts == [("rpy_2", 2), ("rpy_1", 1), ("rpy_2", 2), ("rpy_3", 1)]


def test_doubles_from_many_threads_make_one_row(peopled: CompleteStorage) -> None:
    """Pushes of the same message that arrive at once are one reply, whoever comes first."""

    def push(number: int) -> list[Reply]:
        pair = [replace(numbered(n), id=ReplyId(f"rpy_{n}_{number}")) for n in (1, 2)]
        return store(peopled, *pair[:: 1 - 2 * (number % 2)])

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(push, range(8)))

    assert len({one.id for stored in answers for one in stored}) == 2
    assert [one.times_received for one in push(8)] == [9, 9]


def test_job_events_wait_until_they_are_applied(peopled: CompleteStorage) -> None:
    """Events on platform jobs are offered oldest first until marked."""
    job = JobReport({"job_id": "1"}, succeeded=True, status="0")
    store(peopled, numbered(3, job=job), numbered(2), numbered(1, job=job))

    with peopled.begin() as uow:
        before = [one.id for one in uow.replies.unhandled_jobs()]
        uow.replies.mark_applied([ReplyId("rpy_1")])
        uow.commit()

    with peopled.begin() as uow:
        left = [one.id for one in uow.replies.unhandled_jobs()]
    assert (before, left) == (["rpy_1", "rpy_3"], ["rpy_3"])


def test_cursors_are_kept_by_stream(peopled: CompleteStorage) -> None:
    """A stream that was never read has an empty cursor; the last one saved counts."""
    with peopled.begin() as uow:
        uow.replies.save_cursor(ACCOUNT, "comments", {"since": "1"})
        uow.replies.save_cursor(ACCOUNT, "comments", {"since": "2"})
        uow.commit()

    with peopled.begin() as uow:
        assert uow.replies.cursor(ACCOUNT, "comments") == {"since": "2"}
        assert uow.replies.cursor(ACCOUNT, "mentions") == {}


def test_known_keys_and_recent_replies(peopled: CompleteStorage) -> None:
    """Collectors ask which keys are stored; the newest replies come first."""
    store(peopled, numbered(1), numbered(3), numbered(2))

    with peopled.begin() as uow:
        assert uow.replies.known_keys(ACCOUNT, ["msg:1", "msg:9"]) == {"msg:1"}
        assert [one.key for one in uow.replies.recent(ACCOUNT, limit=2)] == ["msg:3", "msg:2"]


def test_an_unknown_reply_is_not_found(peopled: CompleteStorage) -> None:
    """The error names the kind and the id."""
    with pytest.raises(NotFound, match="找不到回复：rpy_9"), peopled.begin() as uow:
        uow.replies.get(ReplyId("rpy_9"))
