"""大字: larger letters stay with a browser, without any script."""

from bot.domain.people import Role
from tests.unit.console.desk import Desk, send

LARGE = 'class="large-type"'


def test_larger_letters_stay_until_they_are_given_up(busy: Desk) -> None:
    """On every page, and the way leads back to the page where they were asked for."""
    wang = busy.signed_in("wang", *Role)

    before = wang.get("/calendar").text
    on = send(wang, "/settings/type", large="1", back="/releases?state=approved")
    while_on = wang.get("/calendar").text
    send(wang, "/settings/type", large="", back="/")
    after = wang.get("/calendar").text

    assert on.headers["location"] == "/releases?state=approved"
    assert [LARGE in page for page in (before, while_on, after)] == [False, True, False]
    assert 'aria-pressed="true">大字' in while_on


def test_the_switch_leads_nowhere_else(busy: Desk) -> None:
    """The address it goes back to is one of ours."""
    wang = busy.signed_in("wang", Role.AUDITOR)

    answer = send(wang, "/settings/type", large="1", back="https://elsewhere.test/")

    assert answer.headers["location"] == "/"
