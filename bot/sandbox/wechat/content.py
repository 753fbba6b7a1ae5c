"""What draft/add makes of an article's HTML: it drops much and tells nobody."""

from __future__ import annotations

import functools
import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

IMAGE_HOSTS = frozenset({"mmbiz.qpic.cn", "mmbiz.qlogo.cn"})
ARTICLE_HOSTS = frozenset({"mp.weixin.qq.com"})
DROPPED_WITH_CONTENT = frozenset({"script", "style", "iframe", "object", "embed", "noscript"})
DROPPED_TAGS = frozenset(
    {"link", "meta", "base", "form", "input", "button", "select", "option", "textarea"}
)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})
WHOLE_PAGE = re.compile(r"<\s*(?:!doctype|html|head|body)[\s>/]", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")

Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Keeps:
    """What an account's articles may keep.

    `own_hosts` are hosts whose links count as articles of the platform.
    """

    foreign_links: bool = False
    class_attribute: bool = False
    lazy_images: bool = False
    own_hosts: frozenset[str] = field(default=frozenset())


def is_whole_page(content: str) -> bool:
    """True for a document instead of a fragment, which the platform cannot read."""
    return WHOLE_PAGE.search(content) is not None


# Load runs add the same article for many accounts; filtering is most of what draft/add costs.
@functools.lru_cache(maxsize=64)
def filter_content(content: str, keeps: Keeps) -> str:
    """Return the HTML as it is stored; what is not touched keeps its spelling."""
    sieve = _Sieve(keeps)
    sieve.feed(content)
    sieve.close()
    return "".join(sieve.kept)


def plain_text(content: str) -> str:
    """Return the text without tags, white space collapsed."""
    return " ".join(html.unescape(TAG.sub(" ", content)).split())


def without_tags(content: str) -> str:
    """Return a picture message's text as it is stored: tags dropped, lines kept."""
    return TAG.sub("", content).strip()


class _Sieve(HTMLParser):
    def __init__(self, keeps: Keeps) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._keeps = keeps
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in DROPPED_WITH_CONTENT and tag not in VOID:
            self._inside.append(tag)
        self._open(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self._open(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            if tag == self._inside[-1]:
                self._inside.pop()
            return
        if tag not in DROPPED_WITH_CONTENT | DROPPED_TAGS:
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if not self._inside:
            self.kept.append(text)

    def _open(self, tag: str, attrs: Attributes) -> None:
        if self._inside or tag in DROPPED_WITH_CONTENT | DROPPED_TAGS:
            return
        if tag == "img" and not _is_own_image(attrs):
            return
        allowed = [pair for pair in attrs if self._is_kept(tag, *pair)]
        if tag == "img" and self._keeps.lazy_images:
            allowed = [("data-src" if name == "src" else name, value) for name, value in allowed]
        raw = self.get_starttag_text() or ""
        self.kept.append(raw if allowed == attrs else _write(tag, allowed, raw))

    def _is_kept(self, tag: str, name: str, value: str | None) -> bool:
        if name == "id" or name.startswith("on"):
            return False
        if name == "class":
            return self._keeps.class_attribute
        if tag == "a" and name == "href":
            return self._is_kept_link(value or "")
        return True

    def _is_kept_link(self, href: str) -> bool:
        parts = urlsplit(href)
        if parts.scheme not in ("http", "https"):
            return False
        is_article = (parts.hostname in ARTICLE_HOSTS) or (parts.netloc in self._keeps.own_hosts)
        return is_article or self._keeps.foreign_links


def _is_own_image(attrs: Attributes) -> bool:
    given = dict(attrs)
    address = given.get("src") or given.get("data-src") or ""
    return urlsplit(address).hostname in IMAGE_HOSTS


def _write(tag: str, attrs: Attributes, raw: str) -> str:
    words = [tag, *(_attribute(name, value) for name, value in attrs)]
    return f"<{' '.join(words)}{'/' if raw.endswith('/>') else ''}>"


def _attribute(name: str, value: str | None) -> str:
    return name if value is None else f'{name}="{html.escape(value)}"'
