"""The envelope and the signatures, against the platform's published vectors."""

import pytest

from bot.sandbox.wechat.crypto import BadEnvelope, decrypt, encrypt, is_signed, signature

KEY = "A" * 43
APP_ID = "wxba5fad812f8e6fb9"
C_ENVELOPE = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
    "Zqz"
    "DpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pe"
    "de2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBre"
    "bufAlr7F9mFUPAJGj04="
)
C_MESSAGE = (
    '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY",'
    '"CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)
D_ENVELOPE = (
    "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
)
E_ENVELOPE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUp"
    "j911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue"
    "06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+"
    "3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH"
    "27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8"
    "R07+qN+E7Q=="
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(
            ("AAAAA", "1714036504", "1514711492"),
            "f464b24fc39322e44b38aa78f5edd27bd1441696",
            id="A URL check",
        ),
        pytest.param(
            ("AAAAA", "1714037059", "486452656"),
            "899cf89e464efb63f54ddac96b0a0a235f53aa78",
            id="B plain push",
        ),
        pytest.param(
            ("AAAAA", "1714112445", "415670741"),
            "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
            id="C plain part of a safe push",
        ),
        pytest.param(
            ("AAAAA", "1714112445", "415670741", C_ENVELOPE),
            "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
            id="C safe push",
        ),
        pytest.param(
            ("AAAAA", "1713424427", "415670741", D_ENVELOPE),
            "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1",
            id="D reply",
        ),
        pytest.param(
            ("QDG6eK", "1409659813", "1372623149", E_ENVELOPE),
            "477715d11cdb4164915debcba66cb864d751f3e6",
            id="E old demo",
        ),
    ],
)
def test_a_signature_is_the_published_one(parts, expected):
    """Signatures equal those of the platform's own examples."""
    assert signature(*parts) == expected
    assert is_signed(expected, *parts)


def test_a_published_push_can_be_read():
    """Vector C decrypts to its message."""
    assert decrypt(C_ENVELOPE, aes_key=KEY, app_id=APP_ID) == C_MESSAGE


def test_a_published_reply_is_made_byte_for_byte():
    """Vector D encrypts to its envelope when its random bytes are given."""
    sealed = encrypt(
        '{"demo_resp":"good luck"}', aes_key=KEY, app_id=APP_ID, random=b"707722b803182950"
    )

    assert sealed == D_ENVELOPE


def test_a_key_with_stray_bits_in_its_last_character_still_reads():
    """Vector E's text comes out although its key is not strict base64."""
    key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"

    text = decrypt(E_ENVELOPE, aes_key=key, app_id="wx5823bf96d3bd56c7")

    assert "<Content><![CDATA[hello]]></Content>" in text
    assert "<MsgId>4561255354251345929</MsgId>" in text


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda sealed: sealed[:-4], id="cut"),
        pytest.param(lambda sealed: "*" + sealed[1:], id="not base64"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(
            lambda _: encrypt("x", aes_key=KEY, app_id="wx0000000000000009"), id="other appid"
        ),
        pytest.param(lambda _: encrypt("x", aes_key="B" * 43, app_id=APP_ID), id="other key"),
    ],
)
def test_an_envelope_that_is_not_ours_is_refused(spoil):
    """Nothing is read out of a cut, foreign or broken envelope."""
    with pytest.raises(BadEnvelope):
        decrypt(spoil(encrypt("你好", aes_key=KEY, app_id=APP_ID)), aes_key=KEY, app_id=APP_ID)
