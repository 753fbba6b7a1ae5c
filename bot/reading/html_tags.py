"""How each HTML element counts for a reader: a block, silence, or something left out."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "ol",
        "li",
        "caption",
    ]
)
"""Elements that begin and end paragraphs; every other one is inline."""

SILENT = frozenset(
    ["head", "link", "meta", "title", "noscript", "template", "col", "colgroup", "base", "param"]
)
"""Elements without visible text."""

DROPPED = frozenset(
    [
        "script",
        "style",
        "input",
        "select",
        "textarea",
        "button",
        "option",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "svg",
        "canvas",
        "map",
        "frame",
        "frameset",
        "applet",
    ]
)
"""Elements whose content a static account cannot show; leaving one out is a finding."""
