"""An account's badge is its own, and stays the same."""

from bot.domain.accounts.badge import COLOUR, Colour, colour_of, initials_of
from bot.domain.ids import AccountId
from tests import factories as make


def test_a_chosen_colour_is_worn() -> None:
    """A word that is no colour is as good as none."""
    plain, odd = make.account(), make.account(options={COLOUR: "plaid"})

    assert colour_of(make.account(options={COLOUR: "olive"})) is Colour.OLIVE
    assert colour_of(odd) is colour_of(plain)


def test_accounts_without_a_choice_are_spread_over_the_colours() -> None:
    """By their id, so that nothing changes from page to page."""
    worn = {colour_of(make.account(id=AccountId(f"acc_{n}"))) for n in range(40)}

    assert worn == set(Colour)


def test_accounts_that_begin_alike_have_different_characters() -> None:
    """A name of one character is taken whole."""
    assert [initials_of(name) for name in ("云岭发布", "云岭住建", "云")] == ["发布", "住建", "云"]
