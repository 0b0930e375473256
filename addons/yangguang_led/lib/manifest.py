"""The signed manifest: a programme as a web player gets it.

ECDSA on P-256 with SHA-256, the signature as r and s side by side: what WebCrypto takes, in the
browsers of cheap boxes too, which know no Ed25519.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from odoo.addons.yangguang_cunwu.lib import canonical

FORMAT = "yangguang.manifest/1"
# a player without network goes on for so long; a day more, as a manifest is made at midnight
VALID = timedelta(days=31)
# without the server's time a clock may be ahead by so much
DOUBT = timedelta(days=1)

_COORDINATE = 32
_ALGORITHM = ec.ECDSA(hashes.SHA256())


class RefusedError(Exception):
    """A manifest that must not be shown. `reason`: signature, format, screen, replay, expired."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """Which manifest it is: one with a lower serial number, or the same from an earlier day, is an
    old one that somebody plays back."""

    serial: int
    made: datetime


def new_key() -> tuple[str, str]:
    """Return a new key pair: the private key as PEM, the public key as base64 of its SPKI form."""
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    spki = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode(), base64.b64encode(spki).decode()


def make(programme: Mapping, serial: int, made: datetime) -> bytes:
    """Return the bytes to sign; `made` is an aware time, from which it is valid for 31 days."""
    return canonical.canonical(
        {
            "format": FORMAT,
            "screen": programme["screen"]["code"],
            "serial": str(serial),
            "made": made.isoformat(),
            "valid_until": (made + VALID).isoformat(),
            "programme": dict(programme),
        }
    )


def sign(manifest: bytes, private: str) -> str:
    """Return the signature in base64; `private` is a key of `new_key`."""
    key = serialization.load_pem_private_key(private.encode(), None)
    r, s = utils.decode_dss_signature(key.sign(manifest, _ALGORITHM))
    raw = r.to_bytes(_COORDINATE, "big") + s.to_bytes(_COORDINATE, "big")
    return base64.b64encode(raw).decode()


def verify(manifest: bytes, signature: str, public: str) -> bool:
    """Whether `signature` is that of the owner of `public` under exactly these bytes."""
    try:
        raw = base64.b64decode(signature, validate=True)
    except binascii.Error:
        return False
    if len(raw) != 2 * _COORDINATE:
        return False
    encoded = utils.encode_dss_signature(
        int.from_bytes(raw[:_COORDINATE], "big"), int.from_bytes(raw[_COORDINATE:], "big")
    )
    key = serialization.load_der_public_key(base64.b64decode(public))
    try:
        key.verify(encoded, manifest, _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def accept(
    manifest: bytes,
    signature: str,
    public: str,
    screen: str,
    last: Issue | None,
    now: datetime,
    certain: bool = True,
) -> tuple[Issue, dict]:
    """What a player does with a manifest: return which one it is, and its programme.

    `last` is the one it accepted before; `now` an aware time, `certain` when the server has told
    it since the player started. Raises RefusedError.
    """
    if not verify(manifest, signature, public):
        raise RefusedError("signature")
    content = canonical.parse(manifest)
    if content["format"] != FORMAT:
        raise RefusedError("format")
    if content["screen"] != screen:
        raise RefusedError("screen")
    issue = Issue(int(content["serial"]), datetime.fromisoformat(content["made"]))
    if last and issue < last:
        raise RefusedError("replay")
    until = datetime.fromisoformat(content["valid_until"])
    if now >= until + (timedelta() if certain else DOUBT):
        raise RefusedError("expired")
    return issue, content["programme"]
