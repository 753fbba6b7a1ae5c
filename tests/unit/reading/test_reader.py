"""The one door of all readers."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.ids import SourceId
from bot.domain.releases.source import Source, SourceKind
from bot.ports.fetching import Fetched
from bot.reading.reader import Reader
from tests.fakes.media import FakeMediaStore


class NoFetcher:
    """Fetches nothing."""

    def fetch(
        self, url: str, *, max_bytes: int, etag: str = "", last_modified: str = ""
    ) -> Fetched:
        raise AssertionError("nothing may be fetched here")


def _reader(now: Callable[[], float] = time.time) -> Reader:
    return Reader(NoFetcher(), FakeMediaStore(), now=now)


def test_the_source_names_the_issuing_body_of_a_file_that_names_none(tmp_path: Path) -> None:
    """A finding says that the default was taken."""
    (tmp_path / "a.md").write_text("---\n标题: 通知\n---\n正文。\n")
    source = Source(
        SourceId("s"),
        "收件夹",
        SourceKind.FOLDER,
        address=str(tmp_path),
        default_issuing_body="临河区人民政府",
    )
    later = (tmp_path / "a.md").stat().st_ctime + 60

    (reading,) = _reader(now=lambda: later).read_folder(source).readings

    assert reading.content.issuing_bodies == ("临河区人民政府",)
    assert "issuing_body_default" in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("payload", [None, [], "x", 5])
def test_a_request_that_is_no_object_is_refused(payload: object) -> None:
    """The sentence says what is expected."""
    with pytest.raises(InvalidInput, match="JSON 对象"):
        _reader().read_json(payload)


def test_the_default_key_is_the_doors(tmp_path: Path) -> None:
    """A request without an id of its own is known by what the door gives."""
    payload = {"title": "通知", "issuing_body": "甲局", "body": "正文。"}

    assert _reader().read_json(payload, default_key="k1").source_id == "k1"
