"""Where the worker may connect to: only what the operator of the deployment allowed.

A name is resolved once and the connection made to that very address, so that a name that changes
between the look and the call reaches nothing. An address inside (private, loopback, link-local) is
reached only where a network of the list holds it.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.exchange.outbox.places import ENTRY, is_directory_entry
from app.exchange.wire.failures import WireFailure

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
UNIX = "unix:"
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """Where a server is: a socket of this machine, or scheme, host and port."""

    scheme: str
    host: str
    port: int
    socket: str = ""

    @property
    def entry(self) -> str:
        """As the list writes it."""
        return f"{UNIX}{self.socket}" if self.socket else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Pinned:
    """A target with the one address to connect to."""

    target: Target
    address: str = ""


def target_of(url: str) -> Target:
    """The parts of an address; ``WireFailure("address_form")`` for what is none."""
    if url.startswith(f"{UNIX}/"):
        return Target("http", "unit", 0, url.removeprefix(UNIX))
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise WireFailure("address_form") from error
    is_plain = parts.path in ("", "/") and not (
        parts.query or parts.fragment or "@" in parts.netloc
    )
    if not (port and parts.hostname and is_plain):
        raise WireFailure("address_form")
    return Target(parts.scheme, parts.hostname.lower(), port)


def pin(url: str, allowed: Iterable[str]) -> Pinned:
    """The address to connect to, if the list allows it.

    ``WireFailure``: ``address_form``, ``address_not_allowed``, ``name_unknown``,
    ``address_inside``, ``plain_http``.
    """
    target, entries = target_of(url), list(allowed)
    if target.socket:
        if target.entry not in entries:
            raise WireFailure("address_not_allowed")
        return Pinned(target)
    networks = [network for entry in entries if (network := network_of(entry)) is not None]
    is_named = target.entry in entries
    found = _resolved(target)
    if not is_named and not all(_within(address, networks) for address in found):
        raise WireFailure("address_not_allowed")
    literal = _literal(target.host) is not None
    for address in found:
        if not address.is_global and not _within(address, networks) and not (literal and is_named):
            raise WireFailure("address_inside")
        if target.scheme == "http" and not address.is_loopback:
            raise WireFailure("plain_http")
    return Pinned(target, str(found[0]))


def network_of(entry: str) -> Network | None:
    """The network that an entry of the list names; None for a host or a socket."""
    if "/" not in entry or entry.startswith((UNIX, ENTRY)):
        return None
    try:
        return ipaddress.ip_network(entry)
    except ValueError:
        return None


def is_entry(text: str) -> bool:
    """Whether a text can stand in the list."""
    if text.startswith(f"{UNIX}/") or is_directory_entry(text) or network_of(text) is not None:
        return True
    host, _, port = text.rpartition(":")
    return bool(host) and host == host.lower() and "/" not in text and port.isdigit()


def _resolved(target: Target) -> list[Address]:
    literal = _literal(target.host)
    if literal is not None:
        return [literal]
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WireFailure("name_unknown") from error
    return [_plain(ipaddress.ip_address(str(row[4][0]).partition("%")[0])) for row in found]


def _literal(host: str) -> Address | None:
    try:
        return _plain(ipaddress.ip_address(host))
    except ValueError:
        return None


def _plain(address: Address) -> Address:
    """An IPv4 address that is written as IPv6 is the same address."""
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)
