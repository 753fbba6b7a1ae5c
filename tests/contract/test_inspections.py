"""What every storage promises about inspections of attachments."""

from bot.domain.ids import ReleaseId
from bot.domain.personal.found import PersonalKind
from bot.domain.releases.inspection import Inspection, PersonalData, Spot
from tests.contract.conftest import CompleteStorage

FIRST, SECOND = ReleaseId("rel_1"), ReleaseId("rel_2")
A, B = "a" * 64, "b" * 64
FOUND = Inspection(
    personal=(
        PersonalData(
            PersonalKind.ID_NUMBER, True, "工作表“名单”", 2, (Spot("第 3 行", 2),), "33**12"
        ),
    ),
    hidden=("工作表“备查”是隐藏的",),
)


def test_a_content_is_looked_into_once(storage: CompleteStorage) -> None:
    """Two releases wait for one file; whoever takes it has it until its time is over."""
    with storage.begin() as uow:
        uow.inspections.want(FIRST, [A, B])
        uow.inspections.want(FIRST, [A])
        uow.inspections.want(SECOND, [A])
        assert uow.inspections.of([A, B]) == {}
        taken = [uow.inspections.take_next(seconds=60) for _ in range(3)]
        uow.commit()

    assert taken == [A, B, None]


def test_a_file_whose_taker_is_gone_is_taken_again(storage: CompleteStorage) -> None:
    """A worker that died has the file only for its time."""
    with storage.begin() as uow:
        uow.inspections.want(FIRST, [A])
        uow.inspections.take_next(seconds=-1)
        again = uow.inspections.take_next(seconds=60)

    assert again == A


def test_releases_go_on_when_they_wait_for_nothing_more(storage: CompleteStorage) -> None:
    """What was found is kept as it was told, and is not wanted again."""
    with storage.begin() as uow:
        uow.inspections.want(FIRST, [A, B])
        uow.inspections.want(SECOND, [A])
        after_one = uow.inspections.keep(A, FOUND)
        after_both = uow.inspections.keep(B, Inspection())
        uow.inspections.want(SECOND, [A, B])
        left = uow.inspections.take_next(seconds=60)
        uow.commit()

    assert (after_one, after_both, left) == ([SECOND], [FIRST], None)
    with storage.look() as uow:
        assert uow.inspections.of([A, B, "c" * 64]) == {A: FOUND, B: Inspection()}
        assert uow.inspections.of([]) == {}
