"""What a number is: somebody's, an office's, or only one of many that look alike."""

import pytest

from bot.domain.personal.found import PersonalKind
from bot.domain.personal.masking import find_numbers_and_doors, hide_most
from bot.domain.personal.numbers import has_credit_code_digit, is_certain, is_mobile


def test_codes_of_organisations_are_no_cards() -> None:
    """Eighteen digits, and one in ten has the check digit of a card too."""
    assert has_credit_code_digit("91350100M000100Y43")
    assert not has_credit_code_digit("91350100M000100Y44")
    assert not has_credit_code_digit("9135")
    assert not has_credit_code_digit("91350100I000100Y43")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13900001234", True),
        ("+86 139-0000-1234", True),
        ("一三九零零零零一二三四", True),
        ("0571-87654321", False),
        ("86123456", False),
        ("12345", False),
    ],
)
def test_mobile_telephones_are_told_from_others(written: str, expected: bool) -> None:
    """Land lines and service numbers are published on purpose."""
    assert is_mobile(written) is expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("11010519491231002X", PersonalKind.ID_NUMBER, True),
        ("110105194912310021", PersonalKind.ID_NUMBER, False),
        ("身份证号：110105194912310021", PersonalKind.ID_NUMBER, True),
        ("受理编号：11010519491231002X", PersonalKind.ID_NUMBER, False),
        ("6222021234567890128", PersonalKind.BANK_CARD, True),
        ("设备编号：6222021234567890128", PersonalKind.BANK_CARD, False),
        ("4111111111111111", PersonalKind.BANK_CARD, False),
        ("卡号4111111111111111", PersonalKind.BANK_CARD, True),
        ("缴款账号：1202020209900012345", PersonalKind.BANK_CARD, False),
        ("湘A12345", PersonalKind.PLATE, True),
    ],
)
def test_a_number_is_certain_by_its_check_digit_or_the_words_before_it(
    text: str, kind: PersonalKind, expected: bool
) -> None:
    """What is not, somebody looks at; it stands in nobody's way."""
    (found,) = find_numbers_and_doors(text)

    assert (found.kind, is_certain(found, text)) == (kind, expected)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("11010519491231002X", "11**************2X"),
        ("3幢2单元501室", "*幢*单元***室"),
        ("湘A12345", "湘A***45"),
        ("12号", "**号"),
    ],
)
def test_an_example_shows_its_place_only(written: str, shown: str) -> None:
    """The ends of a number, the words of an address."""
    assert hide_most(written) == shown
