"""The rendering lines: time beside two formatters, and how much of an article is markup."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from wechat_formatter import FormatTweaks, get_template, render_article
from wechat_md import markdown_to_html

from benchmarks.rendering.ours import Nowhere, Ours, release_of
from benchmarks.rendering.texts import LONG, SHORT, policy
from benchmarks.table import Line, faster
from bot.domain.errors import InvalidInput
from bot.domain.releases.document import Document, Paragraph
from bot.reading.files import LARGEST_FILE, read_release_file

CHARACTERS = 5000
RUNS, SECONDS_A_RUN = 5, 0.3
LONG_DOCUMENT = 8000
SHORT_PARAGRAPHS = 50
NOTE = (
    "The same Markdown for all. Ours reads into blocks (which sanitises) and draws header, body "
    "and colophon with the standard template; cover pictures and digests are apart."
)
_TAG = re.compile("<[^>]*>")
MARKUP_NOTE = (
    "Characters of tags, less the line ends they stand for, for each character of text; header "
    "and colophon are apart."
)


def speed() -> Sequence[Line]:
    """5,000 characters to WeChat HTML."""
    ours, markdown = Ours(), policy(CHARACTERS)
    stored = ours.read(markdown)
    template, tweaks = get_template("极简风", "经典"), FormatTweaks()
    took = _interleaved(
        {
            "stored": lambda: ours.render(stored),
            "read": lambda: ours.render(ours.read(markdown)),
            "wechat-formatter": lambda: render_article(markdown, template, tweaks),
            "wechat-md": lambda: markdown_to_html(markdown),
        }
    )
    return [
        _line(what, took[way], peer, took[peer], most)
        for way, what, most in (
            ("stored", "a stored document", 1 / 3),
            ("read", "the same Markdown", 1.0),
        )
        for peer in ("wechat-formatter", "wechat-md")
    ]


def markup(releases: Path | None) -> Sequence[Line]:
    """How much markup long documents get: invented ones, and real ones where a folder is given."""
    ours = Ours()
    invented = [
        ours.read(policy(characters, sentences=sentences))
        for characters in (8500, 12_000, 16_000)
        for sentences in (LONG, SHORT)
    ]
    lines = _markup_lines("invented", invented, ours)
    if releases is not None:
        lines += _markup_lines("real", _long_documents(releases), ours)
    return lines


def _interleaved(ways: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Median milliseconds of each way, measured in turns."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, way in ways.items():
            way()
            took[name].append(_milliseconds(way))
    return {name: median(values) for name, values in took.items()}


def _milliseconds(way: Callable[[], object]) -> float:
    """Processor time, so that another process does not count."""
    until, times = time.monotonic() + SECONDS_A_RUN, 0
    began = time.process_time()
    while time.monotonic() < until or not times:
        way()
        times += 1
    return (time.process_time() - began) / times * 1000


def _line(what: str, ours: float, peer: str, theirs: float, most: float) -> Line:
    return Line(
        what=f"{CHARACTERS:,} characters to WeChat HTML from {what}, beside {peer}",
        ours=f"{ours:.2f} ms",
        peer=f"{theirs:.2f} ms",
        ratio=faster(theirs, ours),
        goal=f">= {1 / most:.0f} x",
        reached=ours <= theirs * most,
        note=NOTE,
    )


def _long_documents(folder: Path) -> list[Document]:
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            body = read_release_file(path, Nowhere().put, largest=LARGEST_FILE).content.body
        except InvalidInput:
            continue
        if len(body.text) > LONG_DOCUMENT:
            found.append(body)
    return found


def _markup_lines(which: str, documents: Sequence[Document], ours: Ours) -> list[Line]:
    lines = []
    for is_short, goal in ((False, 0.25), (True, 0.35)):
        chosen = [body for body in documents if _has_short_paragraphs(body) is is_short]
        if not chosen:
            continue
        worst = max(_share(body, ours) for body in chosen)
        length = "short" if is_short else "usual"
        lines.append(
            Line(
                what=f"markup, {len(chosen)} {which} documents with {length} paragraphs (worst)",
                ours=f"{worst:.1%}",
                goal=f"<= {goal:.0%}",
                reached=worst <= goal,
                note=MARKUP_NOTE,
            )
        )
    return lines


def _has_short_paragraphs(body: Document) -> bool:
    """Every cell and every item of a list needs tags as a paragraph does."""
    lengths = [len(line) for line in body.text.splitlines() if line.strip()]
    return bool(lengths) and sum(lengths) / len(lengths) < SHORT_PARAGRAPHS


def _share(body: Document, ours: Ours) -> float:
    """Markup of the body: what an article has more of it than one of an empty document."""
    empty = Document((Paragraph(()),))
    frame = _tags(ours.render_release(release_of(empty))) - len("<p></p>")
    articles = ours.render_release(release_of(body))
    tags = _tags(articles) - len(articles) * frame
    return (tags - body.text.count("\n")) / len(body.text)


def _tags(articles: Sequence[str]) -> int:
    return sum(len(tag) for html in articles for tag in _TAG.findall(html))
