"""What an HTML element's own style and attributes say of its text."""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from bot.reading.inline import Style

_BOLD = re.compile(r"font-weight\s*:\s*(bold|bolder|normal|lighter|\d{3})", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify|start|end)", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)


def is_hidden(css: str | None) -> bool:
    """Whether the element's own style keeps it from readers."""
    return css is not None and _HIDDEN.search(css) is not None


def aligned(element: HtmlElement, tag: str, css: str, style: Style) -> Style:
    """`style` with the alignment of the element: by its name, attribute or own style."""
    align = (element.get("align") or "").lower()
    if tag == "center":
        align = "center"
    if css and (found := _ALIGN.search(css)):
        align = found[1].lower()
    return replace(style, align={"end": "right"}.get(align, align)) if align else style


def lettered(css: str, style: Style) -> Style:
    """`style`, bold and italic as the element's own style says."""
    if found := _BOLD.search(css):
        weight = found[1].lower()
        style = replace(style, bold=weight in ("bold", "bolder") or weight > "500")
    if found := _ITALIC.search(css):
        style = replace(style, italic=found[1].lower() != "normal")
    return style
