"""XML of callbacks, in both directions."""

import pytest

from bot.sandbox.wechat.documents import BadDocument, read_xml, write_xml


def test_what_is_written_can_be_read():
    """Text survives CDATA's own end mark, lists become repeated elements."""
    root = {"A": "x]]>y", "N": 3, "L": {"item": [{"k": "1"}, {"k": "2"}]}, "E": ""}

    read = read_xml(write_xml(root).encode())

    assert read == {"A": "x]]>y", "N": "3", "L": {"item": [{"k": "1"}, {"k": "2"}]}, "E": ""}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<xml><a></xml>", id="not well-formed"),
        pytest.param(b"<reply></reply>", id="another root"),
        pytest.param(b"success!", id="no markup"),
        pytest.param(b"<xml>" + b" " * 1024 * 1024 + b"</xml>", id="over 1 MB"),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml>&a;</xml>', id="entity"
        ),
    ],
)
def test_a_body_that_is_no_reply_is_refused(body):
    """Nothing outside the document is ever read."""
    with pytest.raises(BadDocument):
        read_xml(body)
