"""Time stamps of roots (RFC 3161): what is asked of an authority, and whether what it answered holds.

Core, owner of rfc3161_client, which follows the chain of certificates, and of cryptography. What is
stamped is the SHA-256 of the root's line; the answer is kept as it came, for `openssl ts -verify`.
"""

import hashlib
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client import (
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from atlas.proof import der
from atlas.proof.signature import is_signed_by, names_certificate

Certificate = x509.Certificate

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0
_SHOWN = 160
_STRANGERS = ("local issuer", "issuer certificate", "self-signed", "self signed")
"""What OpenSSL says of a chain that ends at none of the trusted certificates."""
_UNREADABLE = (
    ValueError,
    LookupError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the libraries raise over certificates that are not in order."""
_SAID = re.compile(r'Verify error: ([^"]+)').search


class Verdict(StrEnum):
    """What can be said of a time stamp."""

    HOLDS = "holds"
    UNTRUSTED = "untrusted"
    """All of it fits together, and nobody said whom to trust, or the authority is none of those."""
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a time stamp came to."""

    verdict: Verdict
    sentence: str
    """Why, as a whole sentence."""
    at: datetime | None = None
    """The time that it puts to the root; None where it fails."""
    authority: str = ""
    """Name in the certificate that signed it."""


class _Fails(Exception):
    """Says why, as a whole sentence."""


def request(line: bytes, nonce: int) -> bytes:
    """Return what an authority is asked for a root's line: its SHA-256, a nonce, and the chain of certificates."""
    algorithm = der.put(der.SEQUENCE, der.oid(_SHA256), der.NULL)
    imprint = der.put(der.SEQUENCE, algorithm, der.put(der.OCTETS, hashlib.sha256(line).digest()))
    return der.put(der.SEQUENCE, der.whole(1), imprint, der.whole(nonce), der.TRUE)


def certificates(pem: bytes) -> tuple[Certificate, ...]:
    """Return the certificates of a PEM file.

    Raises:
        ValueError: there is none, or one is broken.
    """
    return tuple(x509.load_pem_x509_certificates(pem))


def judged(
    answer: bytes, line: bytes, trusted: Sequence[Certificate] = (), nonce: int | None = None
) -> Judged:
    """Return what an authority's answer proves of a root's line.

    `trusted` are the certificates at which its chain may end, `nonce` the one that was sent; None
    where that is long forgotten. Certificates have to be valid at the time that is stamped.
    """
    try:
        token = _token(answer)
        _answers(token, line, nonce)
        signer = _signer(token, answer)
        at, authority = token.tst_info.gen_time, _name(signer)
        when = f"{at:%Y-%m-%d %H:%M:%S} UTC"
        if not trusted:
            sentence = f"{authority} says {when}; no certificate was given to trust it by."
            return Judged(Verdict.UNTRUSTED, sentence, at, authority)
        if not _is_trusted(token, line, trusted):
            sentence = f"{authority} says {when}; its chain ends at none of the certificates that are trusted."
            return Judged(Verdict.UNTRUSTED, sentence, at, authority)
    except _Fails as fails:
        return Judged(Verdict.FAILS, str(fails))
    return Judged(Verdict.HOLDS, f"{authority} says {when}.", at, authority)


def _token(answer: bytes) -> TimeStampResponse:
    try:
        token = decode_timestamp_response(_in_order(answer))
    except ValueError:
        raise _Fails("This is no time stamp in the form of RFC 3161.") from None
    if token.status != _GRANTED:
        said = "; ".join(token.status_string) or f"status {token.status}"
        shown = "".join(c if c.isprintable() and c != "`" else " " for c in said)[:_SHOWN]
        raise _Fails(f"The authority gave no time stamp: `{' '.join(shown.split())}`.")
    return token


def _in_order(answer: bytes) -> bytes:
    """Return an answer with its certificates in the order of DER, which openssl does not keep and the library wants.

    They are not signed; their order means nothing (RFC 5652, 5.1).
    """
    status, *tokens = der.parts(der.inside(answer))
    if not tokens:
        return answer
    kind, content = der.parts(der.inside(tokens[0]))
    signed = [
        der.put(der.FIRST, *sorted(der.parts(der.inside(part, der.FIRST))))
        if part[0] == der.FIRST
        else part
        for part in der.parts(der.inside(der.inside(content, der.FIRST)))
    ]
    inner = der.put(der.FIRST, der.put(der.SEQUENCE, *signed))
    return der.put(der.SEQUENCE, status, der.put(der.SEQUENCE, kind, inner), *tokens[1:])


def _answers(token: TimeStampResponse, line: bytes, nonce: int | None) -> None:
    """See that a token is about this line, and answers this request."""
    try:
        imprint, told = token.tst_info.message_imprint, token.tst_info.nonce
        algorithm, stamped = imprint.hash_algorithm.dotted_string, imprint.message
    except ValueError:
        raise _Fails("This is no time stamp in the form of RFC 3161.") from None
    if algorithm != _SHA256 or stamped != hashlib.sha256(line).digest():
        raise _Fails("The time stamp is of other bytes than the line of this root.")
    if nonce is not None and told != nonce:
        raise _Fails("The time stamp answers another request: its nonce is another.")


def _signer(token: TimeStampResponse, answer: bytes) -> Certificate:
    """Return the certificate that signed a token, of those that it holds."""
    try:
        with (
            warnings.catch_warnings()
        ):  # of a serial number that some authority should not have given
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            signer = _named(token)
            is_for_stamps = _is_for_stamps(signer)
    except _UNREADABLE:
        raise _Fails("The time stamp does not hold the certificate that signed it.") from None
    if not is_for_stamps:
        raise _Fails("The certificate that signed the time stamp is not one for time stamps.")
    if not names_certificate(answer, signer) or not is_signed_by(answer, signer):
        raise _Fails(
            "The time stamp's signature does not hold: it was changed after it was signed."
        )
    if not signer.not_valid_before_utc <= token.tst_info.gen_time <= signer.not_valid_after_utc:
        raise _Fails("The certificate that signed the time stamp was not valid at that time.")
    return signer


def _named(token: TimeStampResponse) -> Certificate:
    """Return the certificate that the one signer names."""
    (by,) = token.signed_data.signer_infos
    (signer,) = (
        one
        for one in map(x509.load_der_x509_certificate, token.signed_data.certificates)
        if (one.issuer, one.serial_number) == (by.issuer, by.serial_number)
    )
    return signer


def _is_for_stamps(of: Certificate) -> bool:
    """Return whether time stamps are the purpose of a certificate, as RFC 3161, 2.3 wants it."""
    try:
        usage = of.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return usage.critical and ExtendedKeyUsageOID.TIME_STAMPING in usage.value


def _is_trusted(token: TimeStampResponse, line: bytes, trusted: Sequence[Certificate]) -> bool:
    """Return whether a token's chain ends at one of these certificates."""
    verifier = VerifierBuilder(roots=list(trusted)).build()
    try:
        return verifier.verify(token, hashlib.sha256(line).digest())
    except (VerificationError, *_UNREADABLE) as error:
        match = _SAID(str(error))
        said = match[1] if match else ""
        if any(words in said for words in _STRANGERS):
            return False
        because = f": {said}" if said else ""
        raise _Fails(
            f"The chain of the time stamp's certificates does not hold{because}."
        ) from None


def _name(of: Certificate) -> str:
    names = of.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(names[0].value) if names else of.subject.rfc4514_string()
    return "".join(c if c.isprintable() and c != "`" else " " for c in name)[:_SHOWN]
