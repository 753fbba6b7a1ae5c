"""Decides which addresses may be fetched: public ones, and those the operator allows."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from bot.ports.fetching import FetchFailed, FetchRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """The addresses of `host`, as the operating system resolves them.

    Raises:
        OSError: it does not resolve.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """`allowed` are host names (exact) and networks or addresses that may be reached although
    they are not public."""

    allowed: tuple[str, ...] = ()
    resolve: Resolve = field(default=resolve_by_system)

    def check_url(self, url: str) -> SplitResult:
        """The parts of `url`.

        Raises:
            FetchRefused: it is not a plain http(s) address.
        """
        try:
            parts = urlsplit(url)
            port_is_fine = parts.port is None or parts.port > 0
        except ValueError as error:
            raise FetchRefused("网址写法不正确，请核对后重新填写") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
            raise FetchRefused("只能获取以 http:// 或 https:// 开头的完整网址，请核对")
        if parts.username is not None or parts.password is not None:
            raise FetchRefused("网址中不能带有用户名或密码，请去掉后重新填写")
        return parts

    def addresses_of(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of `host` to connect to, all of them checked.

        Raises:
            FetchRefused: any of them is private, loopback, link-local or reserved.
            FetchFailed: the name does not resolve.
        """
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchFailed(f"找不到网站 {host}，请核对网址是否正确") from error
        if not found:
            raise FetchFailed(f"找不到网站 {host}，请核对网址是否正确")
        if host.lower() not in self._hosts():
            for text in found:
                self._check_address(host, text)
        return tuple(found)

    def _check_address(self, host: str, text: str) -> None:
        address = _innermost(ipaddress.ip_address(text.partition("%")[0]))
        inside = any(
            address.version == network.version and address in network
            for network in self._networks()
        )
        if not inside and not _is_public(address):
            raise FetchRefused(
                f"网站 {host} 位于内部网络或保留地址，出于安全考虑不能获取；"
                "如确需获取，请系统管理员把它加入允许的内部主机"
            )

    def _hosts(self) -> frozenset[str]:
        return frozenset(entry.strip().lower() for entry in self.allowed)

    def _networks(self) -> tuple[Network, ...]:
        return tuple(n for entry in self.allowed if (n := _network(entry)) is not None)


def _network(entry: str) -> Network | None:
    try:
        return ipaddress.ip_network(entry.strip(), strict=False)
    except ValueError:
        return None


def _innermost(address: Address) -> Address:
    """The IPv4 address that an IPv6 address only carries (mapped, 6to4, NAT64)."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    carried = address.ipv4_mapped or address.sixtofour
    if carried is None and address in _NAT64:
        carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return carried or address


def _is_public(address: Address) -> bool:
    teredo = isinstance(address, ipaddress.IPv6Address) and address.teredo is not None
    return address.is_global and not address.is_multicast and not address.is_reserved and not teredo
