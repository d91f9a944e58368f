"""The engine that draws pages: HTML → PDF bytes by wkhtmltopdf, shut in as far as it can be.

Another engine can take its place behind ``render``.
"""

import os
import resource
import subprocess
import tempfile
from typing import Any

import pdfkit

from app.report.messages import Fault

TIMEOUT_SECONDS = 60
_MEMORY_BYTES = 2 << 30
_FILE_BYTES = 512 << 20
_NOWHERE = "http://127.0.0.1:9"
_OPTIONS = {
    "encoding": "utf-8",
    "margin-top": "0",
    "margin-right": "0",
    "margin-bottom": "0",
    "margin-left": "0",
    "disable-local-file-access": "",
    "disable-javascript": "",
    "disable-plugins": "",
    "proxy": _NOWHERE,
    "load-error-handling": "abort",
    "load-media-error-handling": "abort",
}


class ShutEngine(pdfkit.PDFKit):
    """pdfkit that takes no options from the document (CVE-2025-26240)."""

    def _find_options_in_meta(self, content: Any) -> dict[str, str]:
        """No option is ever read from content, whoever wrote it."""
        return {}


def engine_command(html: str, page_mm: tuple[float, float]) -> list[str]:
    """The command line for ``html``: the same for every document of a page size."""
    width, height = page_mm
    size = {"page-width": f"{width}mm", "page-height": f"{height}mm"}
    return [str(part) for part in ShutEngine(html, "string", options=_OPTIONS | size).command()]


def render(html: str, page_mm: tuple[float, float] = (210.0, 297.0)) -> bytes:
    """Draw ``html`` as a PDF; scripts, files and the network are out of its reach.

    Raises ``Fault`` (``report.engine_failed``) when the engine fails, is stopped after 60 seconds,
    or asked for something that it may not have.
    """
    with tempfile.TemporaryDirectory(prefix="report-") as home:
        try:
            done = subprocess.run(
                engine_command(html, page_mm),
                input=html.encode("utf-8"),
                capture_output=True,
                timeout=TIMEOUT_SECONDS,
                env=_environment(home),
                cwd=home,
                preexec_fn=_limit,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise Fault("report.engine_failed", reason=f"{TIMEOUT_SECONDS} s") from late
        except OSError as missing:
            raise Fault("report.engine_failed", reason=type(missing).__name__) from missing
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise Fault("report.engine_failed", reason=f"exit {done.returncode}")
    return done.stdout


def _environment(home: str) -> dict[str, str]:
    """Nothing of ours: no secrets, and no display."""
    return {
        "PATH": os.defpath,
        "HOME": home,
        "TMPDIR": home,
        "XDG_RUNTIME_DIR": home,
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }


def _limit() -> None:
    """Runs in the child before the engine: memory, file size, seconds of CPU, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT_SECONDS, TIMEOUT_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
