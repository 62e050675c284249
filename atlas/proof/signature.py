"""Whether a certificate's key signed a time stamp: the signature by itself, whoever vouches for the key.

Core, owner of cryptography with its neighbour `stamp`. The library that follows chains says nothing
of a signature whose chain ends with a stranger.
"""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from atlas.proof import der

_TOKEN = der.oid("1.2.840.113549.1.9.16.1.4")
_CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
_DIGEST = der.oid("1.2.840.113549.1.9.4")
_NAMES = (der.oid("1.2.840.113549.1.9.16.2.12"), der.oid("1.2.840.113549.1.9.16.2.47"))
"""The attributes that name the certificate by its hash: RFC 2634 and RFC 5035."""
_PSS = der.oid("1.2.840.113549.1.1.10")
_HASHES: Mapping[bytes, hashes.HashAlgorithm] = {
    der.oid("2.16.840.1.101.3.4.2.1"): hashes.SHA256(),
    der.oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384(),
    der.oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512(),
    der.oid("1.2.840.113549.1.1.11"): hashes.SHA256(),
    der.oid("1.2.840.113549.1.1.12"): hashes.SHA384(),
    der.oid("1.2.840.113549.1.1.13"): hashes.SHA512(),
    der.oid("1.2.840.10045.4.3.2"): hashes.SHA256(),
    der.oid("1.2.840.10045.4.3.3"): hashes.SHA384(),
    der.oid("1.2.840.10045.4.3.4"): hashes.SHA512(),
}
"""By the name of the hash, and of the signature that is made of it."""


class _Signed(NamedTuple):
    """What one signer says (RFC 5652, 5.3)."""

    content: bytes
    digest: bytes
    """Name of the hash over the content."""
    attributes: bytes
    method: bytes
    """Name of the kind of signature."""
    signature: bytes

    def attribute(self, name: bytes) -> bytes:
        """Return the one value of an attribute.

        Raises:
            NotDer: there is no such attribute, or it has several values.
        """
        for attribute in der.parts(self.attributes):
            found, values = der.parts(der.inside(attribute))
            if found == name:
                (value,) = der.parts(der.inside(values, der.SET))
                return value
        raise der.NotDer("an attribute is missing")


def is_signed_by(answer: bytes, certificate: x509.Certificate) -> bool:
    """Return whether the token in an authority's answer carries a sound signature of a certificate's key."""
    try:
        signed = _signed(answer)
        algorithm = _HASHES[signed.digest]
        digest = hashlib.new(algorithm.name, signed.content).digest()
        if (
            signed.attribute(_CONTENT_TYPE) != _TOKEN
            or der.inside(signed.attribute(_DIGEST), der.OCTETS) != digest
        ):
            return False
        _verify(signed, certificate, _HASHES.get(signed.method, algorithm))
    except (ValueError, LookupError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def names_certificate(answer: bytes, certificate: x509.Certificate) -> bool:
    """Return whether what is signed names the certificate by its hash, as RFC 3161, 2.4.2 and RFC 5816 want it."""
    encoded = certificate.public_bytes(Encoding.DER)
    known = [hashlib.new(name, encoded).digest() for name in ("sha1", "sha256", "sha384", "sha512")]
    for name in _NAMES:
        try:
            value = _signed(answer).attribute(name)
        except (ValueError, LookupError):
            continue
        if any(der.put(der.OCTETS, digest) in value for digest in known):
            return True
    return False


def _verify(
    signed: _Signed, certificate: x509.Certificate, algorithm: hashes.HashAlgorithm
) -> None:
    """Raise unless the key made the signature."""
    key = certificate.public_key()
    told = der.put(der.SET, signed.attributes)
    if isinstance(key, rsa.RSAPublicKey):
        form = (
            padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
            if signed.method == _PSS
            else padding.PKCS1v15()
        )
        key.verify(signed.signature, told, form, algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signed.signature, told, ec.ECDSA(algorithm))
    else:
        raise UnsupportedAlgorithm("a kind of key that no authority is known to have")


def _signed(answer: bytes) -> _Signed:
    """Return what the one signer of a token says.

    Raises:
        ValueError: it is no such token.
    """
    _, token, *_ = der.parts(der.inside(answer))
    _, content = der.parts(der.inside(token))
    parts = der.parts(der.inside(der.inside(content, der.FIRST)))
    _, stamped = der.parts(der.inside(parts[2]))
    (signer,) = der.parts(der.inside(parts[-1], der.SET))
    _, _, digest, attributes, method, signature, *_ = der.parts(der.inside(signer))
    return _Signed(
        content=der.inside(der.inside(stamped, der.FIRST), der.OCTETS),
        digest=der.parts(der.inside(digest))[0],
        attributes=der.inside(attributes, der.FIRST),
        method=der.parts(der.inside(method))[0],
        signature=der.inside(signature, der.OCTETS),
    )
