"""Cross-posting on release is automatic: a feed or a folder, and no hand on it."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.bootstrap import House, build_house
from bot.config import load_settings
from bot.domain.ids import AccountId, SourceId
from bot.domain.posts.post import PostState
from bot.domain.releases.source import Source, SourceKind, Trust
from bot.reading.reader import Reader
from bot.usecases.posts.plan_release import plan_release
from bot.usecases.releases.find_work import awaiting_plan, sources_to_read
from bot.usecases.releases.read_sources import Harvest, read_source
from tests import factories as make

ITEM = """
<item>
  <title>云岭市人民政府办公室关于优化办事时间的通知</title>
  <link>https://www.yunling.example/zhengce/7.html</link>
  <guid>https://www.yunling.example/zhengce/7.html</guid>
  <pubDate>Mon, 23 Nov 2026 09:00:00 +0800</pubDate>
  <description>&lt;p&gt;{body}&lt;/p&gt;</description>
</item>
"""
FIRST = "为方便群众办事，政务服务大厅自12月1日起周六上午照常办理业务。"
CHANGED = "为方便群众办事，政务服务大厅自12月1日起周六全天照常办理业务。"


@dataclass
class City:
    """A site with a feed; it answers conditional requests."""

    body: str = FIRST
    asked: list[str] = field(default_factory=list)

    @property
    def feed(self) -> bytes:
        items = ITEM.format(body=self.body)
        return f'<rss version="2.0"><channel><title>政策</title>{items}</channel></rss>'.encode()

    @property
    def etag(self) -> str:
        return f'"{len(self.feed)}-{hash(self.body) & 0xFFFF}"'


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def address(city: City) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            validator = self.headers.get("If-None-Match", "")
            city.asked.append(validator)
            known = validator == city.etag
            self.send_response(304 if known else 200)
            self.send_header("ETag", city.etag)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.end_headers()
            if not known:
                self.wfile.write(city.feed)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/feed.xml"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("TONGBU_HOME", str(tmp_path))
    monkeypatch.setenv("TONGBU_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("TONGBU_ALLOWED_PRIVATE_HOSTS", "127.0.0.1")
    built = build_house(load_settings())
    built.storage.upgrade()
    with built.storage.begin() as uow:
        uow.accounts.add(make.account(id=AccountId("acc_1")), built.vault.seal({}))
        uow.rules.add(make.rule("acc_1"))
        uow.commit()
    yield built
    built.close()


def add_source(house: House, kind: SourceKind, address: str) -> SourceId:
    source = Source(
        id=SourceId("city"),
        name="门户网站",
        kind=kind,
        trust=Trust.APPROVED,
        address=address,
        default_issuing_body="云岭市人民政府办公室",
    )
    with house.storage.begin() as uow:
        uow.sources.add(source)
        uow.commit()
    return source.id


def visit(house: House) -> Harvest:
    """What beat makes workers do, a minute from now: read every source, plan what is approved."""
    later = Reader(house.fetcher, house.media, now=lambda: time.time() + 60)
    intake = replace(house.intake, reader=later)
    harvests = [read_source(source, intake) for source in sources_to_read(house.storage)]
    for release in awaiting_plan(house.storage):
        plan_release(release, house.posts)
    return harvests[0]


def posts(house: House) -> list[tuple[str, str | None]]:
    return [(row.state, row.delivery_state) for row in house.storage.overview().posts()]


def test_a_new_entry_of_a_trusted_feed_is_scheduled_without_a_hand(
    house: House, address: str
) -> None:
    """Read, accepted, planned, rendered, scheduled; the broker may even be away."""
    add_source(house, SourceKind.FEED, address)

    harvest = visit(house)

    assert harvest.created == 1
    assert posts(house) == [(PostState.SCHEDULED, "waiting")]
    assert house.storage.overview().releases()[0].state == "approved"


def test_an_unchanged_feed_is_not_even_sent_again(house: House, address: str, city: City) -> None:
    """The second visit is a conditional request that changes nothing."""
    add_source(house, SourceKind.FEED, address)
    visit(house)

    again = visit(house)

    assert again == Harvest()
    assert city.asked == ["", city.etag]
    assert len(posts(house)) == 1


def test_a_changed_entry_becomes_a_new_version(house: House, address: str, city: City) -> None:
    """The unpublished post of the old text goes; the new text is scheduled instead."""
    add_source(house, SourceKind.FEED, address)
    visit(house)
    city.body = CHANGED

    harvest = visit(house)

    assert harvest.changed == 1
    assert sorted(posts(house)) == [("cancelled", "cancelled"), ("scheduled", "waiting")]
    with house.storage.begin() as uow:
        release = uow.releases.by_key(
            SourceId("city"), "https://www.yunling.example/zhengce/7.html"
        )
    assert release is not None
    assert release.version == 2
    assert CHANGED in release.content.body.text


def test_a_file_laid_into_a_watched_folder_is_taken_once(house: House, tmp_path: Path) -> None:
    """Seen again it is nothing; a broken neighbour does not stop it."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    sample = Path(__file__).parents[2] / "samples" / "releases" / "parking.json"
    (folder / "parking.json").write_bytes(sample.read_bytes())
    (folder / "broken.json").write_text("{")
    add_source(house, SourceKind.FOLDER, str(folder))

    first, second = visit(house), visit(house)

    assert first.created == 1
    assert len(first.refused) == 1
    assert (second.created, second.changed) == (0, 0)
