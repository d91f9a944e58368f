"""What a file really is, judged by its content and never by its name."""

import io
import zipfile
from enum import StrEnum

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class FileKind(StrEnum):
    """Kinds that people do send; only some of them are taken."""

    EMPTY = "empty"
    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    OLE = "ole"
    ODS = "ods"
    DOCUMENT = "document"
    ZIP = "zip"
    BROKEN_ZIP = "broken_zip"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    GZIP = "gzip"
    PDF = "pdf"
    IMAGE = "image"
    MARKUP = "markup"
    TEXT = "text"
    UNKNOWN = "unknown"


_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"BM", FileKind.IMAGE),
)
# Web pages and Office's XML of 2003, which some programs save as .xls.
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version:")
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


def kind_of(data: bytes) -> FileKind:
    """The kind of ``data``; the file is not unpacked, so this is safe on anything."""
    if not data:
        return FileKind.EMPTY
    if data.startswith(_ZIP_MAGIC):
        return _kind_of_zip(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(UTF16_MARKS):
        return FileKind.TEXT
    if b"\x00" in data[:4096]:
        return FileKind.UNKNOWN
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return FileKind.MARKUP if start.startswith(_MARKUP) else FileKind.TEXT


def _kind_of_zip(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return FileKind.BROKEN_ZIP
    if "[content_types].xml" in names:
        return _kind_of_office(names)
    if "mimetype" in names and "content.xml" in names:
        return FileKind.ODS
    return FileKind.ZIP


def _kind_of_office(names: set[str]) -> FileKind:
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(name.endswith("vbaproject.bin") for name in names):
        return FileKind.XLSM
    return FileKind.XLSX if "xl/workbook.xml" in names else FileKind.DOCUMENT
