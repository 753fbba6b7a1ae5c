"""Reading the body of a push, XML or JSON, into plain fields; writing XML back."""

import re
from functools import cache
from typing import Any

import orjson
from lxml import etree

Fields = dict[str, Any]

_SEALED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?\s*</Encrypt>")
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")


class BadPush(Exception):
    """The body is not a push: malformed, empty, or with declarations of its own."""


def sealed_part(body: bytes) -> str:
    """The ciphertext of an encrypted push; empty when there is none.

    Its signature covers nothing but this text, so the envelope around it is not parsed.
    """
    if body.lstrip()[:1] == b"{":
        return text_of(_from_json(body), "Encrypt")
    found = _SEALED.search(body)
    return found[1].decode() if found else ""


def read_push(body: bytes) -> Fields:
    """The fields of a push: text, nested fields, or lists where a node repeats.

    Raises:
        BadPush: it cannot be read, or brings a DTD.
    """
    stripped = body.lstrip()
    return _from_json(stripped) if stripped[:1] == b"{" else _from_xml(stripped)


def text_of(fields: Fields, name: str) -> str:
    """A field as text; empty when it is missing or not a single value."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else _plain(value)


def within(fields: Fields, *names: str) -> Fields:
    """The fields under a path of nodes; empty when any is missing."""
    for name in names:
        inner = fields.get(name)
        fields = inner if isinstance(inner, dict) else {}
    return fields


def many(fields: Fields, name: str) -> list[Any]:
    """A node that may be missing, single or repeated, always as a list."""
    value = fields.get(name, [])
    return value if isinstance(value, list) else [value]


def cdata(text: str) -> str:
    """`text` as CDATA; its end mark inside the text is split over two sections."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _plain(value: object) -> str:
    return str(value) if isinstance(value, (int, float)) else ""


def _from_json(body: bytes) -> Fields:
    try:
        fields = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadPush("malformed JSON") from error
    if not isinstance(fields, dict):
        raise BadPush("not an object")
    return fields


def _from_xml(body: bytes) -> Fields:
    start = _FIRST_ELEMENT.search(body)
    if start is None or b"<!" in body[: start.start()]:
        raise BadPush("no element, or declarations before it")
    try:
        root = etree.fromstring(body, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadPush("malformed XML") from error
    return _fields(root)


@cache
def _parser() -> Any:
    """UTF-8 whatever the declaration says, so that nothing can hide from the check above."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _fields(node: Any) -> Fields:
    fields: Fields = {}
    for child in node:
        value = _fields(child) if len(child) else child.text or ""
        if child.tag in fields:
            before = fields[child.tag]
            fields[child.tag] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            fields[child.tag] = value
    return fields
