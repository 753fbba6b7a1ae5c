"""How public pages are drawn: one frame, one style sheet, no script; shared by anybody's cache
where they are the same for everybody, kept by nobody where they are one person's."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from math import ceil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.domain.text import clip
from bot.ports.storage import StorageUnavailable

_GUARDED: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
SHARED = {**_GUARDED, "cache-control": "public, max-age=60"}
PERSONAL = {**_GUARDED, "cache-control": "no-store", "x-robots-tag": "noindex"}
AWAY = {**_GUARDED, "cache-control": "no-store", "retry-after": "30"}
STYLE = "/gongkai/public.css"
COMPRESSED = (Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),)
"""For what is the same for everybody. A page with somebody's form or data is not compressed: its
length would tell, letter by letter, what stands in it beside what an attacker put there."""
DOORS = (
    ("/gongkai", "政策"),
    ("/wenda", "问答"),
    ("/chaxun", "查询"),
    ("/liuyan", "留言"),
    ("/tongji", "统计"),
)

View = Callable[[Request], Response]


class Pages:
    """Draws the templates of `templates/public/`."""

    def __init__(self, templates: Path, *, unit_name: str) -> None:
        self._folder = templates / "public"
        self._environment = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )
        self._environment.globals |= {"unit_name": unit_name, "doors": DOORS, "style": STYLE}
        self._environment.filters |= {
            "day": day,
            "date": date_in_words,
            "minute": minute,
            "length_of_time": length_of_time,
            "class_name": class_name,
            "clip": clip,
        }

    def shared(
        self, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> Response:
        """A page that is the same for everybody."""
        return self._drawn(template, context, status, SHARED)

    def personal(
        self, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> Response:
        """A page for one person's eyes, which nobody keeps."""
        return self._drawn(template, context, status, PERSONAL)

    def calm(self, view: View) -> View:
        """The view; a page that says "later" while the database is away."""

        @wraps(view)
        def shown(request: Request) -> Response:
            try:
                return view(request)
            except StorageUnavailable:
                return self.away()

        return shown

    def away(self) -> Response:
        """The page that says "later"."""
        return self._drawn("away.html.j2", {}, 503, AWAY)

    def style_route(self) -> Route:
        """The style sheet."""

        def style(_request: Request) -> Response:
            text = (self._folder / "public.css").read_text(encoding="utf-8")
            return PlainTextResponse(text, media_type="text/css", headers=SHARED)

        return Route(STYLE, style, methods=["GET"], middleware=COMPRESSED)

    def _drawn(
        self, template: str, context: Mapping[str, object], status: int, headers: Mapping[str, str]
    ) -> Response:
        page = self._environment.get_template(template).render(**context)
        return HTMLResponse(page, status_code=status, headers=dict(headers))


def day(moment: datetime) -> str:
    """A day in Beijing."""
    local = moment.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"


def date_in_words(value: date) -> str:
    """A day of the calendar."""
    return f"{value.year}年{value.month}月{value.day}日"


def minute(moment: datetime) -> str:
    """A moment in Beijing."""
    local = moment.astimezone(BEIJING)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def length_of_time(hours: float) -> str:
    """Hours, begun ones whole; days from two of them on."""
    return f"{ceil(hours)} 小时" if hours <= 48 else f"{round(hours / 24, 1):g} 天"


def class_name(case_class: str) -> str:
    """A class in the words of the trade."""
    return CLASS_NAMES[CaseClass(case_class)]


def page_number(asked: str) -> int:
    """The page somebody asks for; the first where it cannot be one."""
    usable = asked.isascii() and asked.isdigit() and len(asked) <= 4
    return max(1, int(asked)) if usable else 1
