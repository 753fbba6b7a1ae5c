"""Which addresses may be fetched."""

import pytest

from bot.fetching.guard import Guard
from bot.ports.fetching import FetchFailed, FetchRefused


def _guard(*addresses: str, allowed: tuple[str, ...] = ()) -> Guard:
    return Guard(allowed, resolve=lambda host, port: addresses)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.5.5",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_refuses_every_address_that_is_not_public(address: str) -> None:
    """Private, loopback, link-local, reserved, and IPv6 forms that carry such an address."""
    with pytest.raises(FetchRefused, match="内部网络"):
        _guard(address).addresses_of("policy.example", 80)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    """A name that resolves to both is a trap."""
    with pytest.raises(FetchRefused):
        _guard("93.184.216.34", "127.0.0.1").addresses_of("policy.example", 80)


@pytest.mark.parametrize("allowed", ["10.1.0.0/16", "10.1.2.3", "oa.example", " OA.example "])
def test_the_operator_can_allow_a_network_or_a_host(allowed: str) -> None:
    """An office's own release system is reached by naming it."""
    guard = _guard("10.1.2.3", allowed=(allowed,))

    assert guard.addresses_of("oa.example", 80) == ("10.1.2.3",)


def test_an_allowed_host_does_not_allow_its_neighbours() -> None:
    """Only the very name is allowed."""
    with pytest.raises(FetchRefused):
        _guard("10.1.2.3", allowed=("oa.example",)).addresses_of("evil.oa.example", 80)


def test_public_addresses_pass() -> None:
    """The rule is no obstacle to the ordinary web."""
    found = ("93.184.216.34", "2606:2800:220:1::1")

    assert _guard(*found).addresses_of("policy.example", 443) == found


def test_a_name_that_does_not_resolve_failed() -> None:
    """Nothing was refused; the message names the host."""

    def nowhere(host: str, port: int) -> tuple[str, ...]:
        raise OSError("no such host")

    with pytest.raises(FetchFailed, match=r"policy\.example"):
        Guard(resolve=nowhere).addresses_of("policy.example", 80)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a.example/",
        "//a.example/x",
        "http://",
        "http://user:pass@a.example/",
        "http://[::1/",
        "http://a.example:99999/",
        "javascript:alert(1)",
        "",
    ],
)
def test_refuses_what_is_no_plain_web_address(url: str) -> None:
    """Other schemes, credentials and broken addresses are never tried."""
    with pytest.raises(FetchRefused):
        Guard().check_url(url)
