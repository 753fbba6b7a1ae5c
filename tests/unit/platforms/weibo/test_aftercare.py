"""Taking one's own posts down on Weibo: what is asked, and what the answers mean."""

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import CredentialExpired, NotPermitted, PlatformError
from bot.platforms.weibo.aftercare import WeiboAftercare
from tests.unit.platforms.weibo.stand import MID, Stand, access, refusal, stand, status

OUT = {"platform_post_id": MID}


def aftercare(at: Stand) -> WeiboAftercare:
    return WeiboAftercare(at.http, at.tokens, at.ledger, at.clock)


@pytest.mark.parametrize(
    ("mode", "address"),
    [
        (Mode.SHARE, "https://api.weibo.com/2/statuses/destroy.json"),
        (Mode.COMMERCIAL, "https://c.api.weibo.com/2/statuses/destroy/biz.json"),
    ],
)
def test_a_post_is_destroyed_where_it_was_posted(mode: Mode, address: str) -> None:
    """By its id."""
    at = stand(destroy=status())

    learnt = aftercare(at).take_down(access(mode), OUT)

    assert learnt == {"taken_down": "all"}
    assert str(at.platform.requests[0].url) == address
    assert at.platform.form()["id"] == MID


def test_what_is_gone_already_is_down() -> None:
    """A second try finds what the first one did."""
    learnt = aftercare(stand(destroy=refusal(20101))).take_down(access(), OUT)

    assert learnt["was_down_already"] == "20101"


@pytest.mark.parametrize(
    ("code", "kind"), [(20102, NotPermitted), (10014, NotPermitted), (21327, CredentialExpired)]
)
def test_a_refusal_is_told(code: int, kind: type[PlatformError]) -> None:
    """Somebody else's post, no right, a dead token: a person has to act."""
    with pytest.raises(kind):
        aftercare(stand(destroy=refusal(code))).take_down(access(), OUT)


@pytest.mark.parametrize(
    ("mode", "known"), [(Mode.ARTICLE, OUT), (Mode.SHARE, {})], ids=["article", "no id"]
)
def test_what_no_call_takes_away_is_left_to_a_person(mode: Mode, known: dict[str, str]) -> None:
    """Nothing is asked of the platform."""
    at = stand()

    with pytest.raises(NotPermitted):
        aftercare(at).take_down(access(mode), known)

    assert at.platform.requests == []


def test_nothing_else_is_offered() -> None:
    """Neither previews nor a speed."""
    with pytest.raises(NotPermitted):
        aftercare(stand()).mass_speed(access())
