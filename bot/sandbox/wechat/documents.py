"""Reads and writes the XML and JSON bodies of callbacks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lxml import etree

MAX_BYTES = 1024 * 1024
Node = Mapping[str, Any]


class BadDocument(ValueError):
    """A body that is neither the XML nor the JSON the platform expects."""


def write_xml(root: Node) -> str:
    """Return `<xml>…</xml>`; strings become CDATA, lists repeated elements, mappings children."""
    return f"<xml>{''.join(_element(name, value) for name, value in root.items())}</xml>"


def write_json(root: Node) -> str:
    """Return the same content as a JSON object."""
    return json.dumps(root, ensure_ascii=False)


def read_xml(body: bytes) -> dict[str, Any]:
    """Return a reply's elements; repeated ones become lists.

    Raises:
        BadDocument: not well-formed, with a DTD, over 1 MB, or its root is not ``xml``.
    """
    if len(body) > MAX_BYTES or b"<!DOCTYPE" in body:
        raise BadDocument("not an XML reply")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadDocument("not well-formed") from error
    if root.tag != "xml":
        raise BadDocument("the root is not xml")
    children = _children(root)
    return children if isinstance(children, dict) else {}


def read_json(body: bytes) -> dict[str, Any]:
    """Return a JSON reply.

    Raises:
        BadDocument: when it is not a JSON object.
    """
    try:
        reply = json.loads(body)
    except ValueError as error:
        raise BadDocument("not JSON") from error
    if not isinstance(reply, dict):
        raise BadDocument("not a JSON object")
    return reply


def _element(name: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        return "".join(_element(name, one) for one in value)
    if isinstance(value, Mapping):
        return f"<{name}>{''.join(_element(key, one) for key, one in value.items())}</{name}>"
    if isinstance(value, str):
        safe = value.replace("]]>", "]]]]><![CDATA[>")
        return f"<{name}><![CDATA[{safe}]]></{name}>"
    return f"<{name}>{value}</{name}>"


def _children(element: Any) -> Any:
    if len(element) == 0:
        return element.text or ""
    found: dict[str, Any] = {}
    for child in element:
        value = _children(child)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found
