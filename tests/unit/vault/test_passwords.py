"""Passwords of staff."""

import pytest

from bot.vault.passwords import Argon2Passwords


def test_only_the_right_password_fits() -> None:
    """The hash is Argon2id, salted, and says nothing of the password."""
    passwords = Argon2Passwords()

    stored = passwords.hash("正确的密码")

    assert stored.startswith("$argon2id$")
    assert passwords.verify(stored, "正确的密码")
    assert not passwords.verify(stored, "错误的密码")
    assert passwords.hash("正确的密码") != stored


@pytest.mark.parametrize("stored", ["", "plain", "$argon2id$v=19$broken"])
def test_a_broken_hash_fits_nothing(stored: str) -> None:
    """A row that is damaged locks the door rather than crashing it."""
    assert not Argon2Passwords().verify(stored, "plain")
