"""Reading the body of a push into fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.wechat.pushes import BadPush, Fields, read_push

_TRICKY = st.text("ab<>&;/]![CDAT\r\n\t \x00\x0b补\ufffe\uffff\U0001f600'\"#x1", max_size=12)
_TAGS = st.sampled_from(["A", "B", "MsgId", "_c"])
_CLOSING_TAGS = st.one_of(_TAGS, st.just("D"))


def _read(body: str) -> Fields | None:
    """The fields, None where the body is refused."""
    try:
        return read_push(body.encode())
    except BadPush:
        return None


def test_repeated_nested_and_empty_nodes_become_fields() -> None:
    """A node that repeats is a list, one with children is fields, an empty one is empty text."""
    body = "<xml><A><B>一</B><B>二</B></A><C/><D><![CDATA[<三>]]></D></xml>".encode()

    assert read_push(body) == {"A": {"B": ["一", "二"]}, "C": "", "D": "<三>"}


def test_the_declared_encoding_is_not_believed() -> None:
    """Text is UTF-8 whatever the declaration says, so nothing hides from the check for a DTD."""
    body = '<?xml version="1.0" encoding="gb2312"?><xml><A>补贴</A></xml>'.encode()

    assert read_push(body) == {"A": "补贴"}


@pytest.mark.parametrize(
    "body",
    [
        b"<xml><A></xml>",
        b"<xml>&unknown;</xml>",
        b"<!DOCTYPE xml><xml/>",
        b"<a>" * 33 + b"</a>" * 33,
    ],
    ids=["malformed", "entity", "DTD", "too deep"],
)
def test_what_is_no_push_is_refused(body: bytes) -> None:
    """Nothing is guessed from a body that no platform would send."""
    with pytest.raises(BadPush):
        read_push(body)


@given(st.lists(st.tuples(_TAGS, _TRICKY, st.booleans(), _CLOSING_TAGS), max_size=4), st.booleans())
def test_plain_pushes_are_read_as_any_xml_is(
    nodes: list[tuple[str, str, bool, str]], well_closed: bool
) -> None:
    """Pushes of plain nodes are read by a short way; a declaration sends the same push the long
    way, and both must tell the same, or refuse the same."""
    inner = "".join(
        f"<{tag}>{f'<![CDATA[{text}]]>' if marked else text}</{tag if well_closed else other}>\n"
        for tag, text, marked, other in nodes
    )
    push = f"<xml>{inner}</xml>"

    assert _read(push) == _read(f'<?xml version="1.0"?>{push}')
