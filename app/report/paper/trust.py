"""Which certificates are trusted, and which are only for demonstration."""

from collections.abc import Iterable
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data

# A certificate of asn1crypto, which ships no types.
Certificate = Any

# An OID of our own from a UUID (arc 2.25): it marks the demonstration's certificate authority.
DEMONSTRATION_OID = "2.25.97466136317229374185211045706143287165"


def load_certificates(pems: Iterable[bytes]) -> list[Certificate]:
    """Certificates out of PEM files (one or several in each); ``ValueError`` when not PEM."""
    return [certificate for pem in pems for certificate in load_certs_from_pemder_data(pem)]


def is_demonstration(certificate: Certificate) -> bool:
    """Whether a certificate carries the demonstration's mark."""
    extensions = certificate["tbs_certificate"]["extensions"]
    return any(part["extn_id"].dotted == DEMONSTRATION_OID for part in extensions)


def agency_of(certificate: Certificate) -> str:
    """The agency that a certificate was issued to: its organisation; empty when it has none."""
    organisation = certificate.subject.native.get("organization_name", "")
    return organisation if isinstance(organisation, str) else ""
