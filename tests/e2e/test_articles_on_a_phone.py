"""Articles in a browser as wide as a phone, by day and by night."""

from typing import Literal

import pytest
from playwright.sync_api import Browser

from bot.domain.accounts.account import PlatformName
from bot.domain.posts.post import PostKind
from tests.unit.rendering.forms import FIGURES, POSTER, every_release
from tests.unit.rendering.samples import MemoryMedia, Web, a_png, a_renderer, rendered

PHONE = 390
_OVERFLOWING = """width => [...document.querySelectorAll(".body *")]
    .filter(each => each.getBoundingClientRect().right > width + 1)
    .map(each => each.outerHTML.slice(0, 80))"""
_TALLEST_COLUMN = """() => Math.max(0, ...[...document.querySelectorAll("td, th")]
    .map(cell => cell.scrollHeight / Math.max(cell.clientWidth, 1)))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", every_release())
def test_an_article_fits_a_phone(
    chromium: Browser, name: str, scheme: Literal["light", "dark"]
) -> None:
    """Nothing reaches over the edge, and no table cell has become a tower of single signs."""
    web = Web(dict.fromkeys((*FIGURES, POSTER), a_png(1200, 800)))
    renderer = a_renderer(MemoryMedia(), web)
    drawn = rendered(every_release()[name], kind=PostKind.BUNDLE, renderer=renderer)
    page = renderer.preview(
        drawn.content, PlatformName.WECHAT, picture_url=lambda _: "data:image/png;base64,"
    )

    with chromium.new_context(
        viewport={"width": PHONE, "height": 844}, color_scheme=scheme
    ) as context:
        window = context.new_page()
        window.set_content(page)

        assert window.evaluate(_OVERFLOWING, PHONE) == []
        assert window.evaluate(_TALLEST_COLUMN) < 4
