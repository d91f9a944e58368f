"""The signature algorithms, one row each. A new one (SM2) is a row and its two functions."""

import base64
import binascii
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from http_message_signatures.algorithms import ED25519, HMAC_SHA256, HTTPSignatureAlgorithm

SHORTEST_SECRET = 32


class BadKey(ValueError):
    """A key's file does not hold what the algorithm needs."""


@dataclass(frozen=True)
class Algorithm:
    """``read_private`` and ``read_public`` take a file's bytes and raise ``BadKey``;
    ``generate`` gives the two files, of which the second is empty when there is only a secret."""

    name: str
    implementation: type[HTTPSignatureAlgorithm]
    read_private: Callable[[bytes], Any]
    read_public: Callable[[bytes], Any]
    generate: Callable[[], tuple[bytes, bytes]]


def _read_ed25519_private(data: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadKey("ed25519_private") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey("ed25519_private")
    return key


def _read_ed25519_public(data: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadKey("ed25519_public") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey("ed25519_public")
    return key


def _generate_ed25519() -> tuple[bytes, bytes]:
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private, public


def _read_secret(data: bytes) -> bytes:
    try:
        secret = base64.b64decode(data.strip(), validate=True)
    except binascii.Error as error:
        raise BadKey("secret") from error
    if len(secret) < SHORTEST_SECRET:
        raise BadKey("secret")
    return secret


def _generate_secret() -> tuple[bytes, bytes]:
    return base64.b64encode(secrets.token_bytes(SHORTEST_SECRET)) + b"\n", b""


ALGORITHMS = {
    row.name: row
    for row in (
        Algorithm(
            *("ed25519", ED25519, _read_ed25519_private, _read_ed25519_public, _generate_ed25519)
        ),
        Algorithm("hmac-sha256", HMAC_SHA256, _read_secret, _read_secret, _generate_secret),
    )
}
