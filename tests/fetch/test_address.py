"""Which addresses are gone to."""

import ipaddress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atlas.fetch.address import LONGEST, checked, is_public, joined
from atlas.fetch.failing import NotFetched
from atlas.model import Failure


@pytest.mark.parametrize(
    ("url", "asked", "host"),
    [
        ("https://docs.example.com", "https://docs.example.com", "docs.example.com"),
        ("https://Docs.Example.COM/A?b=C#d", "https://docs.example.com/A?b=C", "docs.example.com"),
        ("https://docs.example.com:443/", "https://docs.example.com/", "docs.example.com"),
        ("http://docs.example.com:80/", "http://docs.example.com/", "docs.example.com"),
        (
            "https://bücher.example.com/",
            "https://xn--bcher-kva.example.com/",
            "xn--bcher-kva.example.com",
        ),
        ("https://a_b.example.com./", "https://a_b.example.com./", "a_b.example.com."),
        ("https://4.example.com/", "https://4.example.com/", "4.example.com"),
    ],
)
def test_a_public_name_is_gone_to_as_it_is_written(url, asked, host):
    target = checked(url)
    assert (target.url, target.host) == (asked, host)


def test_a_long_address_is_refused():
    url = "https://docs.example.com/" + "a" * LONGEST
    with pytest.raises(NotFetched) as refused:
        checked(url)
    assert refused.value.failed.reason == Failure.REFUSED_ADDRESS
    assert len(refused.value.failed.detail) < 400


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://docs.example.com", "//"]))
@example("[::1", "https://")
@example("docs.example.com:abc/", "https://")
@example("\ud800.example.com/", "https://")
def test_whatever_is_written_is_either_a_name_on_its_own_port_or_refused(text, before):
    for judge in (checked, lambda url: checked(joined("https://docs.example.com/", url))):
        try:
            target = judge(before + text)
        except NotFetched as refused:
            assert refused.failed.reason == Failure.REFUSED_ADDRESS  # noqa: PT017 - either way is right
            continue
        assert target.scheme in {"http", "https"}
        assert "@" not in target.origin
        assert target.url.startswith((target.origin + "/", target.origin + "?")) or (
            target.url == target.origin
        )
        with pytest.raises(ValueError, match="address"):
            ipaddress.ip_address(target.host)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "2606:2800:21f:cb07::1",
        "64:ff9b::5db8:d70e",
        "::ffff:93.184.215.14",
        "2002:5db8:d70e::1",
    ],
)
def test_a_public_address_is_public_whatever_it_is_wrapped_in(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_as_public_as_each_ipv6_form_that_carries_it(at):
    forms = [
        ipaddress.IPv6Address(0xFFFF << 32 | int(at)),
        ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | int(at)),
        ipaddress.IPv6Address(0x2002 << 112 | int(at) << 80),
    ]
    if not is_public(str(at)):
        assert not any(is_public(str(form)) for form in forms)


@given(st.ip_addresses())
def test_no_address_of_a_local_network_is_public(at):
    if at.is_private or at.is_loopback or at.is_link_local or at.is_multicast:
        mapped = getattr(at, "ipv4_mapped", None)
        assert not is_public(str(at)) or (mapped and is_public(str(mapped)))


@pytest.mark.parametrize(
    "text", ["", "docs.example.com", "fe80::1%eth0", "1.2.3", "0x7f.0.0.1", "2130706433"]
)
def test_what_is_no_address_is_not_public(text):
    assert not is_public(text)
