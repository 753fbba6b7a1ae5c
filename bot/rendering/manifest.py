"""What a template folder declares in `template.toml`, over its platform's `platform.toml`."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

PLACES = frozenset(
    [
        "full_title",
        "header",
        "kicker",
        "label",
        "series",
        "ai",
        "media",
        "body",
        "heading_1",
        "heading_2",
        "heading_3",
        "heading_4",
        "salutation",
        "center",
        "right",
        "signature",
        "question",
        "list",
        "quote",
        "rule",
        "table",
        "table_wide",
        "table_rows",
        "table_group",
        "figure",
        "image",
        "caption",
        "beside",
        "excerpt",
        "footnotes",
        "attachment",
        "attachments",
        "related",
        "contact",
        "colophon",
    ]
)
"""Where an inline style may be declared under `[styles]`; `{theme}` stands for the colour."""


class TemplateFault(Exception):
    """A template folder is missing or declares something we do not know."""


@dataclass(frozen=True)
class TextPolicy:
    """How a short text is brought within its length.

    `title` is the most code points a title may take there; `drop` names the parts that go, in
    this order, each whole, until the text fits; `yields` those that go where otherwise not one
    sentence would fit; `digest` is the longest digest; `picture` is
    `first` (the release's own, as many as the platform takes), `card` (else one drawn from its
    headings), `long` (its whole text drawn, as in `GalleryPolicy`; else a card) or `none`.
    """

    title: int = 40
    drop: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    digest: int = 300
    picture: Literal["first", "card", "long", "none"] = "first"
    topic: str = ""


@dataclass(frozen=True)
class CoverPolicy:
    """What an article's cover is.

    `source` is `drawn` (from the title) or `own` (the article's first picture that is at least
    so many pixels wide and high and whose shape, width to height, lies within the bounds; else
    drawn). An account's option `cover` says otherwise.
    """

    source: Literal["drawn", "own"] = "drawn"
    least_width: int = 900
    least_height: int = 383
    narrowest: float = 1.3
    widest: float = 3.0


@dataclass(frozen=True)
class GalleryPolicy:
    """What a picture message shows.

    `source` is `own` (the release's pictures, an infographic's before all others) or `long`
    (its text drawn on pictures). `heights` are those a drawn picture may have, in pixels: the
    first with which the text needs no more pictures than the platform takes.
    """

    source: Literal["own", "long"] = "own"
    heights: tuple[int, ...] = (1440, 2160, 3240, 4860)


@dataclass(frozen=True)
class Manifest:
    """The declared policy of a template.

    `together` puts all subjects of a post into one article. `overflow` says what becomes of a
    body that does not fit. `title_policy` `whole` never shortens a title. `body` `points` tells
    the headings with sentences from below each, and says that it is an excerpt. `leads`,
    `dialogue` and `alt_as_text` are the manner of its blocks.
    """

    theme: str = "#3a6ea5"
    together: bool = False
    overflow: Literal["split", "excerpt"] = "split"
    title_policy: Literal["shorten", "whole"] = "shorten"
    excerpt_notice: str = "（全文较长，此处为节选，完整内容请点击“阅读原文”）"
    kept_link_hosts: tuple[str, ...] = ()
    body: Literal["whole", "points"] = "whole"
    leads: bool = False
    dialogue: bool = False
    alt_as_text: bool = False
    styles: Mapping[str, str] = field(default_factory=dict)
    text: TextPolicy = TextPolicy()
    cover: CoverPolicy = CoverPolicy()
    gallery: GalleryPolicy = GalleryPolicy()

    @cached_property
    def _painted(self) -> dict[str, Mapping[str, str]]:
        return {}

    def styles_in(self, colour: str) -> Mapping[str, str]:
        """The styles with the theme's `colour`; painted once a colour."""
        if colour not in self._painted:
            painted = {place: s.replace("{theme}", colour) for place, s in self.styles.items()}
            self._painted[colour] = painted
        return self._painted[colour]


def read_manifest(*files: Path) -> Manifest:
    """The manifest that `files` make, later ones over earlier ones; missing files are skipped.

    Raises:
        TemplateFault: a key nobody reads, or a file that is not TOML.
    """
    merged: dict[str, Any] = {}
    for file in files:
        if file.is_file():
            _merge(merged, _parse(file))
    text = TextPolicy(**_known(_names_of(TextPolicy), merged.pop("text", {})))
    cover = CoverPolicy(**_known(_names_of(CoverPolicy), merged.pop("cover", {})))
    gallery = GalleryPolicy(**_known(_names_of(GalleryPolicy), merged.pop("gallery", {})))
    styles = _known(PLACES, merged.pop("styles", {}))
    rest = _known(_names_of(Manifest), merged)
    styles = dict.fromkeys(PLACES, "") | styles
    return Manifest(text=text, cover=cover, gallery=gallery, styles=styles, **rest)


def _names_of(declared: type[TextPolicy | CoverPolicy | GalleryPolicy | Manifest]) -> set[str]:
    return {each.name for each in fields(declared)}


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise TemplateFault(f"{file}: {fault}") from fault


def _merge(base: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict):
            _merge(base.setdefault(key, {}), value)
        else:
            base[key] = value


def _known(names: Set[str], values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(values.keys() - names)
    if unknown:
        raise TemplateFault(f"template.toml: nobody reads {', '.join(unknown)}")
    return {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}
