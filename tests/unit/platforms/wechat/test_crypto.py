"""Published vectors of WeChat's signatures and encrypted envelopes."""

import orjson
import pytest

from bot.platforms.wechat.crypto import BadEnvelope, Envelope, is_signed, signature_of

A_KEY, A_APP = "A" * 43, "wxba5fad812f8e6fb9"
SEALED_JSON = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPx"
    "LKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMu"
    "FUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDr"
    "M1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
OLD_KEY, OLD_APP = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
SEALED_XML = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3"
    "QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48"
    "kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izo"
    "un1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl"
    "/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)

SEALED_ANSWER = (
    "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("AAAAA", "1714036504", "1514711492"), "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        (("AAAAA", "1714037059", "486452656"), "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        (("AAAAA", "1714112445", "415670741"), "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
        (
            ("AAAAA", "1714112445", "415670741", SEALED_JSON),
            "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
        ),
        (
            ("AAAAA", "1713424427", "415670741", SEALED_ANSWER),
            "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1",
        ),
        (
            ("QDG6eK", "1409659813", "1372623149", SEALED_XML),
            "477715d11cdb4164915debcba66cb864d751f3e6",
        ),
    ],
    ids=["address", "plain", "safe", "safe body", "answer", "old demo"],
)
def test_signatures_are_the_published_ones(parts: tuple[str, ...], expected: str) -> None:
    """Ours equal the platform's, and verify."""
    assert signature_of(*parts) == expected
    assert is_signed(expected, *parts)
    assert not is_signed(expected[:-1] + "x", *parts)


def test_the_published_json_push_opens() -> None:
    """Key of 43 letters A, whose last one holds bits that do not count."""
    message = Envelope(A_APP, [A_KEY]).open(SEALED_JSON)

    assert len(message) == 167
    assert orjson.loads(message)["debug_str"] == "hello world"


def test_the_published_xml_push_opens() -> None:
    """The old demo uses the same envelope."""
    message = Envelope(OLD_APP, [OLD_KEY]).open(SEALED_XML)

    assert len(message) == 284
    assert b"<Content><![CDATA[hello]]></Content>" in message


def test_the_published_answer_is_sealed_byte_for_byte() -> None:
    """With the same random bytes the ciphertext is the same."""
    envelope = Envelope(A_APP, [A_KEY])

    assert envelope.seal(b'{"demo_resp":"good luck"}', random=b"707722b803182950") == SEALED_ANSWER


def test_a_push_under_the_previous_key_still_opens() -> None:
    """After a change of keys old pushes keep coming for a while."""
    assert Envelope(A_APP, [OLD_KEY, A_KEY]).open(SEALED_JSON)


@pytest.mark.parametrize(
    ("app_id", "key", "sealed"),
    [
        ("wx0000000000000000", A_KEY, SEALED_JSON),
        (A_APP, OLD_KEY, SEALED_JSON),
        (A_APP, A_KEY, SEALED_JSON[:-24]),
        (A_APP, A_KEY, "not base64!"),
        (A_APP, A_KEY, ""),
    ],
    ids=["other app", "other key", "cut", "no base64", "empty"],
)
def test_what_is_not_for_us_does_not_open(app_id: str, key: str, sealed: str) -> None:
    """Every such push is refused in the same way."""
    with pytest.raises(BadEnvelope):
        Envelope(app_id, [key]).open(sealed)


def test_a_key_of_the_wrong_length_is_refused() -> None:
    """It is a mistake in the settings, found when the account is opened."""
    with pytest.raises(ValueError, match="43"):
        Envelope(A_APP, ["short"])
