"""What is the same for everybody goes over the line compressed; what is somebody's own does not."""

from collections.abc import Iterator

import pytest

from bot.domain.people import Role
from tests.unit.console.browser import Browser
from tests.unit.console.tour import site_of
from tests.unit.public.street import Street, street_on

ASKING = {"accept-encoding": "gzip"}
OWN = ("/liuyan", "/chaxun", "/login")


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


def encoding_of(browser: Browser, path: str) -> str:
    """How the answer came."""
    answer = browser.get(path, headers=ASKING)
    assert answer.status_code == 200
    return answer.headers.get("content-encoding", "")


def test_the_consoles_files_are_compressed_and_kept_for_good(street: Street) -> None:
    """Whoever cannot read it gets them as they are, and caches keep the two apart."""
    browser = Browser(street.app)

    style = browser.get("/static/console.css", headers=ASKING)
    plain = browser.get("/static/console.css", headers={"accept-encoding": "identity"})

    assert style.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert style.text == plain.text
    for answer in (style, plain):
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert "immutable" in answer.headers["cache-control"]


def test_lists_for_everybody_are_compressed(street: Street) -> None:
    """Documents, answers and their feeds."""
    for number in range(1, 9):
        street.published(number)
    browser = Browser(site_of(street))

    for path in ("/wenda", "/wenda/feed.json", "/gongkai/public.css"):
        assert encoding_of(browser, path) == "gzip", path


def test_pages_with_a_token_are_not_compressed(street: Street) -> None:
    """The length of a compressed page tells what stands in it beside an attacker's own words."""
    browser = Browser(site_of(street))

    assert [encoding_of(browser, path) for path in OWN] == [""] * len(OWN)
    assert encoding_of(street.signed_in("wang", *Role), "/settings") == ""
