"""Secrets at rest."""

import pytest

from bot.ports.vault import SecretUnreadable
from bot.vault.secrets import FernetVault

OLD, NEW = "o" * 32, "n" * 32
SECRETS = {"app_secret": "云-secret", "token": ""}


def test_what_was_sealed_is_opened() -> None:
    """Names and values come back; the sealed text shows neither."""
    vault = FernetVault(OLD)

    sealed = vault.seal(SECRETS)

    assert vault.open(sealed) == SECRETS
    assert "secret" not in sealed


def test_old_seals_open_after_a_rotation() -> None:
    """The former key behind the comma still opens; new seals need the new key."""
    old, rotated = FernetVault(OLD), FernetVault(f"{NEW},{OLD}")

    assert rotated.open(old.seal(SECRETS)) == SECRETS
    with pytest.raises(SecretUnreadable):
        old.open(rotated.seal(SECRETS))


@pytest.mark.parametrize("sealed", ["", "no seal", FernetVault(NEW).seal(SECRETS)])
def test_what_cannot_be_opened_names_the_setting(sealed: str) -> None:
    """The message says which setting to look at, and nothing of the content."""
    with pytest.raises(SecretUnreadable, match="TONGBU_SECRET_KEY"):
        FernetVault(OLD).open(sealed)
