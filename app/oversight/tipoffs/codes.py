"""The code by which somebody follows up what they told, and the keys that come from it alone.

Nothing of it is kept: the rows hold a hash for the look-up and a public key that answers are
sealed to. Who has neither the code nor the agency's own key reads nothing.
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
"""Of 32 signs each: 100 bits, which nobody tries out, with or without the database."""
_GROUP = 4
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "－": None, "—": None})
_SHORT = 7


@dataclass(frozen=True)
class Key:
    """What a code opens at one agency: the hash that rows are found by, and a key pair."""

    agency_id: int
    follow_hash: str
    private: bytes
    public: bytes
    tail: str


def fresh_code() -> str:
    """A code that nobody had before."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_from(secret: bytes, nonce: str) -> str:
    """The code of one form that was handed out: the same when it is sent twice. Only the
    form holds the nonce; with the secret alone no code can be made again."""
    drawn = hmac.digest(secret, f"tip-off code {nonce}".encode(), "sha256")
    return _spelt(drawn, LENGTH)


def read_code(typed: str) -> str:
    """A code as somebody typed it, signs that look alike taken for each other; empty for what is
    none."""
    code = typed.strip().upper().translate(_ALIKE)
    is_one = len(code) == LENGTH and all(sign in ALPHABET for sign in code)
    return code if is_one else ""


def shown(code: str) -> str:
    """A code in groups, to be written down."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def key_of(agency_id: int, code: str) -> Key:
    """The keys of a code at an agency."""
    derive = HKDF(hashes.SHA256(), 72, salt=None, info=f"hedui tip-off v1 {agency_id}".encode())
    drawn = derive.derive(code.encode())
    private = X25519PrivateKey.from_private_bytes(drawn[32:64])
    return Key(
        agency_id,
        drawn[:32].hex(),
        drawn[32:64],
        private.public_key().public_bytes_raw(),
        _spelt(drawn[64:], _SHORT),
    )


def _spelt(drawn: bytes, count: int) -> str:
    number = int.from_bytes(drawn)
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(count))
