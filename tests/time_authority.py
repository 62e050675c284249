"""An authority for time stamps (RFC 3161) of our own: `openssl ts` with a certificate authority that is thrown away.

authority = TimeAuthority(folder)            # certificates and settings, below a folder of the test
authority.answer(request)                    # bytes of a request to bytes of the reply, made by openssl
authority.root_pem                           # what somebody who trusts it gives to `--trust`
authority.url(net)                           # at an address of a web of tests/web.py; faults are told below
"""

import subprocess
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from web import Reply

HOST = "stamps.example.com"
_DAY = timedelta(days=1)
_SETTINGS = """\
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
certs = {folder}/chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class TimeAuthority:
    """A root, one authority below it that signs, and openssl."""

    def __init__(self, folder, *, name="Sample Stamps", valid=True, digests="sha256"):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.name = folder, name
        root_key, self._issuer_key, self._key = (
            ec.generate_private_key(ec.SECP256R1()) for _ in range(3)
        )
        root = _certificate(f"{name} Root", root_key, f"{name} Root", root_key, ca=True)
        middle = _certificate(f"{name} Middle", self._issuer_key, f"{name} Root", root_key, ca=True)
        self.root_pem = _pem(root)
        self.signer = self.certificate(valid=valid)
        (folder / "signer.pem").write_bytes(_pem(self.signer))
        (folder / "chain.pem").write_bytes(_pem(middle))
        (folder / "serial").write_text("01\n")
        (folder / "signer.key").write_bytes(
            self._key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        (folder / "settings").write_text(_SETTINGS.format(folder=folder, digests=digests))

    def certificate(self, **others):
        """Return a certificate of the key that signs; `serial`, `valid` and `purpose` are its."""
        issuer = f"{self.name} Middle"
        return _certificate(self.name, self._key, issuer, self._issuer_key, **others)

    def answer(self, request):
        """Return openssl's reply to a request."""
        asked, reply = self.folder / "request.tsq", self.folder / "reply.tsr"
        asked.write_bytes(request)
        openssl(
            "ts", "-reply", "-config", self.folder / "settings", "-queryfile", asked, "-out", reply
        )
        return reply.read_bytes()

    def request(self, data, *options):
        """Return a request of openssl's for data; without further options it has a nonce."""
        asked = self.folder / "own.tsq"
        (self.folder / "data").write_bytes(data)
        openssl(
            "ts",
            "-query",
            "-data",
            self.folder / "data",
            "-sha256",
            "-cert",
            "-out",
            asked,
            *options,
        )
        return asked.read_bytes()

    def url(self, net, answer=None, host=HOST):
        """Answer at an address of a web, with `answer(request)` in place of what openssl says."""
        net.host(host).says("/", lambda asked: _reply((answer or self.answer)(asked.body)))
        return f"https://{host}/"


def _reply(told):
    return (
        told
        if not isinstance(told, bytes)
        else Reply(200, told, {"Content-Type": "application/timestamp-reply"})
    )


def openssl(*arguments):
    """Run openssl, and return what it printed."""
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def _certificate(name, key, issuer, issuer_key, *, ca=False, valid=True, purpose=True, serial=None):
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(now - 900 * _DAY)
        .not_valid_after(now + 900 * _DAY if valid else now - _DAY)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if not ca and purpose:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(stamping, critical=True)
    if ca:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)  # noqa: FBT003
        made = made.add_extension(usage, critical=True)
    return made.sign(issuer_key, hashes.SHA256())


def _name(of):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sample"),
            x509.NameAttribute(NameOID.COMMON_NAME, of),
        ]
    )


def _pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)
