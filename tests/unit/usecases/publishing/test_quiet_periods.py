"""静默: ordinary posts are kept from, to; nothing is lost; emergencies pass."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import PostId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.quiet import AtEnd, QuietPeriod
from bot.usecases.publishing.keep_quiet import QuietWish, declare_quiet, end_quiet
from bot.usecases.publishing.resolve_delivery import retry_delivery
from tests import factories as make
from tests.unit.usecases.posts.desk import AUDITOR, EDITOR
from tests.unit.usecases.publishing.office import Office

WISH = QuietWish(None, make.NOW, make.after(7200), "全国哀悼日")


class OneId:
    """Ids for a test that needs one."""

    def new(self, prefix: str) -> str:
        return f"{prefix}_1"


def declared(office: Office, wish: QuietWish = WISH) -> QuietPeriod:
    return declare_quiet(wish, actor=EDITOR, storage=office.storage, ids=OneId())


def test_a_post_due_in_it_is_prepared_and_kept() -> None:
    """It waits for the end and says why; nothing is public."""
    office = Office()
    declared(office)

    kept = office.advance()

    assert office.platform.count("prepare") == 1
    assert office.platform.count("accept") == 0
    assert kept.state is DeliveryState.WAITING
    assert kept.next_at == WISH.until
    assert "静默期：全国哀悼日" in kept.hold_reason


def test_at_its_end_a_person_decides_about_each() -> None:
    """A cheerful post is not sent an hour after a mourning by itself."""
    office = Office()
    declared(office)
    office.advance()

    ended = office.advance(after=7200)

    assert ended.state is DeliveryState.HELD
    assert "静默期（全国哀悼日）已结束" in ended.hold_reason
    assert office.platform.count("accept") == 0

    retry_delivery(PostId("pst_1"), actor=EDITOR, tools=office.tools)
    assert office.advance(after=1).state is DeliveryState.DELIVERED


def test_or_the_posts_go_out_when_it_ends() -> None:
    """Their lateness counts from the end: two hours of silence are no lateness of theirs."""
    office = Office()
    declared(office, replace(WISH, at_end=AtEnd.PUBLISH))
    office.advance()

    assert office.advance(after=7200).state is DeliveryState.DELIVERED


def test_lateness_after_its_end_still_counts() -> None:
    """Found two hours after the end, it is held like every other."""
    office = Office()
    declared(office, replace(WISH, at_end=AtEnd.PUBLISH))
    office.advance()

    late = office.advance(after=7200 + 3700)

    assert late.state is DeliveryState.HELD
    assert "已超过定时" in late.hold_reason


def test_an_emergency_passes() -> None:
    """A typhoon warning is what the silence must not silence."""
    office = Office()
    declared(office)
    office.change_post(emergency=True)

    assert office.advance().state is DeliveryState.DELIVERED


def test_another_accounts_silence_keeps_nothing() -> None:
    """Per account, or all."""
    office = Office(modes=(make.account().mode, make.account().mode))
    declared(office, replace(WISH, account_name="账号2"))

    assert office.advance(1).state is DeliveryState.DELIVERED
    assert office.advance(2).state is DeliveryState.WAITING


def test_ending_it_early_wakes_what_it_kept() -> None:
    """At once, not at the former end."""
    office = Office()
    period = declared(office, replace(WISH, at_end=AtEnd.PUBLISH))
    office.advance()
    office.clock.pass_seconds(60)

    end_quiet(period.id, actor=EDITOR, storage=office.storage)

    assert office.delivery().next_at == office.clock.now()
    assert office.advance().state is DeliveryState.DELIVERED
    with pytest.raises(Conflict):
        end_quiet(period.id, actor=EDITOR, storage=office.storage)


def test_one_that_has_not_begun_is_taken_back() -> None:
    """As if it had never been."""
    office = Office()
    period = declared(office, replace(WISH, since=make.after(3600)))

    ended = end_quiet(period.id, actor=EDITOR, storage=office.storage)

    assert ended.until == make.NOW
    assert office.advance(after=3600).state is DeliveryState.DELIVERED


@pytest.mark.parametrize(
    "wish",
    [
        replace(WISH, reason=" "),
        replace(WISH, until=WISH.since),
        replace(WISH, since=make.after(-90), until=make.after(-60)),
    ],
    ids=["no reason", "ends as it begins", "is over"],
)
def test_a_period_without_sense_is_refused(wish: QuietWish) -> None:
    """Each fault is named."""
    with pytest.raises(InvalidInput):
        declared(Office(), wish)


def test_only_who_may_stop_may_silence() -> None:
    """And the audit keeps who, what and why."""
    office = Office()
    with pytest.raises(NotAllowed):
        declare_quiet(WISH, actor=AUDITOR, storage=office.storage, ids=OneId())
    with pytest.raises(NotFound):
        declared(office, replace(WISH, account_name="没有"))

    declared(office)

    with office.storage.begin() as uow:
        (record,) = uow.audit.records()
    assert (record.action, record.details["reason"]) == ("quiet.declared", "全国哀悼日")
    assert record.details["until"] == (make.NOW + timedelta(hours=2)).isoformat()
