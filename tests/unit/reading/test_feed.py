"""Feeds of every format, their conditional requests, and their unusable entries."""

from collections.abc import Mapping
from datetime import date

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.ids import SourceId
from bot.domain.releases.source import Source, SourceKind
from bot.ports.fetching import Fetched
from bot.reading.reader import Reader
from tests.fakes.media import FakeMediaStore

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>临河区政策</title><language>zh-CN</language>
<item><title>关于&lt;em&gt;停放&lt;/em&gt;治理的通知</title><link>https://a.example/1</link>
<guid>g1</guid><pubDate>Sun, 10 Jan 2027 18:00:00 GMT</pubDate><description>摘要</description>
<content:encoded><![CDATA[<p style="text-align:right">全文。</p>]]></content:encoded></item>
<item><title>关于节水的通告</title><link>https://a.example/2</link>
<description>只有摘要。</description></item>
<item><link>https://a.example/3</link><description>没有标题</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>政策</title><id>x</id><updated>2027-01-11T00:00:00Z</updated>
<entry><title>关于停放治理的通知</title><id>urn:1</id><link href="https://a.example/1"/>
<published>2027-01-11T00:00:00Z</published><content type="html">&lt;p&gt;全文。&lt;/p&gt;</content>
</entry></feed>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "政策", "items": [
{"id": "1", "url": "https://a.example/1", "title": "关于停放治理的通知",
 "content_html": "<p>全文。</p>", "date_published": "2027-01-11T08:00:00+08:00",
 "attachments": [{"url": "https://a.example/f.pdf", "title": "附表"}]}]}"""
OWN = """{"releases": [{"id": "1", "title": "关于停放治理的通知", "body": "全文。"}]}"""


class FakeFetcher:
    """Answers every fetch with the same text and remembers what was asked."""

    def __init__(self, text: str, *, not_modified: bool = False, media_type: str = "") -> None:
        self.text, self.not_modified, self.media_type = text, not_modified, media_type
        self.asked: Mapping[str, object] = {}

    def fetch(
        self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        self.asked = {"url": url, "etag": etag, "last_modified": last_modified}
        return Fetched(
            url,
            self.text.encode(),
            self.media_type,
            etag='"2"',
            last_modified="Mon",
            not_modified=self.not_modified,
        )


def _source(*, body: str = "临河区人民政府", etag: str = "", last_modified: str = "") -> Source:
    return Source(
        SourceId("s"),
        "临河区门户",
        SourceKind.FEED,
        address="https://a.example/feed",
        default_issuing_body=body,
        etag=etag,
        last_modified=last_modified,
    )


@pytest.mark.parametrize("text", [RSS, ATOM, JSON_FEED, OWN], ids=["rss", "atom", "json", "own"])
def test_reads_the_first_entry_of_every_format(text: str) -> None:
    """The full text is taken, the markup of a title is not."""
    feed = Reader(FakeFetcher(text), FakeMediaStore()).read_feed(_source())
    content = feed.readings[0].content

    assert content.title == "关于停放治理的通知"
    assert content.body.text == "全文。"
    assert content.issuing_bodies == ("临河区人民政府",)
    assert (feed.etag, feed.last_modified) == ('"2"', "Mon")


@pytest.mark.parametrize("text", [RSS, ATOM, JSON_FEED], ids=["rss", "atom", "json"])
def test_the_publication_day_is_beijings(text: str) -> None:
    """Ten at night in Greenwich is the next morning in Beijing."""
    reading = Reader(FakeFetcher(text), FakeMediaStore()).read_feed(_source()).readings[0]

    assert reading.content.published_on == date(2027, 1, 11)


def test_an_entry_with_only_a_summary_says_so() -> None:
    """Staff must add the text before it goes out."""
    reading = Reader(FakeFetcher(RSS), FakeMediaStore()).read_feed(_source()).readings[1]

    assert reading.content.body.text == "只有摘要。"
    assert reading.source_id == "https://a.example/2"
    assert "body_is_summary" in {finding.code for finding in reading.findings}


def test_an_unusable_entry_is_refused_alone() -> None:
    """The others are still read."""
    feed = Reader(FakeFetcher(RSS), FakeMediaStore()).read_feed(_source())

    assert len(feed.readings) == 2
    assert len(feed.refusals) == 1
    assert "缺少标题" in feed.refusals[0]


def test_without_a_default_issuing_body_entries_are_refused_by_name() -> None:
    """A feed's author is no 发文机关."""
    feed = Reader(FakeFetcher(ATOM), FakeMediaStore()).read_feed(_source(body=""))

    assert not feed.readings
    assert "发文机关" in feed.refusals[0]
    assert "关于停放治理的通知" in feed.refusals[0]


def test_an_unchanged_feed_costs_nothing() -> None:
    """The validators are sent, and kept when nothing changed."""
    fetcher = FakeFetcher("", not_modified=True)

    feed = Reader(fetcher, FakeMediaStore()).read_feed(_source(etag='"1"', last_modified="Sun"))

    assert fetcher.asked == {
        "url": "https://a.example/feed",
        "etag": '"1"',
        "last_modified": "Sun",
    }
    assert (feed.not_modified, feed.readings, feed.etag) == (True, (), '"1"')


@pytest.mark.parametrize("text", ["<html><body>登录</body></html>", "{", "[1]", "", "{}"])
def test_what_is_no_feed_is_refused(text: str) -> None:
    """A login page is not an empty feed."""
    with pytest.raises(InvalidInput, match="订阅源"):
        Reader(FakeFetcher(text), FakeMediaStore()).read_feed(_source())


def test_entities_of_a_hostile_feed_are_not_expanded() -> None:
    """Neither files nor exponential entities are read."""
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    text = RSS.replace("?>\n", "?>\n" + bomb, 1).replace("只有摘要。", "只有摘要。&b;&f;")

    feed = Reader(FakeFetcher(text), FakeMediaStore()).read_feed(_source())
    said = "".join(reading.content.body.text for reading in feed.readings)

    assert "AAAAAAAAAA" not in said
    assert "root:" not in said


def test_a_repeated_entry_is_refused_and_does_not_take_turns() -> None:
    """Each visit would otherwise make another version of the release."""
    text = RSS.replace("<link>https://a.example/2</link>", "<guid>g1</guid>")

    feed = Reader(FakeFetcher(text), FakeMediaStore()).read_feed(_source())

    assert [reading.content.body.text for reading in feed.readings] == ["全文。"]
    assert any("编号相同" in refusal for refusal in feed.refusals)
