"""HTML from the clipboard, as Word, WPS and browsers put it there: without what is not text."""

import base64
import binascii
import re
from collections.abc import Callable

from lxml.html import HtmlElement

from bot.reading.html_page import HtmlPage, page_of, parse_html
from bot.reading.notes import Notes

Keep = Callable[[bytes], str]
LARGEST_PICTURE = 10 * 1024 * 1024
"""Bytes; what WeChat takes as a picture of an article."""

_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
_MSO = re.compile(r"(?:^|(?<=;))\s*mso-(?!hide)[\w-]+\s*:[^;]*;?", re.IGNORECASE)
"""Declarations only Word understands; mso-bidi-font-weight would be taken for the weight."""

_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_SYMBOLS = re.compile(r"symbol|wingdings|webdings", re.IGNORECASE)
_COMMENT = re.compile(r"mso-element\s*:\s*comment", re.IGNORECASE)
_COMMENT_MARK = re.compile(r"mso-comment-reference", re.IGNORECASE)
_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,(.*)", re.IGNORECASE | re.DOTALL)


def read_pasted(text: str, notes: Notes, keep: Keep) -> HtmlPage:
    """The page that was copied.

    Deleted revisions and comments are left out, as in Word files, and told. Pictures that the
    clipboard only names on the writer's disk are left out and counted; those it carries are kept.

    Raises:
        InvalidInput: nothing can be parsed.
    """
    found = _FRAGMENT.search(text)
    root = parse_html(notes.clean(found[1] if found else text) or "<p></p>")
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None:
            _tidy(element, notes, keep)
    return page_of(root, is_fragment=True)


def _tidy(element: HtmlElement, notes: Notes, keep: Keep) -> None:
    tag, css = str(element.tag).lower(), element.get("style") or ""
    classes = (element.get("class") or "").lower()
    if tag in ("style", "xml", "meta", "link", "title"):
        element.drop_tree()
    elif tag == "del" or "msodel" in classes:
        notes.counts["revisions"] = 1
        element.drop_tree()
    elif _COMMENT.search(css) or _COMMENT_MARK.search(css) or "msocommentreference" in classes:
        notes.counts["comments"] = 1
        element.drop_tree()
    elif tag == "o:p" and not element.text_content().strip():
        element.drop_tree()
    elif _LIST_MARK.search(css):
        _tidy_list_mark(element)
    elif tag == "img":
        _tidy_picture(element, notes, keep)
    elif css:
        element.set("style", _MSO.sub("", css))


def _tidy_list_mark(mark: HtmlElement) -> None:
    """The number Word wrote before an item stays as text; a bullet drawn with a symbol font is a
    stray letter outside of Word."""
    fonts = " ".join(each.get("style") or "" for each in (mark, *mark.iterancestors("span")))
    fonts += " ".join(each.get("style") or "" for each in mark.iterdescendants("span"))
    words = "" if _SYMBOLS.search(fonts) else " ".join(mark.text_content().split())
    for child in list(mark):
        mark.remove(child)
    mark.text = words


def _tidy_picture(image: HtmlElement, notes: Notes, keep: Keep) -> None:
    source = (image.get("src") or "").strip()
    content = _carried(source)
    if content is not None:
        sha256 = keep(content)
        notes.kept_pictures.add(sha256)
        image.set("src", sha256)
    elif notes.web_address(source) is None:
        notes.count("pictures_left")
        image.drop_tree()


def _carried(source: str) -> bytes | None:
    """The bytes of a picture that stands in the HTML itself."""
    found = _DATA.match(source)
    if found is None or len(found[1]) > LARGEST_PICTURE * 4 / 3 + 4:
        return None
    try:
        return base64.b64decode(found[1], validate=True)
    except (binascii.Error, ValueError):
        return None
