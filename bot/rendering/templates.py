"""The template folders: finding a post's parts, compiling each once, drawing them."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
)
from jinja2.ext import Extension
from markupsafe import Markup

from bot.domain.errors import NotFound
from bot.rendering.manifest import Manifest, read_manifest
from bot.rendering.markup import safe_link

DEFAULT = "default"
"""The template name that means a kind's own folder; any other name is a folder inside it."""


class _Tight(Extension):
    """Line breaks and indentation are layout of the source, never of what is sent.

    A platform counts every character, so each line is stripped and joined to the next one.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del name, filename
        return "".join(line.strip() for line in source.splitlines())


class Templates:
    """Parts by platform, kind and template name. Safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._environment = Environment(
            loader=FileSystemLoader(directory),
            extensions=[_Tight],
            undefined=StrictUndefined,
            # Escaping is decided by the part: HTML escapes, plain text must not.
            autoescape=lambda name: (name or "").endswith(".html.j2"),  # noqa: S701
            auto_reload=False,
        )
        self._environment.filters |= {"style": _style, "link": safe_link}
        self.manifest = lru_cache(maxsize=64)(self._manifest)
        self._part = lru_cache(maxsize=256)(self._find_part)

    def _manifest(self, platform: str, kind: str, template: str) -> Manifest:
        """What the template declares.

        Raises:
            NotFound: there is no such template.
            TemplateFault: it declares something unknown.
        """
        folder = self._directory / platform / kind
        if template != DEFAULT:
            _refuse_paths(template)
        own = folder if template == DEFAULT else folder / template
        if not own.is_dir():
            raise NotFound("模板", f"{platform}/{kind}/{template}")
        return read_manifest(
            self._directory / platform / "platform.toml",
            folder / "template.toml",
            own / "template.toml",
        )

    def draw(
        self, platform: str, kind: str, template: str, part: str, context: Mapping[str, object]
    ) -> str:
        """Draw one part; a named template that lacks it takes the kind's own."""
        return self._part(platform, kind, template, part).render(context)

    def draw_shared(self, name: str, context: Mapping[str, object]) -> str:
        """Draw a template by its path under the templates folder."""
        return self._environment.get_template(name).render(context)

    def _find_part(self, platform: str, kind: str, template: str, part: str) -> Template:
        names = [f"{platform}/{kind}/{part}", f"{platform}/_parts/{part}", f"_shared/{part}"]
        if template != DEFAULT:
            names.insert(0, f"{platform}/{kind}/{template}/{part}")
        return self._environment.select_template(names)


def _refuse_paths(template: str) -> None:
    if not template.replace("-", "").replace("_", "").isalnum():
        raise NotFound("模板", template)


def _style(style: str) -> Markup:
    """A `style` attribute, or nothing where the platform's house style has none."""
    return Markup(' style="{}"').format(style) if style else Markup("")
