"""Pictures are served by their hash, and nothing but pictures."""

import pytest
from starlette.applications import Starlette

from bot.domain.releases.pictures import picture_type
from bot.public.media import media_route
from tests.fakes.media import FakeMediaStore
from tests.unit.console.browser import Browser

PNG = b"\x89PNG\r\n\x1a\n" + b"rest"


@pytest.fixture
def media() -> FakeMediaStore:
    return FakeMediaStore()


@pytest.fixture
def browser(media: FakeMediaStore) -> Browser:
    return Browser(Starlette(routes=[media_route(media)]))


def test_a_picture_is_served_for_good(media: FakeMediaStore, browser: Browser) -> None:
    """Its address is its content, so that it may be cached for ever."""
    response = browser.get(f"/media/{media.put(PNG)}")

    assert (response.status_code, response.content) == (200, PNG)
    assert response.headers["content-type"] == "image/png"
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"%PDF-1.7", b"<svg xmlns='x'><script/></svg>"]
)
def test_what_is_no_picture_is_not_served(
    media: FakeMediaStore, browser: Browser, content: bytes
) -> None:
    """Attachments are not public this way, and SVG can carry script."""
    assert browser.get(f"/media/{media.put(content)}").status_code == 404


@pytest.mark.parametrize("name", ["0" * 64, "nonsense", "..%2F..%2Fetc%2Fpasswd"])
def test_an_unknown_name_is_not_found(browser: Browser, name: str) -> None:
    """Nothing is said about what there is."""
    assert browser.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF0000WEBPVP8 ", "image/webp"),
        (b"RIFF0000WAVE", None),
    ],
)
def test_the_type_is_read_from_the_bytes(content: bytes, expected: str | None) -> None:
    """Whatever an uploader claimed."""
    assert picture_type(content) == expected
