"""The tour of the site, on which a browser tries every page, leaves none out."""

from pathlib import Path

import pytest

from bot.bootstrap import build_house
from bot.config import load_settings
from bot.web import compose
from tests.unit.console.tour import address_of, full_street, patterns_of, site_of

NO_PAGES = ("/api/", "/healthz", "/readyz", "/metrics", "/media/")
"""What no person opens: programs, signs of life, pictures."""


def test_the_tour_leaves_no_page_of_the_site_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    """A page that is added is on the tour too, or `address_of` says what it needs."""
    monkeypatch.setenv("TONGBU_HOME", str(tmp_path))
    house = build_house(load_settings())
    street = full_street(sqlite_url)

    served = {path for path in patterns_of(compose(house).routes) if not path.startswith(NO_PAGES)}
    toured = set(patterns_of(site_of(street).routes))

    assert served <= toured
    assert all(address_of(pattern, street).startswith("/") for pattern in toured)
    house.close()
    street.storage.dispose()
