"""What a machine reads back from a report: its particulars and its attachments.

Both lie inside what the signature covers. Particulars hold no personal data: number, agency,
version, date, and for a merged report the digest of each file attached.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf

from app.report.paper.content import TierReport

_KEY = "/HeduiReport"


def write_particulars(document: pikepdf.Pdf, particulars: Mapping[str, Any]) -> None:
    """Lay ``particulars`` (plain JSON values) into the catalogue of ``document``."""
    text = json.dumps(particulars, ensure_ascii=False, sort_keys=True)
    document.Root[_KEY] = document.make_stream(text.encode("utf-8"))


def read_particulars(document: pikepdf.Pdf) -> dict[str, Any]:
    """The particulars of ``document``; empty when it has none that can be read."""
    laid_in = document.Root.get(_KEY)
    if not isinstance(laid_in, pikepdf.Stream):
        return {}
    try:
        particulars = json.loads(laid_in.read_bytes())
    except (ValueError, pikepdf.PdfError):
        return {}
    return particulars if isinstance(particulars, dict) else {}


def attach_reports(cover: bytes, reports: Iterable[TierReport]) -> bytes:
    """Embed each tier's signed report, byte for byte, into the unsigned covering document."""
    with pikepdf.open(io.BytesIO(cover)) as document:
        for report in reports:
            issued = f"D:{report.issued_on:%Y%m%d}"
            spec = pikepdf.AttachedFileSpec(
                document,
                report.pdf,
                filename=report.file_name,
                mime_type="application/pdf",
                creation_date=issued,
                mod_date=issued,
                description=f"{report.agency_name} {report.number}",
            )
            spec.obj.AFRelationship = pikepdf.Name.Source
            document.attachments[report.file_name] = spec
        document.Root.PageMode = pikepdf.Name.UseAttachments
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def read_attachments(document: pikepdf.Pdf) -> dict[str, bytes]:
    """The files attached to ``document``, by name."""
    return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def digest(content: bytes) -> str:
    """SHA-256 of a file, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
