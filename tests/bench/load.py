"""Many documents on many hosts of a web on loopback: memory, manners and speed of the fetcher in a process of its own."""

import asyncio
import gzip
import json
import os
import random
import re
import resource
import ssl
import subprocess
import sys
import time
from pathlib import Path

import web

from atlas.fetch import Endpoint, Fetcher, FetchSettings, visit
from atlas.model import DocumentState
from bench.row import Row

TESTS = Path(__file__).resolve().parent.parent

PAUSE = 0.05
"""Seconds, where 5 are kept in earnest."""
MEMORY = 400
"""MiB that are tolerated."""
PAGE_SIZE = 290_000
"""Bytes of a page: the middle of real ones."""


def rows(thorough):
    """Return the rows about 10,000 documents on 500 hosts; about 500 on 50, without TLS, where not `thorough`."""
    documents, hosts, port = (10_000, 500, 443) if thorough else (500, 50, 80)
    with web.started() as net:
        page = web.Reply(200, _page(), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
        for host in range(hosts):
            net.host(_name(host), certificate="*.load.example.com").says("*", page)
        told = _fetch(net, documents, hosts, port)
        most = max(net.most_at_once(_name(host)) for host in range(hosts))
        asked = len(net.requests)
    what = f"{documents:,} documents on {hosts} hosts"
    rate = documents / told["seconds"]
    return [
        Row(
            f"{what}: good looks", f"{documents:,}", f"{told['good']:,}", told["good"] == documents
        ),
        Row(
            f"{what}: peak memory",
            f"<= {MEMORY} MiB",
            f"{told['memory']:.0f} MiB",
            told["memory"] <= MEMORY,
        ),
        Row(f"{what}: requests at once to a host", "1", str(most), most == 1),
        Row(
            f"{what}: rate, with pauses of {PAUSE} s",
            "reported",
            f"{rate:.0f} documents a second ({told['seconds']:.1f} s, {asked:,} requests)",
            holds=True,
        ),
    ]


def _page():
    rng = random.Random(1)
    words = "".join(f"<p>{rng.getrandbits(64):x} you agree to these terms</p>" for _ in range(9000))
    return gzip.compress(words[:PAGE_SIZE].encode(), mtime=0)


def _name(host):
    return f"h{host}.load.example.com"


def _fetch(net, documents, hosts, port):
    """Fetch in another process, so that the server's memory does not count; return what it tells."""
    order = {
        "port": net.ports[port],
        "scheme": "https" if port == 443 else "http",
        "authority": web.authority().cert_pem.bytes().decode(),
        "documents": documents,
        "hosts": hosts,
    }
    ran = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(order),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


async def _run(order):
    """Be that other process."""

    async def resolve(_host, _port):
        return [Endpoint(web.LOOPBACK, order["port"])]

    settings = FetchSettings(
        user_agent=web.USER_AGENT,
        pause=PAUSE,
        jitter=PAUSE / 5,
        resolve=resolve,
        tls=ssl.create_default_context(cadata=order["authority"]),
        private_addresses=frozenset({web.LOOPBACK}),
    )
    hosts = order["hosts"]
    documents = [
        web.watched(f"{order['scheme']}://{_name(n % hosts)}/{n // hosts}", document=f"LO-D-{n:05}")
        for n in range(order["documents"])
    ]
    good = 0

    def found(fetched):
        nonlocal good
        good += fetched.failed is None and len(fetched.bodies[0].content) == PAGE_SIZE

    began = time.monotonic()
    async with Fetcher(settings) as fetcher:
        await visit(
            documents,
            lambda d: fetcher.fetch(
                d, DocumentState(d.document), extractor_is_current=True, last_full=None
            ),
            found,
            next_at=fetcher.next_at,
            hosts_at_once=settings.hosts_at_once,
        )
    return {
        "good": good,
        "seconds": time.monotonic() - began,
        "memory": _peak(),
    }


def _peak():
    """Return the most memory that this process had at once, in MiB.

    Linux hands the peak of whoever started a process on to it (getrusage), so its own is asked for.
    """
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) / 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_run(json.load(sys.stdin)))))
