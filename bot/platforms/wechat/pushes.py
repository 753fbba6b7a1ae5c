"""Reading the body of a push, XML or JSON, into plain fields; writing XML back."""

import re
from typing import Any
from xml.parsers import expat

import orjson

Fields = dict[str, Any]

_SEALED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?\s*</Encrypt>")
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
# Characters of XML's own, without carriage returns, which a reader of XML would turn into others.
_HIGH = r"\x5e-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_NODE = (
    r"<([A-Za-z_]\w*)>"
    rf"(?:<!\[CDATA\[([\t\n\x20-\x5c{_HIGH}]*)\]\]>|([\t\n\x20-%'-;=-\x5c{_HIGH}]*))"
    r"</\1>\s*"
)
_PLAIN_NODE = re.compile(_NODE, re.ASCII)
_PLAIN_PUSH = re.compile(rf"<xml>\s*(?:{_NODE})*</xml>\s*", re.ASCII)
_DEEPEST = 32


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
    plain = _plain_push(body)
    if plain is not None:
        return plain
    start = _FIRST_ELEMENT.search(body)
    if start is None or b"<!" in body[: start.start()]:
        raise BadPush("no element, or declarations before it")
    reading = _Reading()
    try:
        reading.parser.Parse(body, True)
    except expat.ExpatError as error:
        raise BadPush("malformed XML") from error
    return reading.fields


def _plain_push(body: bytes) -> Fields | None:
    """What nearly every push is: one node beside another, text inside, nothing to unfold. Read
    here at a quarter of expat's cost; whatever else it may be is expat's to read or refuse."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    if _PLAIN_PUSH.fullmatch(text) is None:
        return None
    fields: Fields = {}
    for tag, marked, bare in _PLAIN_NODE.findall(text, len("<xml>")):
        _add(fields, tag, marked or bare)
    return fields


class _Reading:
    """One document on its way into fields.

    Expat, since a push is small: libxml2 would let go of the interpreter for each, and get it
    back only after the thread that stores replies.
    """

    def __init__(self) -> None:
        self.fields: Fields = {}
        # UTF-8 whatever the declaration says, so that nothing can hide from the check for a DTD.
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.CharacterDataHandler = self._hear
        self.parser.EndElementHandler = self._end
        self._open: list[tuple[Fields, list[str]]] = []

    def _begin(self, _tag: str, _attributes: object) -> None:
        if len(self._open) >= _DEEPEST:
            raise BadPush("nested too deeply")
        self._open.append(({}, []))

    def _hear(self, text: str) -> None:
        self._open[-1][1].append(text)

    def _end(self, tag: str) -> None:
        inner, texts = self._open.pop()
        if not self._open:
            self.fields = inner
            return
        _add(self._open[-1][0], tag, inner or "".join(texts))


def _add(fields: Fields, tag: str, value: Any) -> None:
    if tag not in fields:
        fields[tag] = value
        return
    before = fields[tag]
    fields[tag] = [*before, value] if isinstance(before, list) else [before, value]
