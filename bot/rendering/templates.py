"""The template folders: finding a post's parts, compiling each once, drawing them."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from bot.domain.posts.rules import DEFAULT_TEMPLATE
from bot.domain.releases.release import InterpretationKind
from bot.rendering.manifest import Manifest, read_manifest
from bot.rendering.markup import safe_link

DEFAULT = DEFAULT_TEMPLATE
"""The template name that means a kind's own folder; any other name is a folder inside it."""


class _Tight(Extension):
    """Line breaks and indentation are layout of the source, never of what is sent.

    A platform counts every character, so each line is stripped and joined to the next one.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del name, filename
        return "".join(line.strip() for line in source.splitlines())


@dataclass(frozen=True)
class Folders:
    """The folders an article is drawn from: its kind's own, then its form's, then the template
    that was asked for; later ones win."""

    kind: str
    form: str = ""
    template: str = DEFAULT

    @property
    def paths(self) -> tuple[str, ...]:
        named = "" if self.template == DEFAULT else self.template
        return (self.kind, *(f"{self.kind}/{name}" for name in (self.form, named) if name))


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
        self._environment.filters |= {"style": _style, "link": safe_link, "wide": _wide}
        self.manifest = lru_cache(maxsize=64)(self._manifest)
        self._part = lru_cache(maxsize=256)(self._find_part)

    def _manifest(self, platform: str, post: Folders, article: Folders) -> Manifest:
        """What holds for an article of a post: the article's own folders, then the post's.

        Raises:
            NotFound: there is no such template.
            TemplateFault: it declares something unknown.
        """
        _refuse_paths(post.template)
        directory = self._directory / platform
        if not (directory / post.paths[-1]).is_dir():
            raise NotFound("模板", f"{platform}/{post.kind}/{post.template}")
        paths = dict.fromkeys((*article.paths, *post.paths))
        declared = ["platform.toml", *(f"{path}/template.toml" for path in paths)]
        return read_manifest(*(directory / name for name in declared))

    def names(self, platform: str, kind: str) -> tuple[str, ...]:
        """Every template a rule can name for a kind, the default first; the forms of an
        interpretation are none, since it brings its form with it."""
        folder = self._directory / platform / kind
        if not folder.is_dir():
            return ()
        own = {each.name for each in folder.iterdir() if each.is_dir()}
        return (DEFAULT, *sorted(own - set(InterpretationKind)))

    def draw(
        self, platform: str, folders: Folders, part: str, context: Mapping[str, object]
    ) -> str:
        """Draw one part; a named template or a form that lacks it takes the kind's own."""
        return self._part(platform, folders, part).render(context)

    def draw_shared(self, name: str, context: Mapping[str, object]) -> str:
        """Draw a template by its path under the templates folder."""
        return self._environment.get_template(name).render(context)

    def _find_part(self, platform: str, folders: Folders, part: str) -> Template:
        own = [f"{platform}/{folder}/{part}" for folder in reversed(folders.paths)]
        return self._environment.select_template([*own, f"_shared/{part}"])


def _refuse_paths(template: str) -> None:
    if not template.replace("-", "").replace("_", "").isalnum():
        raise NotFound("模板", template)


@lru_cache(maxsize=1024)
def _style(style: str) -> Markup:
    """A `style` attribute, or nothing where the platform's house style has none."""
    return Markup(' style="{}"').format(style) if style else Markup("")


def _wide(label: str, characters: int) -> str:
    """`label` filled up with full blanks, so that what follows begins in one column."""
    return label.ljust(characters, "\u3000")
