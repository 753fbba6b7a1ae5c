"""Quiet periods, outages and emergencies at the command line."""

from bot.domain.ids import OutageId, ReleaseId
from bot.domain.publishing.outage import Outage
from bot.domain.releases.release import ReleaseState
from tests import factories as make
from tests.unit.cli.desk import Desk


def test_a_silence_is_declared_listed_and_ended(desk: Desk) -> None:
    """By whoever sits at the machine, who is named in the audit."""
    said = desk.run(
        "quiet",
        "declare",
        "--until",
        "2099-12-13T10:00",
        "--reason",
        "公祭日",
        "--at-end",
        "publish",
    )
    period = said.out.split(":")[0]

    listed = desk.run("quiet", "list", "--json").json
    ended = desk.run("quiet", "end", period)
    again = desk.run("quiet", "end", period)

    assert listed[0]["period"]["reason"] == "公祭日"
    assert listed[0]["kept"] == []
    assert ended.status == 0
    assert again.status == 1
    assert "已经结束" in again.err
    assert desk.run("quiet", "show", period).status == 0


def test_an_outage_is_listed_shown_and_settled(desk: Desk) -> None:
    """With what to do for each of its posts."""
    house = desk.house()
    with house.storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release())
        uow.accounts.add(make.account(), "{}")
        uow.posts.add_rollout(make.rollout())
        uow.posts.add(make.post())
        uow.deliveries.add(make.delivery())
        uow.outages.add(Outage(OutageId("out_1"), make.after(-60), make.after(600)))
        uow.commit()

    listed = desk.run("outage", "list").out
    shown = desk.run("outage", "show", "out_1").out
    settled = desk.run("outage", "settle", "out_1")

    assert "out_1" in listed
    assert "waiting" in shown
    assert "goes out by itself" in shown
    assert settled.status == 0
    assert desk.run("outage", "list", "--json").json[0]["outage"]["settled_by"].startswith("cli:")
    assert desk.run("outage", "show", "out_9").status == 1


def test_an_emergency_is_declared_and_shows_its_clocks(desk: Desk) -> None:
    """Publishing needs posts that wait, and a word that they were read."""
    house = desk.house()
    with house.storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release(state=ReleaseState.RECEIVED, approval=None))
        uow.commit()
    release = ReleaseId("rel_1")

    declared = desk.run("emergency", "declare", release, "--reason", "暴雨")
    listed = desk.run("emergency", "list").out
    nothing = desk.run("emergency", "publish", release, "--read-all")
    unread = desk.run("emergency", "publish", release, typed="n\n")

    assert declared.status == 0
    assert "approved until" in listed
    assert nothing.status == 1
    assert "没有待复审的应急稿件" in nothing.err
    assert unread.status == 1


def test_a_stop_takes_a_reason(desk: Desk) -> None:
    """Kept where everybody sees it."""
    desk.run("stop", "--reason", "发错稿件")

    with desk.house().storage.begin() as uow:
        why = uow.stops.why_stopped()
    assert why is not None
    assert why[1] == "发错稿件"
    assert desk.run("lift", "--reason", "已改正").status == 0
