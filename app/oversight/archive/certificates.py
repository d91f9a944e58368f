"""The public certificates that signed documents carry, so that a package is checked off line."""

import io
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


def certificates_in(pdfs: Iterable[bytes]) -> list[bytes]:
    """PEM of every certificate in the signatures of these PDF files, each once, in order. A file
    that is no signed PDF (a scan) has none."""
    found: dict[bytes, None] = {}
    for pdf in pdfs:
        for der in _in_one(pdf):
            found[x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)] = None
    return list(found)


def _in_one(pdf: bytes) -> Iterator[bytes]:
    try:
        signatures: list[Any] = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except (PdfError, ValueError):
        return
    for signature in signatures:
        for choice in signature.signed_data["certificates"]:
            yield choice.chosen.dump()
