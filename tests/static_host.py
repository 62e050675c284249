"""A static host on loopback: a folder under a base path, with the headers that its `_headers` file promises."""

import gzip
import re
import threading
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from atlas.static import inside, media_type

_COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml", "application/wasm")


def read_headers(text):
    """Return the rules of a `_headers` file: pairs of pattern and headers, in order.

    Raises:
        ValueError: a line is neither a pattern, nor a header under one, nor a comment.
    """
    rules = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, value = line.strip().partition(":")
        if line.startswith("/"):
            rules.append((line.strip(), {}))
        elif line.startswith(" ") and colon and value.strip() and rules:
            rules[-1][1][name] = value.strip()
        else:
            raise ValueError(f"_headers:{number}: {line!r} is no rule")
    return rules


def sent_with(rules, path):
    """Return the headers of every rule that matches a path, joined with a comma where two set the same, as hosts do."""
    sent = {}
    for pattern, headers in rules:
        if _expression(pattern).fullmatch(path):
            for name, value in headers.items():
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


@lru_cache
def _expression(pattern):
    """`*` is anything; `:name` is one segment of a path."""
    parts = re.split(r"(\*|:[A-Za-z]\w*)", pattern)
    return re.compile(
        "".join(
            ".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part)
            for part in parts
        )
    )


@lru_cache
def compressed(body):
    """Return bytes as a host sends them; like a host, it does the work once."""
    return gzip.compress(body, mtime=0)


class StaticHost:
    """Serves a folder until `close`; `address` is the root of the site."""

    def __init__(self, folder, base_path="/"):
        self.folder, self.base_path = Path(folder), base_path
        file = self.folder / "_headers"
        self.rules = read_headers(file.read_text(encoding="utf-8")) if file.is_file() else []
        host = self

        class Handler(_Handler):
            of = host

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}{base_path}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, path):
        """Return status, headers and body for a path."""
        file = None
        if path.startswith(self.base_path):
            file = inside(self.folder, "/" + path.removeprefix(self.base_path))
        status = 200 if file and file.is_file() else 404
        if status == 404:
            file = self.folder / "404.html"
        sent = {"Content-Type": media_type(file.suffix), **sent_with(self.rules, path)}
        return status, sent, file.read_bytes() if file.is_file() else b"there is no such page\n"

    def close(self):
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = (
        True  # a visitor who asks again on the same connection would wait 40 ms
    )

    def do_GET(self):
        status, sent, body = self.of.answer(self.path.partition("?")[0])
        if "gzip" in self.headers.get("Accept-Encoding", "") and sent["Content-Type"].startswith(
            _COMPRESSED
        ):
            body = compressed(body)
            sent = {**sent, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.send_response(status)
        for name, value in {**sent, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.do_GET()

    def log_message(self, *arguments):
        """Say nothing: what went wrong shows in the browser."""
