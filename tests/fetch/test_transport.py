"""What is relied on of httpx and httpcore, and that nothing else is reached."""

import asyncio
import inspect
import ssl

import httpcore
import httpx
import pytest
from web import LOOPBACK, watched

from atlas.fetch.network import CheckedNetwork
from atlas.fetch.settings import Endpoint, FetchSettings, resolved_by_system
from atlas.fetch.transport import Transport

URL = "https://docs.example.com/terms"


def test_httpx_and_httpcore_have_what_the_transport_is_built_on():
    pool = inspect.signature(httpcore.AsyncConnectionPool).parameters
    used = (
        "ssl_context max_connections max_keepalive_connections http1 http2 retries network_backend"
    )
    assert set(used.split()) <= set(pool)
    connect = inspect.signature(httpcore.AsyncNetworkBackend.connect_tcp).parameters
    own = inspect.signature(CheckedNetwork.connect_tcp).parameters
    assert list(own) == list(connect), "httpcore calls it by these names"
    assert isinstance(httpcore.AnyIOBackend(), httpcore.AsyncNetworkBackend)
    assert set("status_code headers stream extensions".split()) <= set(
        inspect.signature(httpx.Response).parameters
    )
    url = httpx.URL("https://docs.example.com/a?b")
    assert (url.raw_scheme, url.raw_host, url.port, url.raw_path) == (
        b"https",
        b"docs.example.com",
        None,
        b"/a?b",
    )
    assert issubclass(httpcore.ConnectError, httpcore.NetworkError)
    assert issubclass(httpcore.ConnectTimeout, httpcore.TimeoutException)
    assert issubclass(httpcore.RemoteProtocolError, httpcore.ProtocolError)


def test_nothing_private_of_httpx_is_touched():
    """The transport that httpx brings keeps its pool in `_pool`: ours has one of its own, and is not that class."""
    assert Transport.__mro__[1] is httpx.AsyncBaseTransport
    assert not isinstance(Transport(FetchSettings(user_agent="x")), httpx.AsyncHTTPTransport)


def test_public_authorities_are_trusted_and_names_verified_unless_a_test_says_otherwise():
    context = httpx.create_ssl_context(trust_env=False)
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.cert_store_stats()["x509_ca"] > 50
    assert FetchSettings(user_agent="x").tls is None


def test_the_environment_names_no_proxy_and_no_authority(net, monkeypatch, tmp_path):
    net.host("docs.example.com").page("/terms", "words")
    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    (tmp_path / "netrc").write_text("machine docs.example.com login me password secret\n")
    assert net.fetch(watched(URL)).failed is None
    assert not any("authorization" in each.headers for each in net.requests)


def test_the_second_address_is_tried_where_the_first_does_not_answer(net):
    net.host("docs.example.com").page("/terms", "words")

    async def resolve(host, port):
        closed = Endpoint(LOOPBACK, 9)
        return [closed, Endpoint(LOOPBACK, net.ports[port])]

    assert net.fetch(watched(URL), resolve=resolve).failed is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_system_resolver_gives_addresses_with_the_port(host):
    found = asyncio.run(resolved_by_system(host, 443))
    assert Endpoint(LOOPBACK, 443) in found
