"""A third party stays in its room, so that replacing it changes one room."""

import sys

import pytest

from .house import imported_names, is_in, modules

WEB_DOORS = ("bot.console", "bot.public", "bot.api", "bot.callbacks", "bot.web")

ROOMS = {
    "wechatpy": ("bot.platforms.wechat",),
    "sqlalchemy": ("bot.storage",),
    "alembic": ("bot.storage",),
    "psycopg": ("bot.storage",),
    "celery": ("bot.jobs", "bot.bootstrap", "tasks"),
    "kombu": ("bot.jobs", "tasks"),
    "redis": ("bot.coordination",),
    "jinja2": ("bot.rendering", "bot.sandbox", *WEB_DOORS),
    "markupsafe": ("bot.rendering", "bot.sandbox", *WEB_DOORS),
    "starlette": ("bot.sandbox", *WEB_DOORS),
    "fastapi": ("bot.api", "bot.web"),
    "uvicorn": ("bot.cli", "bot.sandbox", "bot.web"),
    "httpx": (
        "bot.platforms",
        "bot.signon",
        "bot.fetching",
        "bot.notices",
        "bot.sandbox",
        "bot.bootstrap",
    ),
    "rjieba": ("bot.language",),
    "ftfy": ("bot.language",),
    "lxml": ("bot.reading", "bot.platforms.wechat", "bot.callbacks", "bot.sandbox"),
    "feedparser": ("bot.reading",),
    "mammoth": ("bot.reading",),
    "pyromark": ("bot.reading",),
    "PIL": ("bot.rendering", "bot.demo", "bot.sandbox"),
    "pypdfium2": ("bot.reading",),
    "xlrd": ("bot.reading",),
    "openpyxl": ("bot.exports", "bot.reading", "bot.demo"),
    "pydantic_settings": ("bot.config",),
    "argon2": ("bot.vault",),
    "cryptography": ("bot.vault", "bot.platforms.wechat", "bot.sandbox"),
    "joserfc": ("bot.signon",),
    "typer": ("bot.cli",),
    "rich": ("bot.cli", "bot.demo"),
    "supervisor": ("bot.supervision",),
}


@pytest.mark.parametrize("third_party", ROOMS)
def test_a_third_party_is_imported_in_its_rooms_only(third_party: str) -> None:
    """Nobody else knows of it, not even inside a function."""
    strangers = [
        f"{path}:{line}"
        for module, path in modules()
        if not is_in(module, ROOMS[third_party])
        for name, line in imported_names(path)
        if is_in(name, (third_party,))
    ]

    assert strangers == []


@pytest.mark.parametrize("floor", ["bot.domain", "bot.ports"])
def test_the_lowest_floors_need_the_standard_library_only(floor: str) -> None:
    """What the trade knows does not change with a library."""
    foreign = [
        f"{path}:{line} {name}"
        for module, path in modules()
        if is_in(module, (floor,))
        for name, line in imported_names(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not is_in(name, ("bot",))
    ]

    assert foreign == []
