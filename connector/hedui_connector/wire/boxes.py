"""Boxes that only the holder of a key opens: X25519, HKDF-SHA-256, AES-256-GCM.

Letters between agencies and files of the exchange folder are sealed so, each with ``info`` of its
own: a box of one kind opens as no other.
"""

import os

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from hedui_connector.wire.algorithms import BadKey

_KEY, _NONCE, _TAG = 32, 12, 16
NAME = "x25519"


class CannotOpen(ValueError):
    """A box for somebody else, or altered."""


def generate() -> tuple[bytes, bytes]:
    """A fresh pair as PEM: the private half and the public one."""
    private = X25519PrivateKey.generate()
    kept = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return kept, to_pem(private.public_key().public_bytes_raw())


def to_pem(public: bytes) -> bytes:
    """A public key of 32 bytes as PEM."""
    key = X25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_private(data: bytes) -> bytes:
    """The 32 bytes of a private key in PEM; ``BadKey``."""
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadKey("x25519_private") from error
    if not isinstance(key, X25519PrivateKey):
        raise BadKey("x25519_private")
    return key.private_bytes_raw()


def read_public(data: bytes) -> bytes:
    """The 32 bytes of a public key in PEM; ``BadKey``."""
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadKey("x25519_public") from error
    if not isinstance(key, X25519PublicKey):
        raise BadKey("x25519_public")
    return key.public_bytes_raw()


def seal(recipient: bytes, info: bytes, bound: bytes, data: bytes) -> bytes:
    """``ephemeral key(32) nonce(12) ciphertext+tag``, bound to ``bound``, for one public key."""
    private = X25519PrivateKey.generate()
    ephemeral = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(recipient))
    nonce = os.urandom(_NONCE)
    key = _derived(shared, ephemeral + recipient, info)
    return ephemeral + nonce + AESGCM(key).encrypt(nonce, data, bound)


def size_of(data: bytes) -> int:
    """How long the box of these bytes is."""
    return _KEY + _NONCE + len(data) + _TAG


def open_box(private: bytes, info: bytes, bound: bytes, boxed: bytes) -> bytes:
    """What is in a box for this private key; ``CannotOpen`` when it is not, or was altered."""
    ephemeral, nonce, body = boxed[:_KEY], boxed[_KEY : _KEY + _NONCE], boxed[_KEY + _NONCE :]
    own = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        key = _derived(shared, ephemeral + own.public_key().public_bytes_raw(), info)
        return AESGCM(key).decrypt(nonce, body, bound)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("box") from error


def _derived(shared: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt, info=info).derive(shared)
