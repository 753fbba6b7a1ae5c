"""What a reader would see: the accounts' feeds and their articles, in Chinese."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.sandbox.clock import BEIJING
from bot.sandbox.platform import Platform

PAGES = Path(__file__).parent / "pages"
# Articles come from the platform's filter, but a reader page never needs a script.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src * data:; style-src 'unsafe-inline'"
}


def render(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a page of `pages/` with autoescaping."""
    html = _pages().get_template(template).render(**values)
    return HTMLResponse(html, status_code=status, headers=HEADERS)


@cache
def _pages() -> Environment:
    pages = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)
    pages.filters["beijing"] = lambda at: datetime.fromtimestamp(at, BEIJING).strftime(
        "%Y-%m-%d %H:%M:%S"
    )
    return pages


def home_route(platform: Platform, title: str) -> Route:
    """Return the route of the page that lists every account's feed."""

    async def home(_: Request) -> HTMLResponse:
        return render("home.html", title=title, feeds=platform.feeds())

    return Route("/", home)
