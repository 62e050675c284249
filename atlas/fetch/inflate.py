"""A body put together from what is sent, inflated piece by piece, never beyond its bounds.

Edge. A few kilobytes of gzip can stand for gigabytes, so no piece is inflated without a limit on what
may come out (RFC 9110, 8.4). Only gzip and deflate are asked for, and only they are read.
"""

import zlib

from atlas.fetch.failing import NotFetched
from atlas.model import Failure

_PLAIN = {"", "identity"}
_GZIP = {"gzip", "x-gzip"}


class Inflating:
    """One body on its way in. `cut` keeps what fits instead of refusing what does not."""

    def __init__(
        self, encoding: str, *, wire_limit: int, body_limit: int, cut: bool = False
    ) -> None:
        """Raise NotFetched where the encoding is none that was asked for, or there are several."""
        named = [each.strip().lower() for each in encoding.split(",")]
        codings = [each for each in named if each not in _PLAIN]
        if len(codings) > 1:
            raise NotFetched(
                Failure.TOO_LARGE,
                f"The page is compressed {len(codings)} times over, so that its size cannot be told.",
            )
        self._coding = codings[0] if codings else ""
        if self._coding and self._coding not in {*_GZIP, "deflate"}:
            raise NotFetched(
                Failure.UNREACHABLE,
                f"The page is encoded as `{self._coding[:40]}`, which was not asked for.",
            )
        self._inflater = zlib.decompressobj(31) if self._coding in _GZIP else None
        self._first = b""
        self._body = bytearray()
        self._wire = 0
        self._wire_limit = wire_limit
        self._body_limit = body_limit
        self._cut = cut
        self.is_full = False
        """Whether nothing more is wanted, since a cut body has all that it keeps."""

    def feed(self, piece: bytes) -> None:
        """Take in what was sent. Raises NotFetched where a bound is passed or the encoding is a lie."""
        self._wire += len(piece)
        if self._wire > self._wire_limit:
            self._overflow(f"more than {_mebibytes(self._wire_limit)} were sent")
        elif not self._coding:
            self._add(piece)
        else:
            self._inflate(piece)

    def finished(self) -> bytes:
        """Return the body. Raises NotFetched (truncated) where its compressed form has no end."""
        ended = self._inflater is not None and self._inflater.eof
        if self._coding and not ended and not self.is_full and self._wire:
            raise NotFetched(
                Failure.TRUNCATED,
                f"The page broke off: its compressed form has no end after {self._wire:,} bytes.",
            )
        return bytes(self._body)

    def _inflate(self, piece: bytes) -> None:
        if self._inflater is None:
            self._first += piece
            if len(self._first) < 2:
                return
            piece, self._first = self._first, b""
            self._inflater = zlib.decompressobj(15 if _has_zlib_header(piece) else -15)
        try:
            while piece and not self.is_full:
                if self._inflater.eof:
                    self._more_than_one()
                self._add(self._inflater.decompress(piece, self._body_limit + 1 - len(self._body)))
                piece = self._inflater.unconsumed_tail or self._inflater.unused_data
        except zlib.error:
            raise NotFetched(
                Failure.UNREACHABLE, f"The page is said to be {self._coding} and is not."
            ) from None

    def _more_than_one(self) -> None:
        raise NotFetched(
            Failure.UNREACHABLE, "The page goes on after the end of its compressed form."
        )

    def _add(self, plain: bytes) -> None:
        if len(self._body) + len(plain) > self._body_limit:
            self._body += plain[: self._body_limit - len(self._body)]
            self._overflow(f"it has more than {_mebibytes(self._body_limit)}")
        else:
            self._body += plain

    def _overflow(self, what: str) -> None:
        self.is_full = True
        if not self._cut:
            self._body.clear()
            raise NotFetched(Failure.TOO_LARGE, f"The page is too large: {what}.")


def _has_zlib_header(start: bytes) -> bool:
    """Whether deflate comes in its wrapping (RFC 1950), as it should; some servers leave it off."""
    return start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0


def _mebibytes(count: int) -> str:
    return f"{count / 2**20:.4g} MiB"
