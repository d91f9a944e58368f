"""What somebody does with a report on paper and on disk: reads it, scans its code."""

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import segno
from PIL import Image

_DOTS_PER_MM = 300 / 25.4
# Where the code stands on the first page, from the top right corner (templates/report/report.css).
_CODE_MM = {"right": 26, "top": 8.5, "side": 17}


def words_of(pdf: bytes) -> str:
    """The text of a PDF without blanks: where a cell wraps is of no account."""
    text = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return re.sub(r"\s+", "", text.stdout.decode("utf-8"))


def attachments_of(pdf: bytes) -> dict[str, bytes]:
    """The files that a PDF carries."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def shows_code(pdf: bytes, url: str, scratch: Path) -> bool:
    """Whether the QR code on the first page is the one of ``url``, module by module."""
    drawn = scratch / "first.png"
    command = ["pdftoppm", "-png", "-r", "300", "-singlefile", "-", str(drawn.with_suffix(""))]
    subprocess.run(command, input=pdf, check=True)
    with Image.open(drawn) as page:
        grey = page.convert("L")
    side = _CODE_MM["side"] * _DOTS_PER_MM
    left = grey.width - _CODE_MM["right"] * _DOTS_PER_MM - side
    top = _CODE_MM["top"] * _DOTS_PER_MM
    code = grey.crop((round(left), round(top), round(left + side), round(top + side)))
    code = code.crop(code.point(lambda shade: 255 * (shade < 128)).getbbox())
    matrix = segno.make(url, error="m", micro=False).matrix
    pace = code.width / len(matrix)
    shades = code.tobytes()
    centres = [int((place + 0.5) * pace) for place in range(len(matrix))]
    seen = [[shades[y * code.width + x] < 128 for x in centres] for y in centres]
    return seen == [[bool(module) for module in row] for row in matrix]
