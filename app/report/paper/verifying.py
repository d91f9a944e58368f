"""Checking a report offline: its signature, whom it is trusted from, its content, what it carries.

Nothing is fetched. A certificate is judged at the time of signing that the document states, so that
an archived report stays checkable after its certificate ran out; whoever needs proof of that time
against the agency itself needs a time stamp (not part of PAdES-B-B).
"""

import io
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pikepdf
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from app.report.paper.particulars import digest, read_attachments, read_particulars
from app.report.paper.trust import Certificate, agency_of, is_demonstration, load_certificates
from tenants.calendar import instant

_DEEPEST = 2
_END = b"%%EOF\n"
_ENDS_TRIED = 4
_UNKNOWN = "report.unknown_authority"
_DEMONSTRATION = "report.demonstration_authority"

# A hostile file can break a parser in any of these ways; each one means "not a report of ours".
_UNREADABLE = (
    PdfError,
    pikepdf.PdfError,
    zlib.error,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
)


# pyHanko logs a traceback for each signature that does not hold: that is an answer, no error.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Verification:
    """What was found out about one file; ``faults`` are codes of the message table.

    ``valid`` means that there is no fault at all, attached reports included. ``intact``: what was
    signed is unchanged; ``trusted``: the certificate leads to a trusted root.
    """

    valid: bool
    intact: bool = False
    trusted: bool = False
    signer: str = ""
    number: str = ""
    signed_at: datetime | None = None
    attachments: tuple["Verification", ...] = ()
    faults: tuple[str, ...] = ()
    file_name: str = ""
    sha256: str = ""
    supplements: str = ""


def verify_report(
    pdf: bytes, trust_roots: Sequence[bytes], production: bool, file_name: str = ""
) -> Verification:
    """Check a report against ``trust_roots`` (PEM); never raises for what is wrong with the file.

    In ``production`` the demonstration's authority is refused even among the roots.
    """
    return _verify(pdf, load_certificates(trust_roots), production, file_name, depth=0)


def _verify(
    pdf: bytes, roots: list[Certificate], production: bool, file_name: str, depth: int
) -> Verification:
    sha256 = digest(pdf)
    read = _signatures(pdf)
    if read is None or not read[0]:
        fault = "report.unreadable" if read is None else "report.unsigned"
        return Verification(False, faults=(fault,), file_name=file_name, sha256=sha256)
    signatures, tailed = read
    try:
        status = _status(signatures[0], roots)
    except _UNREADABLE:
        return Verification(False, faults=("report.tampered",), file_name=file_name, sha256=sha256)
    faults = _signature_faults(signatures, status, production, tailed)
    signer = agency_of(status.signing_cert)
    number, supplements = "", ""
    attached: tuple[Verification, ...] = ()
    if status.intact and status.valid and status.trusted:
        named, found, attached = _content(pdf, signer, roots, production, depth)
        number, supplements = str(named.get("number", "")), str(named.get("supplements") or "")
        faults += found
    return Verification(
        valid=not faults,
        intact=not {"report.tampered", "report.changed_after_signing"} & set(faults),
        trusted=status.trusted and not {_UNKNOWN, _DEMONSTRATION} & set(faults),
        signer=signer,
        number=number,
        signed_at=status.signer_reported_dt,
        attachments=attached,
        faults=tuple(faults),
        file_name=file_name,
        sha256=sha256,
        supplements=supplements,
    )


def _signatures(pdf: bytes) -> tuple[list[EmbeddedPdfSignature], bool] | None:
    """The signatures of a file and whether it has a tail after its end; ``None``: unreadable.

    Bytes tacked on behind the end stop a strict reader, so the file is read once more up to an
    earlier end.
    """
    end = len(pdf)
    for _ in range(_ENDS_TRIED):
        try:
            reader = PdfFileReader(io.BytesIO(pdf[:end]))
            return list(reader.embedded_regular_signatures), end < len(pdf)
        except _UNREADABLE:
            end = pdf.rfind(_END, 0, max(end - len(_END), 0)) + len(_END)
        if end < len(_END) + 1:
            break
    return None


def _status(signature: EmbeddedPdfSignature, roots: list[Certificate]) -> PdfSignatureStatus:
    moment = signature.self_reported_timestamp or instant()
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    return validate_pdf_signature(signature, context)


def _signature_faults(
    signatures: list[EmbeddedPdfSignature],
    status: PdfSignatureStatus,
    production: bool,
    tailed: bool,
) -> list[str]:
    faults = []
    if len(signatures) > 1:
        faults.append("report.several_signatures")
    if not status.intact:
        faults.append("report.tampered")
    elif not status.valid:
        faults.append("report.signature_invalid")
    elif tailed or status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        faults.append("report.changed_after_signing")
    if signatures[0].docmdp_level is not MDPPerm.NO_CHANGES:
        faults.append("report.not_certified")
    if status.intact and status.valid and not status.trusted:
        faults.append(_UNKNOWN)
    elif production and _demonstration(status):
        faults.append(_DEMONSTRATION)
    return faults


def _demonstration(status: PdfSignatureStatus) -> bool:
    path = status.validation_path
    if path is None:
        return False
    return any(map(is_demonstration, path.iter_certs(include_root=True)))


def _content(
    pdf: bytes, signer: str, roots: list[Certificate], production: bool, depth: int
) -> tuple[dict[str, Any], list[str], tuple[Verification, ...]]:
    """Particulars, faults and attached reports of a file whose signature holds."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            particulars = read_particulars(document)
            files = read_attachments(document)
    except _UNREADABLE:
        return {}, ["report.unreadable"], ()
    if not particulars:
        return {}, ["report.no_particulars"], ()
    faults = [] if particulars.get("agency") == signer else ["report.signer_differs"]
    listed = {part["file"]: part for part in particulars.get("attachments", ())}
    faults += _attachment_faults(listed, files)
    if depth >= _DEEPEST:
        return particulars, faults, ()
    attached = tuple(
        _verify(content, roots, production, name, depth + 1) for name, content in files.items()
    )
    if not all(report.valid for report in attached):
        faults.append("report.attachment_invalid")
    return particulars, faults, attached


def _attachment_faults(listed: dict[str, dict[str, str]], files: dict[str, bytes]) -> list[str]:
    faults = []
    if listed.keys() - files.keys():
        faults.append("report.attachment_missing")
    if files.keys() - listed.keys():
        faults.append("report.attachment_extra")
    if any(digest(files[name]) != listed[name]["sha256"] for name in listed.keys() & files.keys()):
        faults.append("report.attachment_swapped")
    return faults
