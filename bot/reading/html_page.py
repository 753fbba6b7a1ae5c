"""A whole HTML page: where its body is, and what its header says about the document."""

import re
from dataclasses import dataclass
from typing import cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bot.domain.errors import InvalidInput, Problem
from bot.domain.text import compact
from bot.reading.names import FIELD_NAMES

_BODY_PLACES = (
    "//*[@id='UCAP-CONTENT']",
    "//*[contains(concat(' ', @class, ' '), ' TRS_UEDITOR ')]",
    "//*[contains(concat(' ', @class, ' '), ' pages_content ')]",
    "//article",
    "//main",
    "//body",
)
_STANDARD_META = {"ArticleTitle": "title", "PubDate": "published_on", "Url": "url"}
"""Page metadata that 《政府网站发展指引》(国办发〔2017〕47号) asks of every government site."""

_ENCODING = re.compile(r"^\s*<\?xml[^>]*\?>")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class HtmlPage:
    """The body element and the metadata found around it, by our field names."""

    body: HtmlElement
    metadata: dict[str, str]
    is_fragment: bool


def parse_html(text: str) -> HtmlElement:
    """The root of `text`, a page or a fragment.

    Raises:
        InvalidInput: nothing can be parsed, or the parser would lose a part of it.
    """
    plain = _HALF.sub("\ufffd", _ENCODING.sub("", text).replace("\x00", ""))
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = document_fromstring(plain.encode(), parser=parser)
    except etree.ParserError as error:
        raise InvalidInput([Problem("正文", "网页内容为空，请检查文件是否完整")]) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        message = "网页元素嵌套过深，无法完整读取，请用编辑器清理格式后重新提交"
        raise InvalidInput([Problem("正文", message)])
    return cast(HtmlElement, root)


def read_page(text: str) -> HtmlPage:
    """The page's body and metadata.

    Metadata comes from `<meta name="tongbu:…">`, then a definition list or the header table of
    government sites (索引号, 发文机关, 成文日期 …), then the standard page metadata.

    Raises:
        InvalidInput: see `parse_html`.
    """
    return page_of(parse_html(text), is_fragment="<html" not in text.lower())


def page_of(root: HtmlElement, *, is_fragment: bool) -> HtmlPage:
    """As `read_page`, of a page that is parsed already."""
    places = (found[0] for place in _BODY_PLACES if (found := root.xpath(place)))
    body = next(places, root)
    metadata: dict[str, str] = {}
    for source in (_own_meta(root), _pairs_of_lists(root), _pairs_of_tables(root, body)):
        for name, value in source.items():
            metadata.setdefault(name, value)
    for name, value in _standard_meta(root).items():
        metadata.setdefault(name, value)
    if "title" not in metadata and (found := root.xpath("//h1") or root.xpath("//head/title")):
        metadata["title"] = " ".join(found[0].text_content().split())
    return HtmlPage(body, metadata, is_fragment)


def _own_meta(root: HtmlElement) -> dict[str, str]:
    found = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        if name.startswith("tongbu:"):
            found[name.removeprefix("tongbu:")] = (meta.get("content") or "").strip()
    return found


def _standard_meta(root: HtmlElement) -> dict[str, str]:
    return {
        _STANDARD_META[name]: content
        for meta in root.iter("meta")
        if (name := meta.get("name") or "") in _STANDARD_META
        and (content := (meta.get("content") or "").strip())
    }


def _pairs_of_lists(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for listing in list(root.iter("dl")):
        cells = [e for e in listing if e.tag in ("dt", "dd")]
        pairs = _pairs([cell.text_content() for cell in cells])
        if pairs and len(pairs) * 2 == len(cells):
            found |= pairs
            listing.drop_tree()
    return found


def _pairs_of_tables(root: HtmlElement, body: HtmlElement) -> dict[str, str]:
    """Header tables; one inside the body is taken out, since every cell of it was understood."""
    found: dict[str, str] = {}
    for table in list(root.iter("table")):
        cells = [] if table.find(".//table") is not None else list(table.iter("td", "th"))
        pairs = _pairs([cell.text_content() for cell in cells])
        if len(pairs) < 3 or ("title" not in pairs and "document_number" not in pairs):
            continue
        found |= pairs
        if len(pairs) * 2 == len(cells) and table in list(body.iter("table")):
            table.drop_tree()
    return found


def _pairs(texts: list[str]) -> dict[str, str]:
    """Label, value, label, value …; a label is one of our field names with its colon."""
    found: dict[str, str] = {}
    label = None
    for text in texts:
        if label is not None:
            found[label] = " ".join(text.split())
            label = None
        else:
            label = FIELD_NAMES.get(compact(text).rstrip(":："))
    return {name: value for name, value in found.items() if value}
