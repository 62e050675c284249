"""A web of virtual hosts on loopback, over HTTP and HTTPS, for tests that fetch.

    with web.started() as net:                       # a server in a thread of its own
        docs = net.host("docs.example.com")          # any name with a dot; https and http at once
        docs.page("/terms", "<p>You agree.</p>")     # answers 200, text/html
        docs.says("/busy", Reply(503), Reply(200, "<p>Now.</p>"))   # one after the other; the last one stays
        docs.robots("User-agent: *\\nDisallow: /private")            # else 404
        settings = net.settings()                    # FetchSettings: this web's names, authority and clock
        fetched = net.fetch(watched("https://docs.example.com/terms"))   # one look, with a Fetcher of its own
        net.asked("docs.example.com")                # what was asked: Request(host, method, path, headers, scheme)
        net.paths("docs.example.com")                # paths only, robots.txt left out
        net.most_at_once("docs.example.com")         # most requests under way at one time
        net.connections                              # how many connections were made at all
        net.resolved                                 # names that were asked for, in order

- `Reply(status, body, headers)`: a body is text or bytes; `Content-Length` is added unless given or `length=False`.
- `Raw(function)`: `async def function(reader, writer)` writes the answer by hand (drips, lies, silence).
- `net.host(name, certificate=...)`: `EXPIRED`, `SELF_SIGNED`, `STRANGER` (another authority) or a name that it is made for.
- `net.leads(name, [...], [...])`: what a name resolves to, look-up after look-up; the last list stays. `LOOPBACK` stands for this server.
- `net.clock`: a `FakeClock`; all sleeping returns at once and is listed in `net.clock.slept`. It starts on 2026-11-22, 05:17 UTC.
- `watched(*urls, ...)`: a `Watched` with these sources; `held(...)`: a `DocumentState` that holds a text.

Names end where the test wants; nothing leaves the machine. The certificates come from an authority that
is thrown away with the process.
"""

import asyncio
import datetime as dt
import gzip
import socket
import ssl
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

import trustme

from atlas.fetch import Endpoint, Fetcher, FetchSettings
from atlas.model import DocumentState, Source, TextRef, TextSeen, Watched

START = dt.datetime(2026, 11, 22, 5, 17, tzinfo=dt.UTC)
USER_AGENT = "SampleBot/1.0 (+https://sample.example/bot/)"
LOOPBACK = "127.0.0.1"

EXPIRED = "expired"
SELF_SIGNED = "self-signed"
STRANGER = "stranger"


@dataclass(frozen=True)
class Reply:
    """An answer of a server."""

    status: int = 200
    body: str | bytes = b""
    headers: dict = field(default_factory=dict)
    length: bool = True
    """Whether `Content-Length` is added."""


@dataclass(frozen=True)
class Raw:
    """An answer that a test writes by hand."""

    write: object
    """`async def write(reader, writer)`, after the request was read."""


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    host: str
    method: str
    path: str
    headers: dict
    """Names in lower case."""
    scheme: str
    body: bytes = b""


def zipped(body, **headers):
    """A page sent as gzip."""
    packed = gzip.compress(body.encode() if isinstance(body, str) else body, mtime=0)
    return Reply(200, packed, {"Content-Type": "text/html", "Content-Encoding": "gzip", **headers})


def redirect(to, status=302):
    """A redirect."""
    return Reply(status, b"", {"Location": to})


def watched(*urls, document="SA-D-00001", language="en", **of_source):
    """A document with these addresses, whatever their scheme."""
    sources = tuple(
        Source.model_construct(
            url=url, **{"select": None, "remove": (), "render": False, **of_source}
        )
        for url in urls
    )
    return Watched(document, "acme", sources, language, ())


def held(
    url, *, etag=None, last_modified=None, document="SA-D-00001", extractor="html-v1", sha="a" * 64
):
    """The state of a document of which a text is held that came from `url`."""
    text = TextSeen(
        document, TextRef(sha, 1000), None, ("b" * 64,), "Terms", "en", extractor, (url,)
    )
    return DocumentState(document, text, (sha,), (), None, etag=etag, last_modified=last_modified)


class FakeClock:
    """A clock that jumps: whoever sleeps wakes at once, and the time is then what it would have been."""

    def __init__(self, start=START):
        self.start = start
        self.at = 1000.0
        self.slept = []

    def now(self):
        return self.start + dt.timedelta(seconds=self.at - 1000.0)

    def monotonic(self):
        return self.at

    async def sleep(self, seconds):
        self.slept.append(seconds)
        until = self.at + seconds
        await asyncio.sleep(0)
        self.at = max(self.at, until)


class Host:
    """One virtual host."""

    def __init__(self, name):
        self.name = name
        self.answers = {"/robots.txt": [Reply(404)]}

    def says(self, path, *answers):
        """Answer a path with these, one after the other; the last one stays."""
        self.answers[path] = list(answers)
        return self

    def page(self, path, body, content_type="text/html; charset=utf-8", **headers):
        """Answer 200 with a page."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.says(path, Reply(200, body, {"Content-Type": content_type, **named}))

    def robots(self, body, status=200, **headers):
        """Publish a robots.txt."""
        return self.says(
            "/robots.txt", Reply(status, body, {"Content-Type": "text/plain", **headers})
        )

    def next_answer(self, path):
        answers = self.answers.get(path) or self.answers.get("*") or [Reply(404, "No such page.")]
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Net:
    """The web that a test made."""

    def __init__(self):
        self.hosts = {}
        self.clock = FakeClock()
        self.requests = []
        self.connections = 0
        self.resolved = []
        self.ports = {}
        self._certificates = {}
        self._leads = {}
        self._under_way = Counter()
        self._most = Counter()
        self._writers = set()

    # --- what a test says and asks ---

    def host(self, name, certificate=None):
        """Return a host, made on the first call."""
        if certificate:
            self._certificates[name] = certificate
        return self.hosts.setdefault(name, Host(name))

    def leads(self, name, *lookups):
        """Say what a name resolves to, look-up after look-up."""
        self._leads[name] = [list(each) for each in lookups]

    def settings(self, **settings):
        """Settings of a fetcher that lives in this web. Anything may be set otherwise."""
        return FetchSettings(
            **{
                "user_agent": USER_AGENT,
                "resolve": self.resolve,
                "tls": trusting(),
                "clock": self.clock,
                "chance": lambda: 0.5,
                "private_addresses": frozenset({LOOPBACK}),
                **settings,
            }
        )

    def fetch(self, document, state=None, *, current=True, last_full=None, **settings):
        """Look at a document once, with a fetcher of its own."""

        async def look():
            async with Fetcher(self.settings(**settings)) as fetcher:
                return await fetcher.fetch(
                    document, state or DocumentState(document.document), current, last_full
                )

        return asyncio.run(look())

    def asked(self, host):
        """Return what a host was asked, in order."""
        return [request for request in self.requests if request.host == host]

    def paths(self, host):
        """Return the paths that a host was asked for, robots.txt left out."""
        return [each.path for each in self.asked(host) if each.path != "/robots.txt"]

    def most_at_once(self, host):
        """Return how many requests to a host were under way at one time, at most."""
        return self._most[host]

    async def resolve(self, host, port):
        """Resolve as the test said: a host of this web leads here, any other name nowhere."""
        self.resolved.append(host)
        here = self.ports[port]
        if host in self._leads:
            lookups = self._leads[host]
            addresses = lookups.pop(0) if len(lookups) > 1 else lookups[0]
            return [Endpoint(at, here if at == LOOPBACK else port) for at in addresses]
        if host in self.hosts:
            return [Endpoint(LOOPBACK, here)]
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    # --- the server ---

    async def start(self):
        plain = await asyncio.start_server(self._plain, LOOPBACK, 0)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.sni_callback = self._choose
        authority().issue_cert("unnamed.invalid").configure_cert(tls)
        secure = await asyncio.start_server(self._secure, LOOPBACK, 0, ssl=tls)
        self.ports = {
            80: plain.sockets[0].getsockname()[1],
            443: secure.sockets[0].getsockname()[1],
        }
        return plain, secure

    def _choose(self, connection, name, _):
        wanted = self._certificates.get(name, name or "unnamed.invalid")
        connection.context = presenting(wanted, name)

    async def _plain(self, reader, writer):
        await self._serve(reader, writer, "http")

    async def _secure(self, reader, writer):
        await self._serve(reader, writer, "https")

    async def _serve(self, reader, writer, scheme):
        self.connections += 1
        self._writers.add(writer)
        try:
            await self._answer(reader, writer, scheme)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, reader, writer, scheme):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        headers = {name.lower(): value for name, value in headers.items()}
        name = headers.get("host", "").split(":")[0]
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.requests.append(Request(name, method, path, headers, scheme, body))
        self._under_way[name] += 1
        self._most[name] = max(self._most[name], self._under_way[name])
        try:
            answer = self.host(name).next_answer(path.split("?")[0])
            if callable(answer):
                answer = answer(self.requests[-1])
            if isinstance(answer, Raw):
                await answer.write(reader, writer)
            else:
                writer.write(rendered(answer))
                await writer.drain()
        finally:
            self._under_way[name] -= 1


def rendered(reply):
    """Return a reply as it is sent."""
    body = reply.body.encode() if isinstance(reply.body, str) else reply.body
    headers = {"Connection": "close", **reply.headers}
    if reply.length and "Content-Length" not in headers and reply.status != 304:
        headers["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {reply.status} Whatever\r\n{lines}\r\n".encode("latin-1") + body


@contextmanager
def started():
    """Give a running web; everything under way ends with it."""
    net = Net()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def run():
        servers = await net.start()
        ready.set()
        await stop.wait()
        for server in servers:
            server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    def live():
        loop.set_exception_handler(lambda *_: None)  # broken handshakes are what tests are about
        loop.run_until_complete(run())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield net
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


# --- certificates ---


@cache
def authority():
    """The authority that tests trust."""
    return trustme.CA()


@cache
def trusting():
    """A context that verifies names and trusts the authority of the tests, and nobody else."""
    context = ssl.create_default_context(cadata=authority().cert_pem.bytes().decode())
    assert context.check_hostname
    return context


@cache
def presenting(wanted, name):
    """A server's context for a host: `wanted` is a kind of fault, or the name that the certificate is made for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    day = dt.timedelta(days=1)
    now = dt.datetime.now(dt.UTC)
    if wanted == EXPIRED:
        certificate = authority().issue_cert(name, not_before=now - 9 * day, not_after=now - day)
    elif wanted == STRANGER:
        certificate = trustme.CA().issue_cert(name)
    elif wanted == SELF_SIGNED:
        own = trustme.CA()
        with own.private_key_pem.tempfile() as key, own.cert_pem.tempfile() as cert:
            context.load_cert_chain(cert, key)
        return context
    else:
        certificate = authority().issue_cert(wanted)
    certificate.configure_cert(context)
    return context
