"""Keys per tenant, sealed values, blind look-up, and boxes that only one agency can open.

A sealed value is ``version(1) algorithm(1) key id(2) nonce(12) ciphertext+tag`` (AES-256-GCM),
bound to agency, table and row id: a value moved to another row does not open.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import select

from hedui_connector.wire import boxes
from tenants.agency.models import AgencyKey
from tenants.database import db
from tenants.remembering import remembered
from tenants.scope import current_scope
from tenants.settings import Settings

_HEADER = b"\x01\x01"
_NONCE = 12
_LETTER = b"hedui letter v1"
LOOKUP_BYTES = 16


class CannotOpen(Exception):
    """A sealed value did not open: wrong key, wrong row, or altered bytes."""


@dataclass(frozen=True)
class Vault:
    """The unwrapped keys of one agency. Values are JSON objects or bytes; look-ups are blind."""

    agency_id: int
    data_key: bytes
    data_key_id: int
    lookup_key: bytes
    stamp_key: bytes
    box_private: bytes

    def seal(self, table: str, row_id: int, value: Mapping[str, Any]) -> bytes:
        """One sealed value for a row: the JSON object ``value``, dates already as text."""
        return self._seal(f"{table}:{row_id}", _dump(value))

    def seal_many(self, table: str, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> list[bytes]:
        """Sealed values for many (row id, value) pairs, in their order."""
        values = list(rows)
        nonces = os.urandom(_NONCE * len(values))
        header = _HEADER + self.data_key_id.to_bytes(2)
        encrypt, place = _cipher(self.data_key).encrypt, f"{self.agency_id}:{table}:"
        sealed = []
        for number, (row_id, value) in enumerate(values):
            nonce = nonces[number * _NONCE : (number + 1) * _NONCE]
            bound = header + f"{place}{row_id}".encode()
            sealed.append(header + nonce + encrypt(nonce, _dump(value), bound))
        return sealed

    def open(self, table: str, row_id: int, sealed: bytes) -> dict[str, Any]:
        """The JSON object sealed for this row; ``CannotOpen`` when it is not this row's."""
        value: dict[str, Any] = json.loads(self._open(f"{table}:{row_id}", sealed))
        return value

    def seal_bytes(self, purpose: str, value: bytes) -> bytes:
        """Seal bytes that belong to no row (a file's key), bound to ``purpose``."""
        return self._seal(purpose, value)

    def open_bytes(self, purpose: str, sealed: bytes) -> bytes:
        """The inverse of ``seal_bytes``."""
        return self._open(purpose, sealed)

    def look_up(self, text: str) -> bytes:
        """Keyed hash (16 bytes) under the look-up key: equal texts of one agency are equal."""
        return hmac.digest(self.lookup_key, text.encode(), "sha256")[:LOOKUP_BYTES]

    def _seal(self, place: str, value: bytes) -> bytes:
        header = _HEADER + self.data_key_id.to_bytes(2)
        nonce = os.urandom(_NONCE)
        bound = header + f"{self.agency_id}:{place}".encode()
        return header + nonce + _cipher(self.data_key).encrypt(nonce, value, bound)

    def _open(self, place: str, sealed: bytes) -> bytes:
        header, nonce, body = sealed[:4], sealed[4 : 4 + _NONCE], sealed[4 + _NONCE :]
        bound = header + f"{self.agency_id}:{place}".encode()
        try:
            return _cipher(self.data_key).decrypt(nonce, body, bound)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen(place.split(":")[0]) from error

    def open_letter(self, bound: str, boxed: bytes) -> dict[str, Any]:
        """A letter boxed for this agency by ``box_letter``; ``CannotOpen`` when it is not."""
        try:
            opened = boxes.open_box(self.box_private, _LETTER, bound.encode(), boxed)
            value: dict[str, Any] = json.loads(opened)
        except ValueError as error:
            raise CannotOpen("letter") from error
        return value


def box_letter(recipient_public: bytes, bound: str, value: Mapping[str, Any]) -> bytes:
    """``ephemeral key(32) nonce(12) ciphertext`` that only the recipient agency can open."""
    return boxes.seal(recipient_public, _LETTER, bound.encode(), _dump(value))


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _dump(value: Mapping[str, Any]) -> bytes:
    return _AS_JSON.encode(value).encode()


@lru_cache(maxsize=512)
def _cipher(key: bytes) -> AESGCM:
    """Setting a key up costs more than sealing one value."""
    return AESGCM(key)


def wrap(master_key: bytes, agency_id: int, purpose: str, key_id: int, key: bytes) -> bytes:
    """An agency's key under the master key, bound to its agency, purpose and id."""
    nonce = os.urandom(_NONCE)
    bound = f"{agency_id}:{purpose}:{key_id}".encode()
    return nonce + AESGCM(master_key).encrypt(nonce, key, bound)


def unwrap(master_key: bytes, agency_id: int, purpose: str, key_id: int, wrapped: bytes) -> bytes:
    """The inverse of ``wrap``; ``CannotOpen`` under another master key."""
    bound = f"{agency_id}:{purpose}:{key_id}".encode()
    try:
        return AESGCM(master_key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound)
    except InvalidTag as error:
        raise CannotOpen(f"key {purpose}") from error


def vault() -> Vault:
    """The vault of the agency in scope. Keys are read through the wall, then kept unwrapped."""
    return remembered("vault", _unlock)


def _unlock() -> Vault:
    rows = db.session.execute(
        select(AgencyKey.purpose, AgencyKey.key_id, AgencyKey.wrapped)
        .where(AgencyKey.purpose != "signature")
        .order_by(AgencyKey.purpose, AgencyKey.key_id)
    ).all()
    settings: Settings = current_app.extensions["hedui.settings"]
    wrapped = tuple((purpose, key_id, bytes(value)) for purpose, key_id, value in rows)
    return _unlocked(settings.master_key, current_scope().agency_id, wrapped)


@lru_cache(maxsize=512)
def _unlocked(
    master_key: bytes, agency_id: int, wrapped: tuple[tuple[str, int, bytes], ...]
) -> Vault:
    newest = {purpose: (key_id, value) for purpose, key_id, value in wrapped}
    keys = {
        purpose: unwrap(master_key, agency_id, purpose, key_id, value)
        for purpose, (key_id, value) in newest.items()
    }
    return Vault(
        agency_id=agency_id,
        data_key=keys["data"],
        data_key_id=newest["data"][0],
        lookup_key=keys["lookup"],
        stamp_key=keys["stamp"],
        box_private=keys["box"],
    )


def signature_key() -> bytes:
    """The agency's private signing key (PEM), unwrapped for the one who renders reports."""
    key_id, wrapped = db.session.execute(
        select(AgencyKey.key_id, AgencyKey.wrapped)
        .where(AgencyKey.purpose == "signature")
        .order_by(AgencyKey.key_id.desc())
        .limit(1)
    ).one()
    settings: Settings = current_app.extensions["hedui.settings"]
    agency_id = current_scope().agency_id
    return unwrap(settings.master_key, agency_id, "signature", key_id, bytes(wrapped))


def digest(data: bytes) -> bytes:
    """SHA-256 of a file's plain bytes."""
    return hashlib.sha256(data).digest()
