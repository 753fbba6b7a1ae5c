"""A provider with a key, and our side of it."""

import pytest

from bot.signon.provider import OidcProvider, ProviderSettings
from tests.factories import NOW
from tests.fakes.clock import StillClock
from tests.fakes.identity_provider import CLIENT, ISSUER, SECRET, LocalProvider, Signer

SETTINGS = ProviderSettings(
    ISSUER,
    CLIENT,
    returns_to="https://tongbu.example/login/oidc/return",
    leaves_to="https://tongbu.example/login",
    client_secret=SECRET,
)


@pytest.fixture(scope="session")
def signer() -> Signer:
    """Drawn once: keys take their time."""
    return Signer("key-1")


@pytest.fixture
def clock() -> StillClock:
    """Both sides look at it."""
    return StillClock(NOW)


@pytest.fixture
def office(signer: Signer, clock: StillClock) -> LocalProvider:
    """The office's provider."""
    return LocalProvider(clock, signer=signer)


@pytest.fixture
def ours(office: LocalProvider, clock: StillClock) -> OidcProvider:
    """Our side."""
    return OidcProvider(SETTINGS, office.client(), clock)
