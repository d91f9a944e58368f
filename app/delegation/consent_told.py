"""A person's consent in a letter upwards: its days, its scope, and the guardian who gave it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.cases.identity import Guardian
from app.cases.models import Authorisation
from tenants.vault import Vault, vault


def consent_told(keys: Vault, consent: Authorisation) -> dict[str, Any]:
    """What the higher tier is told of a consent: it asks by the same paper, and no more."""
    return {
        "signed_on": consent.signed_on.isoformat(),
        "expires_on": consent.expires_on.isoformat(),
        "scope": consent.scope,
        "guardian": _guardian(keys, consent),
    }


def _guardian(keys: Vault, consent: Authorisation) -> dict[str, str] | None:
    if consent.guardian_sealed is None:
        return None
    opened = keys.open("authorisation", consent.subject_id, consent.guardian_sealed)
    return Guardian.of(opened).as_json()


def consent_of(subject_id: int, told: Mapping[str, Any]) -> dict[str, Any]:
    """The consent of a person of a letter, as a row."""
    return {
        "subject_id": subject_id,
        "signed_on": dt.date.fromisoformat(told["signed_on"]),
        "expires_on": dt.date.fromisoformat(told["expires_on"]),
        # Letters from before these could be written name neither.
        "scope": told.get("scope", []),
        "guardian_sealed": _sealed(subject_id, told.get("guardian")),
    }


def _sealed(subject_id: int, guardian: Mapping[str, str] | None) -> bytes | None:
    if guardian is None:
        return None
    return vault().seal("authorisation", subject_id, Guardian.of(dict(guardian)).as_json())
