"""Visiting folders and feeds: what is new is taken, a refusal stops nothing."""

from pathlib import Path

from bot.domain.ids import ReleaseId, SourceId
from bot.domain.releases.release import Approval, ReleaseReading
from bot.domain.releases.source import Source, SourceKind
from bot.ports.reading import FeedReading
from bot.usecases.releases.find_work import awaiting_plan, sources_to_read
from bot.usecases.releases.read_sources import IntakeTools, read_source
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import Desk

FEED = SourceId("feed")
APPROVED = Approval("王审核", "签批单")


class ScriptedReader:
    """Keeps the promises of `ports.reading.ReleaseReader` for feeds."""

    def __init__(self) -> None:
        self.found = FeedReading((), ())
        self.seen: list[Source] = []

    def read_json(self, payload: object, *, default_key: str = "") -> ReleaseReading:
        raise NotImplementedError

    def read_file(self, path: Path) -> ReleaseReading:
        raise NotImplementedError

    def read_feed(self, source: Source) -> FeedReading:
        self.seen.append(source)
        return self.found

    def read_folder(self, source: Source) -> FeedReading:
        return self.read_feed(source)


class Intake:
    """A desk with one feed."""

    def __init__(self, kind: SourceKind = SourceKind.FEED) -> None:
        self.desk, self.reader, self.bell = Desk(), ScriptedReader(), RecordingDoorbell()
        self.tools = IntakeTools(self.desk.storage, self.reader, self.desk.ids, self.bell)
        with self.desk.storage.begin() as uow:
            uow.sources.add(make.source(id=FEED, kind=kind, address="https://yunling.example/rss"))
            uow.commit()


def reading(key: str, **changes: object) -> ReleaseReading:
    return ReleaseReading(
        key, make.content(document_number=None, title=f"通知{key}", **changes), approval=APPROVED
    )


def test_new_releases_are_accepted_and_rung_for() -> None:
    """Approved ones are planned at once."""
    intake = Intake()
    intake.reader.found = FeedReading((reading("1"), reading("2")), (), etag="e1")

    harvest = read_source(FEED, intake.tools)

    assert (harvest.created, harvest.changed, harvest.unchanged) == (2, 0, 0)
    assert len(intake.bell.releases) == 2
    assert awaiting_plan(intake.desk.storage) == intake.bell.releases


def test_a_second_visit_changes_nothing_and_sends_the_validators() -> None:
    """The feed is asked conditionally, and the same items are recognised."""
    intake = Intake()
    intake.reader.found = FeedReading((reading("1"),), (), etag="e1", last_modified="m1")
    read_source(FEED, intake.tools)
    rung: list[ReleaseId] = list(intake.bell.releases)

    harvest = read_source(FEED, intake.tools)

    assert (harvest.created, harvest.unchanged) == (0, 1)
    assert intake.bell.releases == rung
    assert (intake.reader.seen[1].etag, intake.reader.seen[1].last_modified) == ("e1", "m1")


def test_changed_content_is_a_new_version() -> None:
    """The same key with another text."""
    intake = Intake()
    intake.reader.found = FeedReading((reading("1"),), ())
    read_source(FEED, intake.tools)
    intake.reader.found = FeedReading((reading("1", body=make.document("更正。")),), ())

    assert read_source(FEED, intake.tools).changed == 1


def test_one_refused_item_does_not_stop_the_others() -> None:
    """Its reason is kept, naming the item."""
    intake = Intake()
    taken = make.content(title="甲")
    intake.reader.found = FeedReading(
        (
            ReleaseReading("1", taken, approval=APPROVED),
            ReleaseReading("2", make.content(title="乙"), approval=APPROVED),
            reading("3"),
        ),
        ("4：没有标题",),
    )

    harvest = read_source(FEED, intake.tools)

    assert harvest.created == 2
    assert harvest.refused[0] == "4：没有标题"
    assert harvest.refused[1].startswith("2：发文字号")


def test_not_modified_touches_nothing() -> None:
    """The validators stay as they were."""
    intake = Intake(SourceKind.FOLDER)
    intake.reader.found = FeedReading((), (), etag="listing-1")
    read_source(FEED, intake.tools)
    intake.reader.found = FeedReading((), (), not_modified=True)

    read_source(FEED, intake.tools)

    with intake.desk.storage.begin() as uow:
        assert uow.sources.get(FEED).etag == "listing-1"


def test_only_enabled_folders_and_feeds_are_visited() -> None:
    """An API source speaks for itself."""
    intake = Intake()
    with intake.desk.storage.begin() as uow:
        uow.sources.add(make.source(id=SourceId("off"), kind=SourceKind.FEED, enabled=False))
        uow.commit()

    assert sources_to_read(intake.desk.storage) == [FEED]
