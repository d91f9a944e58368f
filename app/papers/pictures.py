"""Scans from outside: judged by content, held to limits, drawn anew without what cameras note.

A photograph or scan becomes a JPEG without EXIF (place, time, device). A PDF whose pages are one
picture each, as scanners make them, becomes such pictures; any other PDF keeps its pages and
nothing that acts.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageOps

from app.papers.messages import PICTURE_FILES
from app.papers.rules import JPEG, PDF
from tenants.messages import Fault
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind

_MB = 1024 * 1024
MOST_MB = 10
MOST_PIXELS = 50_000_000
LONGEST_EDGE = 2_600
SHORTEST_EDGE = 200
MOST_PAGES = 20
_QUALITY = 85
_JPEG_OR_PNG = (b"\xff\xd8\xff", b"\x89PNG\r\n")
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, struct.error, EOFError, IndexError)
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_ACTING = ("/AA", "/Annots", "/Metadata", "/PieceInfo")


@dataclass(frozen=True)
class Picture:
    """One sheet as it is kept: bytes, media type, and how many pages a PDF has."""

    data: bytes
    media_type: str
    pages: int = 1


def clean(data: bytes) -> tuple[Picture, ...]:
    """The sheets of one file from outside, ready to be kept.

    Raises ``Fault``: ``file_empty``, ``paper_too_large``, ``file_kind_refused``, ``paper_broken``,
    ``paper_pixels``, ``paper_too_small``, ``paper_pdf_locked``, ``paper_pdf_pages``.
    """
    if len(data) > MOST_MB * _MB:
        raise Fault("paper_too_large", most=MOST_MB)
    kind = require_kind(data, (FileKind.PDF, FileKind.IMAGE), PICTURE_FILES)
    if kind is FileKind.PDF:
        return tuple(_sheets_of_pdf(data))
    if not data.startswith(_JPEG_OR_PNG):
        require_kind(data, (FileKind.PDF,), PICTURE_FILES)
    return (Picture(_drawn_anew(_opened(data)), JPEG),)


def turned(picture: Picture, quarters: int) -> Picture:
    """The sheet turned clockwise by quarter turns."""
    if picture.media_type == PDF:
        with pikepdf.open(io.BytesIO(picture.data)) as document:
            for page in document.pages:
                page.rotate(quarters * 90, relative=True)
            return Picture(_saved(document), PDF, picture.pages)
    image = _opened(picture.data).rotate(-90 * (quarters % 4), expand=True)
    return Picture(_encoded(image), JPEG)


def cropped(picture: Picture, left: int, top: int, right: int, bottom: int) -> Picture:
    """The sheet without so many percent at each side.

    Raises ``Fault("paper_pdf_crop")`` for a PDF, ``paper_crop`` when next to nothing is left.
    """
    if picture.media_type == PDF:
        raise Fault("paper_pdf_crop")
    sides = (left, top, right, bottom)
    if not all(0 <= side <= 90 for side in sides) or not any(sides):
        raise Fault("paper_crop")
    if left + right > 90 or top + bottom > 90:
        raise Fault("paper_crop")
    image = _opened(picture.data)
    wide, high = image.size
    box = (wide * left // 100, high * top // 100)
    image = image.crop((*box, wide - wide * right // 100, high - high * bottom // 100))
    return Picture(_encoded(image), JPEG)


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        if image.width * image.height > MOST_PIXELS:
            raise Fault("paper_pixels", most=MOST_PIXELS // 10_000)
        # A large photograph is read at the size that is kept.
        image.draft(None, (LONGEST_EDGE, LONGEST_EDGE))
        image.load()
    except _TOO_LARGE as error:
        raise Fault("paper_pixels", most=MOST_PIXELS // 10_000) from error
    except _BROKEN as error:
        raise Fault("paper_broken") from error
    return image


def _drawn_anew(image: Image.Image) -> bytes:
    if max(image.size) < SHORTEST_EDGE:
        raise Fault("paper_too_small", least=SHORTEST_EDGE)
    try:
        upright = ImageOps.exif_transpose(image)
    except _BROKEN:
        upright = image
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    return _encoded(upright)


def _encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    _flat(image).save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    """Grey or colour, on white paper; a copy of the pixels alone, so that nothing else is kept."""
    if image.mode in ("1", "L", "I;16", "I", "F"):
        flat = image.convert("L")
    elif "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
    else:
        flat = image.convert("RGB")
    flat.info = {}
    return flat


def _sheets_of_pdf(data: bytes) -> Iterator[Picture]:
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if not 1 <= len(document.pages) <= MOST_PAGES:
                raise Fault("paper_pdf_pages", count=len(document.pages), most=MOST_PAGES)
            scanned = [_scan_on(page) for page in document.pages]
            pictures = [image for image in scanned if image is not None]
            if len(pictures) == len(scanned):
                yield from (Picture(_drawn_anew(image), JPEG) for image in pictures)
            else:
                yield Picture(_only_pages(document), PDF, len(scanned))
    except pikepdf.PasswordError as error:
        raise Fault("paper_pdf_locked") from error
    except (pikepdf.PdfError, *_BROKEN) as error:
        raise Fault("paper_broken") from error


def _scan_on(page: pikepdf.Page) -> Image.Image | None:
    """The one picture that a scanned page is; None when the page is made in another way."""
    images = [image for image in page.get_images().values() if isinstance(image, pikepdf.Stream)]
    if len(images) != 1 or "/Font" in page.obj.get("/Resources", {}):
        return None
    found = pikepdf.PdfImage(images[0])
    if found.width * found.height > MOST_PIXELS:
        raise Fault("paper_pixels", most=MOST_PIXELS // 10_000)
    try:
        image = found.as_pil_image()
    except (pikepdf.models.image.UnsupportedImageTypeError, *_BROKEN, NotImplementedError):
        return None
    return image.rotate(-int(page.obj.get("/Rotate", 0)), expand=True)


def _only_pages(document: pikepdf.Pdf) -> bytes:
    with pikepdf.new() as bare:
        bare.pages.extend(document.pages)
        for page in bare.pages:
            for key in _ACTING:
                if key in page.obj:
                    del page.obj[key]
        return _saved(bare)


def _saved(document: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
