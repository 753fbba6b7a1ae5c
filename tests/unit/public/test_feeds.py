"""Machines read the same as people: released documents and published answers, nothing else."""

import json
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from bot.domain.ids import ReleaseId
from bot.domain.releases.release import ReleaseState
from bot.public.feeds import Feed, Item, atom_feed, json_feed
from tests import factories as make
from tests.factories import NOW
from tests.unit.public.street import Street, street_on

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]></content><script>\x00\x0b&\"'"


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


def test_published_answers_are_in_both_feeds(street: Street) -> None:
    """With addresses that lead to the page of each."""
    street.published(1, subject="补贴何时发放")
    street.answered(2, subject="没有公开的问题")
    browser = street.passer_by()

    as_json = browser.get("/wenda/feed.json")
    as_atom = browser.get("/wenda/feed.atom")

    [item] = json.loads(as_json.text)["items"]
    [entry] = ElementTree.fromstring(as_atom.content).findall(f"{ATOM}entry")
    link = entry.find(f"{ATOM}link")
    assert item["title"] == "补贴何时发放"
    assert item["url"] == item["id"] == "https://gov.test/wenda/case_1"
    assert entry.findtext(f"{ATOM}id") == item["id"]
    assert link is not None
    assert link.get("href") == item["url"]
    assert as_json.headers["content-type"] == "application/feed+json"
    assert as_atom.headers["content-type"].startswith("application/atom+xml")
    assert "max-age" in as_json.headers["cache-control"]


def test_only_released_documents_are_in_theirs(street: Street) -> None:
    """What is received may be under embargo."""
    with street.storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release(state=ReleaseState.RELEASED))
        uow.releases.add(
            make.release(
                id=ReleaseId("rel_2"),
                source_key="2",
                content=make.content(title="还没有公开"),
            )
        )
        uow.commit()

    feed = street.passer_by().get("/gongkai/feed.json")

    assert len(json.loads(feed.text)["items"]) == 1
    assert "还没有公开" not in feed.text


def test_an_empty_feed_is_one(street: Street) -> None:
    """Atom wants a day even then."""
    root = ElementTree.fromstring(street.passer_by().get("/gongkai/feed.atom").content)

    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert root.findall(f"{ATOM}entry") == []


def test_hostile_words_stay_words() -> None:
    """Signs that XML cannot hold are left out; JSON holds them all."""
    feed = Feed("云岭 · 问答", "/wenda", [Item("/a", "/a", HOSTILE, HOSTILE, NOW)])

    entry = ElementTree.fromstring(atom_feed(feed, "https://gov.test")).find(f"{ATOM}entry")
    parsed = json.loads(json_feed(feed, "https://gov.test"))

    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "]]></content><script>&\"'"
    assert parsed["items"][0]["title"] == HOSTILE
