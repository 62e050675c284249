"""The Wayback Machine's Save Page Now as far as we use it, on a web of a test's own.

archive = ArchiveServer(net)                         # answers at https://archive.example.com
archive.holds("https://a.example.com/terms", html)   # what a copy of an address will show; else the archive's own fault
archive.slow(url, polls=3)                           # the job is pending so often
archive.refuses(url, "error:blocked-url", "...")     # the job ends with an error
archive.says("/save", Reply(...))                    # any path answers by hand
archive.settings()                                   # ArchiveSettings that lead here
archive.saved                                        # addresses handed in, each with the moment on the web's clock
"""

import json
from urllib.parse import parse_qs, urlsplit

from web import Reply

from atlas.archive import ArchiveSettings

HOST = "archive.example.com"
STAMP = "20261122051800"


class ArchiveServer:
    """One archive."""

    def __init__(self, net):
        self.net, self.host = net, net.host(HOST)
        self.copies, self.pending, self.errors, self.asked = {}, {}, {}, []
        self.jobs = {}
        self.host.says("*", self.answer)

    def holds(self, url, page, content_type="text/html", status=200):
        self.copies[url] = Reply(status, page, {"Content-Type": content_type})

    def slow(self, url, polls):
        self.pending[url] = polls

    def refuses(self, url, code, message):
        self.errors[url] = {"status": "error", "status_ext": code, "message": message}

    def says(self, path, *answers):
        self.host.says(path, *answers)

    def settings(self, **more):
        return ArchiveSettings(**{"key": "k", "secret": "s", "address": f"https://{HOST}", **more})

    @property
    def saved(self):
        return [(url, at) for path, url, at in self.asked if path == "/save"]

    def answer(self, request):
        """Answer as the archive does: savings, jobs, copies."""
        path = urlsplit(request.path).path
        if path == "/save":
            return self._save(request)
        if path.startswith("/save/status/"):
            return self._status(path.rpartition("/")[2])
        stamp, _, url = path.removeprefix("/web/").partition("/")
        if stamp == f"{STAMP}id_" and url in self.copies:
            return self.copies[url]
        return Reply(404, "no copy")

    def _save(self, request):
        if request.headers.get("authorization") != "LOW k:s":
            return Reply(401, "{}")
        (url,) = parse_qs(request.body.decode())["url"]
        self.asked.append(("/save", url, self.net.clock.monotonic()))
        job = f"spn2-{len(self.jobs)}"
        self.jobs[job] = url
        return _json({"url": url, "job_id": job})

    def _status(self, job):
        url = self.jobs[job]
        self.asked.append(("/save/status", url, self.net.clock.monotonic()))
        if self.pending.get(url, 0) > 0:
            self.pending[url] -= 1
            return _json({"status": "pending", "job_id": job, "resources": []})
        if url in self.errors:
            return _json(self.errors[url])
        return _json({"status": "success", "timestamp": STAMP, "original_url": url})


def _json(tree):
    return Reply(200, json.dumps(tree), {"Content-Type": "application/json"})
