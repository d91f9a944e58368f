"""Files on their way to a person's browser."""

import io

from flask import Response, send_file

from tenants.untrusted.kinds import FileKind, kind_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {FileKind.XLSX: _XLSX, FileKind.PDF: "application/pdf"}


def attachment(data: bytes, name: str) -> Response:
    """``data`` as a download called ``name``; its type is judged by content, never shown inline."""
    mimetype = _TYPES.get(kind_of(data), "application/octet-stream")
    return send_file(io.BytesIO(data), mimetype, as_attachment=True, download_name=name)
