"""Keys derived from the installation's secret."""

import pytest

from bot.vault.keys import Purpose, derive, derive_all

OLD, NEW = "o" * 32, "n" * 32


def test_every_purpose_has_its_own_key() -> None:
    """A key that leaks from one place opens no other."""
    keys = {derive(OLD, purpose) for purpose in Purpose}

    assert len(keys) == len(Purpose)
    assert {len(key) for key in keys} == {32}


def test_a_key_is_the_same_in_every_process() -> None:
    """The derivation never changes: stored secrets depend on it."""
    assert derive(OLD, Purpose.LINKS).hex().startswith("a93f903556e8b723")


@pytest.mark.parametrize("purpose", [Purpose.SECRETS, Purpose.SESSIONS, Purpose.LINKS])
def test_the_first_key_counts_while_rotating(purpose: Purpose) -> None:
    """A new key is put in front; spaces around commas do not matter."""
    assert derive(f"{NEW}, {OLD}", purpose) == derive(NEW, purpose)
    assert derive_all(f"{NEW},{OLD}", purpose) == (derive(NEW, purpose), derive(OLD, purpose))


def test_the_audit_chain_keeps_the_oldest_key() -> None:
    """Records sealed before a rotation verify after it."""
    assert derive(f"{NEW},{OLD}", Purpose.AUDIT) == derive(OLD, Purpose.AUDIT)


def test_no_secret_key_is_refused() -> None:
    """Deriving from nothing would give everybody the same keys."""
    with pytest.raises(ValueError, match="TONGBU_SECRET_KEY"):
        derive(" , ", Purpose.SECRETS)
