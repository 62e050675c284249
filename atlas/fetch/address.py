"""Which addresses are gone to: web addresses of public hosts by name, and public IP addresses.

Edge. Records and redirects come from strangers, so an address may lead into the network of the
machine that fetches (server-side request forgery). `checked` judges what is written in an address,
`is_public` what a name turned out to stand for; a connection needs both.
"""

import ipaddress
import re
from dataclasses import dataclass

import httpx

from atlas.fetch.failing import NotFetched
from atlas.model import Failure

LONGEST = 2048
"""Characters of an address."""

_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_UNSEEN = re.compile(r"[\0- \x7f\\]")

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked for."""

    url: str
    """Without fragment."""
    scheme: str
    host: str
    """As it is sent: in ASCII, lower case."""
    path: str

    @property
    def origin(self) -> str:
        """What one robots.txt speaks for (RFC 9309, 2.3): scheme and host; the port follows."""
        return f"{self.scheme}://{self.host}"


def checked(url: str) -> Target:
    """Return an address, taken apart.

    Raises NotFetched (refused address) where it is none that we go to: another scheme than http and
    https, a user name, a port that is not the scheme's own, or a host that is not a name with a dot.
    """
    shown = _shown(url)
    if len(url) > LONGEST:
        raise _refused(f"The address `{shown}` has {len(url):,} characters, more than {LONGEST:,}.")
    if _UNSEEN.search(url):
        raise _refused(f"The address `{shown}` holds a blank, a control character or a backslash.")
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise _refused(f"`{shown}` is no address.") from None
    if parsed.scheme not in _PORTS:
        raise _refused(f"The address `{shown}` is not one of the web.")
    if parsed.userinfo:
        raise _refused(f"The address `{shown}` holds a user name.")
    if parsed.port not in {None, _PORTS[parsed.scheme]}:
        raise _refused(f"The address `{shown}` names port {parsed.port}, which we do not go to.")
    if not _is_name(host):
        raise _refused(f"The host of `{shown}` is not a public name.")
    clean = parsed.copy_with(fragment=None, port=None)
    return Target(str(clean), parsed.scheme, host, clean.raw_path.decode("ascii"))


def joined(base: str, location: str) -> str:
    """Return the address that a redirect names (RFC 9110, 10.2.2).

    Raises NotFetched (refused address) where it is none.
    """
    if _UNSEEN.search(location) or len(location) > LONGEST:
        raise _refused(f"A redirect leads to `{_shown(location)}`, which is no address.")
    try:
        return str(httpx.URL(base).join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise _refused(f"A redirect leads to `{_shown(location)}`, which is no address.") from None


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, whatever it is wrapped in.

    An IPv4 address may hide in an IPv6 one: mapped (RFC 4291, 2.5.5) or translated (RFC 6052), then it is
    the one that counts; in 6to4 (RFC 3056) and Teredo (RFC 4380), then both have to be public.
    """
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(at, ipaddress.IPv4Address):
        return _is_public(at)
    if at.scope_id is not None or at in _NAT64_LOCAL:
        return False
    if at.ipv4_mapped is not None:
        return _is_public(at.ipv4_mapped)
    if at in _NAT64:
        return _is_public(ipaddress.IPv4Address(int(at) & 0xFFFFFFFF))
    return _is_public(at) and all(_is_public(each) for each in _embedded(at))


def _embedded(at: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    if at.sixtofour is not None:
        return (at.sixtofour,)
    if at.teredo is not None:
        return at.teredo
    return ()


def _is_public(at: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return at.is_global and not (at.is_multicast or at.is_reserved or at.is_unspecified)


def _is_name(host: str) -> bool:
    """Whether a host is a name with a dot: 2130706433, 0x7f.1 and 0177.1 are numbers to many a resolver."""
    labels = host.removesuffix(".").split(".")
    return (
        len(labels) > 1
        and len(host) <= 253
        and all(_LABEL.fullmatch(label) for label in labels)
        and not _NUMBER.fullmatch(labels[-1])
        and labels[-1] != "localhost"
    )


def _shown(url: str) -> str:
    plain = "".join(c if c.isprintable() and c != "`" else "?" for c in url)
    return plain if len(plain) <= 200 else plain[:200] + "…"


def _refused(detail: str) -> NotFetched:
    return NotFetched(Failure.REFUSED_ADDRESS, detail)
