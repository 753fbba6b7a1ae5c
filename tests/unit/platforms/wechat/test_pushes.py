"""Reading the body of a push into fields."""

import pytest

from bot.platforms.wechat.pushes import BadPush, read_push


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
