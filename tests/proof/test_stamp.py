"""Time stamps: an authority of openssl's answers, and what its answers prove is told exactly."""

import random

import pytest
from cryptography.hazmat.primitives import serialization
from time_authority import TimeAuthority, openssl

from atlas.proof import der, stamp
from atlas.proof.stamp import Verdict

LINE = b'{"at":"2026-11-22T12:00:00Z","prev":"0","root":"1","size":3}'
NONCE = 2**63 + 5


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    """Return an authority by the name of what is wrong with it; each is made once."""
    made = {}

    def authority(kind="sound", **faults):
        if kind not in made:
            made[kind] = TimeAuthority(tmp_path_factory.mktemp(kind), **faults)
        return made[kind]

    return authority


def judged(answer, authority=None, line=LINE, nonce=NONCE):
    trusted = stamp.certificates(authority.root_pem) if authority else ()
    return stamp.judged(answer, line, trusted, nonce)


def test_a_time_stamp_that_holds(authorities):
    """The time and the name of the authority come with it."""
    authority = authorities()
    told = judged(authority.answer(stamp.request(LINE, NONCE)), authority)
    assert (told.verdict, told.authority) == (Verdict.HOLDS, "Sample Stamps")
    assert told.sentence == f"Sample Stamps says {told.at:%Y-%m-%d %H:%M:%S} UTC."


def test_openssl_agrees(authorities, tmp_path):
    """What is kept is what openssl verifies, with the line of the root as data."""
    authority = authorities()
    (tmp_path / "line").write_bytes(LINE)
    (tmp_path / "kept.tsr").write_bytes(authority.answer(stamp.request(LINE, NONCE)))
    (tmp_path / "root.pem").write_bytes(authority.root_pem)
    said = openssl(
        *("ts", "-verify", "-data", tmp_path / "line", "-in", tmp_path / "kept.tsr"),
        *("-CAfile", tmp_path / "root.pem"),
    )
    assert "Verification: OK" in said


def test_the_request_is_openssls(authorities):
    """Openssl reads in it what was asked: the hash, the nonce, and that the chain is wanted."""
    authority = authorities()
    path = authority.folder / "asked.tsq"
    path.write_bytes(stamp.request(LINE, NONCE))
    said = openssl("ts", "-query", "-in", path, "-text")
    assert "Hash Algorithm: sha256" in said
    assert f"Nonce: 0x{NONCE:X}" in said
    assert "Certificate required: yes" in said
    without = authority.request(LINE, "-no_nonce")
    assert len(stamp.request(LINE, 0)) == len(without) + len(der.whole(0))


def test_nobody_to_trust(authorities):
    """Without a certificate, or with a stranger's, all fits together, and nothing is claimed."""
    answer = authorities().answer(stamp.request(LINE, NONCE))
    nobody, stranger = judged(answer), judged(answer, authorities("stranger", name="Stranger"))
    assert {nobody.verdict, stranger.verdict} == {Verdict.UNTRUSTED}
    assert "no certificate was given to trust it by" in nobody.sentence
    assert "ends at none of the certificates that are trusted" in stranger.sentence


def test_a_forgotten_nonce(authorities):
    """Years later nobody knows what was sent: then the nonce says nothing."""
    authority = authorities()
    answer = authority.answer(stamp.request(LINE, NONCE))
    assert judged(answer, authority, nonce=None).verdict is Verdict.HOLDS
    assert "its nonce is another" in judged(answer, authority, nonce=NONCE + 1).sentence


def test_other_bytes(authorities):
    """A time stamp of one root says nothing of another."""
    authority = authorities()
    told = judged(authority.answer(stamp.request(LINE + b" ", NONCE)), authority)
    assert told.verdict is Verdict.FAILS
    assert "of other bytes than the line of this root" in told.sentence


def test_another_hash(authorities):
    """The hash has to be the one that is published: SHA-256."""
    authority = authorities("sha512", digests="sha512")
    request = authority.request(LINE, "-sha512")
    assert "of other bytes" in judged(authority.answer(request), authority).sentence


def test_a_refusal(authorities):
    """What the authority says in place of a time stamp is passed on."""
    authority = authorities("sha512", digests="sha512")
    told = judged(authority.answer(stamp.request(LINE, NONCE)), authority)
    assert told.verdict is Verdict.FAILS
    assert told.sentence == (
        "The authority gave no time stamp: `Message digest algorithm is not supported.`."
    )


def test_an_expired_certificate(authorities):
    """A certificate has to be valid at the time that it stamps."""
    authority = authorities("expired", valid=False)
    told = judged(authority.answer(stamp.request(LINE, NONCE)), authority)
    assert told.verdict is Verdict.FAILS
    assert told.sentence == "The certificate that signed the time stamp was not valid at that time."


def test_no_certificate_in_the_answer(authorities):
    """What cannot be followed to anybody proves nothing, whoever is trusted."""
    authority = authorities()
    request = stamp.request(LINE, NONCE).removesuffix(der.TRUE)
    request = der.put(der.SEQUENCE, *der.parts(request[2:]))
    told = judged(authority.answer(request), authority)
    assert told.sentence == "The time stamp does not hold the certificate that signed it."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"No.",
        b"<html><title>Sign in</title>",
        b"\x30",
        b"\x30\x80\x00\x00",
        b"\x30\x84\xff\xff\xff\xff",
    ],
)
def test_garbage(authorities, content):
    """Whatever comes in place of a time stamp is told as none."""
    told = judged(content, authorities())
    assert (told.verdict, told.sentence) == (
        Verdict.FAILS,
        "This is no time stamp in the form of RFC 3161.",
    )


def test_every_cut_is_seen(authorities):
    """A time stamp that breaks off anywhere is none."""
    authority = authorities()
    answer = authority.answer(stamp.request(LINE, NONCE))
    assert {judged(answer[:n], authority).verdict for n in range(0, len(answer), 7)} == {
        Verdict.FAILS
    }
    assert judged(answer + b"\x00", authority).verdict is Verdict.FAILS


def test_no_flipped_bit_says_another_time(authorities):
    """Of all that is signed no bit can be turned; what is not signed changes nothing that is said."""
    authority = authorities()
    answer, chance = authority.answer(stamp.request(LINE, NONCE)), random.Random(5)
    sound = judged(answer, authority)
    held = 0
    for _ in range(600):
        turned = bytearray(answer)
        turned[chance.randrange(len(answer))] ^= 1 << chance.randrange(8)
        told = judged(bytes(turned), authority)
        if told.verdict is Verdict.HOLDS:
            held += 1
            assert told == sound
    assert held < 12  # version numbers, and names of algorithms that are given a second time


@pytest.mark.parametrize(
    ("purpose", "sentence"),
    [
        (False, "The certificate that signed the time stamp is not one for time stamps."),
        (True, "The time stamp's signature does not hold: it was changed after it was signed."),
    ],
)
def test_a_certificate_put_in_place_of_another(authorities, purpose, sentence):
    """Neither one for another purpose, nor another one of the same key and number: what is signed names its hash."""
    authority = authorities()
    answer = authority.answer(stamp.request(LINE, NONCE))
    other = authority.certificate(purpose=purpose, serial=authority.signer.serial_number)
    assert judged(with_certificate(answer, other), authority).sentence == sentence
    assert judged(with_certificate(answer, authority.signer)).verdict is Verdict.UNTRUSTED


def with_certificate(answer, certificate):
    """Return an answer that holds this certificate alone."""
    status, token = der.parts(der.inside(answer))
    kind, content = der.parts(der.inside(token))
    encoded = der.put(der.FIRST, certificate.public_bytes(serialization.Encoding.DER))
    signed = [
        encoded if part[0] == der.FIRST else part
        for part in der.parts(der.inside(der.inside(content, der.FIRST)))
    ]
    inner = der.put(der.FIRST, der.put(der.SEQUENCE, *signed))
    return der.put(der.SEQUENCE, status, der.put(der.SEQUENCE, kind, inner))


def test_what_is_no_certificate():
    """Trust in a file that holds none is refused."""
    with pytest.raises(ValueError, match="PEM"):
        stamp.certificates(b"-----BEGIN NOTHING-----\n")
