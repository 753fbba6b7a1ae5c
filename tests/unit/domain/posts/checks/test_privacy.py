"""Personal data that a post would make public. All numbers are invented."""

import pytest

from tests.unit.domain.posts.checks.posts import article, found, short, source


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("身份证号11010519491231002X", "身份证号码"),
        ("联系人手机13900001234", "手机号码"),
    ],
)
def test_numbers_of_people_stop_a_post_and_are_not_repeated(words: str, kind: str) -> None:
    """The finding shows where, by the last two signs."""
    (hit,) = found(article(html=f"<p>{words}</p>"), "personal_number")

    assert hit.is_in_the_way
    assert kind in hit.message
    assert words[-8:] not in hit.message
    assert words[-2:] in hit.message


@pytest.mark.parametrize("phone", ["0800-1234567", "12345", "400-123-4567"])
def test_telephones_of_offices_are_meant_to_be_public(phone: str) -> None:
    assert found(short(f"咨询电话：{phone}"), "personal_number") == []


def test_the_mobile_the_office_gave_as_its_contact_is_public() -> None:
    given = source(contact="李同志 13900001234")

    assert found(short("咨询13900001234"), "personal_number", given) == []


def test_a_door_asks_for_a_look() -> None:
    """It may be the office's own."""
    (hit,) = found(short("住址：云岭市青河路12号3单元501室"), "personal_door")

    assert not hit.is_in_the_way
