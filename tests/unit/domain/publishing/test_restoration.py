"""What a restored backup cannot know is looked for, and what it cannot hold is left alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.ids import DeliveryId
from bot.domain.publishing.journal import Act, Entry, Journal, Outcome
from bot.domain.publishing.next_move import Call, Gate, Hold, LookForIt, Move, Prepared, next_move
from bot.domain.publishing.restoration import ARRIVES_AGAIN, Restoration, step_in_doubt, with_doubt
from bot.domain.publishing.route import AbsenceRule, Route, Step, StepKind, StepRole
from bot.domain.releases.release import Release
from tests import factories as make
from tests.factories import NOW, after

UPLOAD = Step("upload", StepKind.REPEAT, StepRole.PREPARE)
SUBMIT = Step("submit", StepKind.ONCE, StepRole.ACCEPT, settling_seconds=5, looks_seconds=(0, 10))
BY_HAND = Step("await_person", StepKind.REPEAT, StepRole.AWAIT_PERSON)
KEYED = replace(SUBMIT, kind=StepKind.KEYED)
RESTORED = Restoration(after(-3600), NOW, last_delivery="dlv_1")


def route(*steps: Step) -> Route:
    return Route(PlatformName.WECHAT, Mode.PUBLISH, steps)


def done(step: Step, seq: int, *, by: Act = Act.CALL, outcome: Outcome = Outcome.DONE) -> Entry:
    moment = after(-4000)
    return Entry(seq, step.name, by, moment, moment, outcome, moment)


def doubt(*entries: Entry, steps: tuple[Step, ...] = (UPLOAD, SUBMIT), **changes: object) -> object:
    """What is written into a delivery with this journal."""
    release = changes.pop("release", make.release(received_at=after(-9000)))
    assert isinstance(release, Release)
    delivery = make.delivery(journal=Journal(entries), **changes)
    return with_doubt(delivery, route(*steps), release, RESTORED, key="k")


def moved(
    *entries: Entry, steps: tuple[Step, ...], at: float, opens: float = 0, key: str = "k"
) -> Move:
    """The move after the doubt was written down."""
    way, delivery = route(*steps), make.delivery(journal=Journal(entries))
    written = with_doubt(delivery, way, make.release(), RESTORED, key=key)
    assert written is not None
    journal = delivery.journal.with_entry(written)
    return next_move(way, journal, Gate(after(opens)), now=after(at))


def test_it_is_looked_for_before_anything_is_prepared_again() -> None:
    """A second draft of what is out would only wait to be published by mistake."""
    assert moved(steps=(UPLOAD, SUBMIT), at=6) == LookForIt(SUBMIT)


def test_it_is_looked_for_at_once_though_its_time_has_not_come() -> None:
    """Somebody may have published it earlier; people learn of doubts right after the restore."""
    assert moved(steps=(UPLOAD, SUBMIT), at=6, opens=9000) == LookForIt(SUBMIT)


def test_a_draft_for_a_person_is_looked_for_too() -> None:
    """Its hand on the platform left no trace here."""
    assert moved(steps=(UPLOAD, BY_HAND), at=11) == LookForIt(BY_HAND)


def test_without_a_result_a_person_is_asked_and_told_why() -> None:
    """The platform did not fail; our memory has a hole."""
    written = doubt()
    assert isinstance(written, Entry)
    looks = [done(SUBMIT, n, by=Act.LOOK, outcome=Outcome.UNCLEAR) for n in (2, 3)]

    move = next_move(route(UPLOAD, SUBMIT), Journal((written, *looks)), Gate(NOW), now=after(500))

    assert isinstance(move, Hold)
    assert "数据恢复自" in move.reason


def test_a_proven_absence_lets_it_go_on_from_the_beginning() -> None:
    """The look began after the restore, and reached back past the backup."""
    provable = replace(SUBMIT, absence=AbsenceRule(60, "a documented rule"))
    written = doubt(steps=(UPLOAD, provable))
    assert isinstance(written, Entry)
    absent = replace(done(provable, 2, by=Act.LOOK, outcome=Outcome.ABSENT), started_at=after(61))

    move = next_move(route(UPLOAD, provable), Journal((written, absent)), Gate(NOW), now=after(70))

    assert move == Call(UPLOAD)


def test_what_was_found_needs_no_preparing() -> None:
    """Pictures and drafts of what is public are of no use."""
    found = done(SUBMIT, 1, by=Act.LOOK, outcome=Outcome.FOUND)
    see = Step("see", StepKind.REPEAT, StepRole.SEE)

    assert next_move(route(UPLOAD, SUBMIT, see), Journal((found,)), Gate(NOW), now=NOW) == Call(see)


def test_a_person_has_the_last_word() -> None:
    """Whoever looked says so, and it goes on like any other."""
    written = doubt()
    assert isinstance(written, Entry)
    word = done(SUBMIT, 2, by=Act.PERSON, outcome=Outcome.RETRY)
    journal = Journal((written, word))

    assert step_in_doubt(route(UPLOAD, SUBMIT), journal) is None
    assert next_move(route(UPLOAD, SUBMIT), journal, Gate(NOW), now=NOW) == Call(UPLOAD)


def test_a_platform_that_knows_our_key_is_asked_with_it_when_it_is_time() -> None:
    """It says itself whether it had done it; never before the due time."""
    ready = done(UPLOAD, 1)

    assert moved(ready, steps=(UPLOAD, KEYED), at=62) == Call(KEYED)
    assert moved(ready, steps=(UPLOAD, KEYED), at=62, opens=900) == Prepared(after(900))


def test_no_platform_knows_the_key_of_a_delivery_that_was_made_since() -> None:
    """The same post, but another key: the platform would take it for a new one."""
    written = doubt(steps=(UPLOAD, KEYED), id=DeliveryId("dlv_2"))

    assert isinstance(written, Entry)
    assert written.key == ""


def test_a_key_is_trusted_for_a_day_from_the_backup_on() -> None:
    """The call may have been made just after it."""
    ready = done(UPLOAD, 1)

    assert moved(ready, steps=(UPLOAD, KEYED), at=24 * 3600) == LookForIt(KEYED)


def test_what_fails_on_the_way_is_not_said_to_be_out_nowhere() -> None:
    """A draft that is gone may be gone because it was published."""
    gone = replace(done(UPLOAD, 1), outcome=Outcome.REFUSED)

    move = moved(gone, steps=(UPLOAD, KEYED), at=62)

    assert isinstance(move, Hold)
    assert "不能确定稿件是否已经发出" in move.reason


@pytest.mark.parametrize(
    ("entries", "steps"),
    [
        ((done(SUBMIT, 1),), (UPLOAD, SUBMIT)),
        ((done(UPLOAD, 1),), (UPLOAD, BY_HAND)),
    ],
    ids=["it is out already", "the draft is known and watched"],
)
def test_what_the_backup_knows_is_in_no_doubt(
    entries: tuple[Entry, ...], steps: tuple[Step, ...]
) -> None:
    """Its own journal says enough."""
    assert doubt(*entries, steps=steps) is None


def test_a_doubt_is_written_down_once() -> None:
    """The next worker finds it in the journal."""
    written = doubt()

    assert isinstance(written, Entry)
    assert doubt(written) is None


@pytest.mark.parametrize(
    ("received", "published", "in_doubt"),
    [
        (60, date(2026, 3, 1), True),
        (60, None, True),
        (60, date(2099, 1, 1), False),
        (ARRIVES_AGAIN.total_seconds() + 1, None, False),
    ],
    ids=["read again from a feed", "nobody knows from when", "new", "long after"],
)
def test_a_release_that_arrives_after_the_restore_may_have_been_here_before(
    received: float, published: date | None, in_doubt: bool
) -> None:
    """Feeds are read again: what was public then may have gone out then."""
    content = replace(make.content(), published_on=published, issued_on=None)

    found = doubt(release=make.release(content=content, received_at=after(received)))

    assert (found is not None) is in_doubt


def test_two_restores_leave_one_long_gap() -> None:
    """The second must not make the first forgotten."""
    second = Restoration(after(100), after(200)).after(RESTORED)
    late = RESTORED.restored_at + ARRIVES_AGAIN + timedelta(seconds=1)
    much_later = Restoration(late, late).after(RESTORED)

    assert second.backup_taken_at == RESTORED.backup_taken_at
    assert much_later.backup_taken_at == late
