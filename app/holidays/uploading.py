"""The notice's text out of a file: plain text, or a PDF that holds its text.

A PDF is read by poppler's pdftotext, in a process of its own with a time limit: what comes from
outside may be anything. A scan holds pictures only, and nobody's dates are guessed from a picture.
"""

import re
import shutil
import subprocess

from app.holidays.messages import WANTED
from tenants.messages import Fault
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind

MOST_BYTES = 5_000_000
SECONDS = 20
_ENCODINGS = ("utf-8-sig", "gb18030")
_PAGE_NUMBER = re.compile(r"^[\s\u2013\u2014\uff0d-]*\d{1,3}[\s\u2013\u2014\uff0d-]*$")


def text_in(data: bytes) -> str:
    """What the file says, its pages joined. ``Fault`` for a file that is too large, of another
    kind, damaged or locked, or that is a scan without text."""
    if len(data) > MOST_BYTES:
        raise Fault("holiday.too_large")
    kind = require_kind(data, {FileKind.PDF, FileKind.TEXT}, WANTED)
    return _of_pdf(data) if kind is FileKind.PDF else _decoded(data)


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    raise Fault("holiday.no_text")


def _of_pdf(data: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise Fault("holiday.pdf_unread")
    try:
        done = subprocess.run(
            [program, "-enc", "UTF-8", "-", "-"],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Fault("holiday.pdf_unread") from late
    if done.returncode:
        raise Fault("holiday.pdf_unread")
    pages = done.stdout.decode("utf-8", "replace").split("\f")
    text = "\n".join(_without_number(page) for page in pages).strip()
    if not text:
        raise Fault("holiday.scanned")
    return text


def _without_number(page: str) -> str:
    """A page without the number at its head or foot, which would stand within a sentence."""
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    while lines and _PAGE_NUMBER.match(lines[-1]):
        lines.pop()
    while lines and _PAGE_NUMBER.match(lines[0]):
        lines.pop(0)
    return "\n".join(lines)
