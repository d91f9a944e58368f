"""A list as a file for others: workbook, cover and manifest in an encrypted package, stamped."""

import base64
import hashlib
import hmac
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zipfile import ZIP_DEFLATED, ZIP_STORED

import pyzipper

from app.assistance.outward import names
from app.assistance.outward.cover import Head, cover_lines
from app.assistance.outward.rows import Row
from app.exchange.medium.sheets import fit_to_paper, new_workbook, write_texts
from app.intake.wording import title
from app.web.formats import money
from tenants.vault import vault

_STAMP_BYTES, _GROUP = 15, 4


def stamp_of(head: Head, rows: bytes) -> str:
    """The stamp over what a list says of itself and the digest of its rows: HMAC under the key of
    this agency, in groups of four."""
    said = json.dumps([head.told, hashlib.sha256(rows).hexdigest()], sort_keys=True)
    code = hmac.digest(vault().stamp_key, said.encode(), "sha256")[:_STAMP_BYTES]
    text = base64.b32encode(code).decode("ascii")
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def package(head: Head, rows: Iterable[Row], cover: bytes, password: str) -> bytes:
    """A list of people as it leaves: its workbook and its cover, encrypted."""
    codes = head.flow.columns
    columns = [(names.HEADINGS[code], names.WIDTHS[code]) for code in codes]
    cells = ([cell(code, row) for code in codes] for row in rows)
    files = {names.LIST_IN_PACKAGE: sheet(head, columns, cells), names.COVER_IN_PACKAGE: cover}
    return encrypted(head, files, password)


def encrypted(head: Head, files: Mapping[str, bytes], password: str) -> bytes:
    """A ZIP (WinZip AES-256) of these files and the manifest with their checksums."""
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    told = {**head.told, "stamp": head.stamp, "files": sums}
    manifest = json.dumps(told, ensure_ascii=False, indent=2).encode()
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode("ascii"))
        for name, data in {**files, names.MANIFEST: manifest}.items():
            kind = ZIP_DEFLATED if name == names.MANIFEST else ZIP_STORED
            archive.writestr(name, data, compress_type=kind)
    return buffer.getvalue()


def sheet(head: Head, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> bytes:
    """The workbook: what it is for on top, then the rows; ``columns`` are titles and widths."""
    lines = cover_lines(head)
    with new_workbook(date.fromisoformat(head.made_on)) as (book, styles, buffer):
        page = book.add_worksheet(names.SHEET)
        page.write_string(0, 0, f"{head.flow.title} {head.number}", styles.title)
        for place, (label, value) in enumerate(lines, start=1):
            page.write_string(place, 0, label)
            page.write_string(place, 2, value)
        top = len(lines) + 2
        write_texts(page, top, [title for title, _ in columns], styles.header)
        for place, cells in enumerate(rows, start=top + 1):
            write_texts(page, place, cells, styles.asked)
        for place, (_, width) in enumerate(columns):
            page.set_column(place, place, width)
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        fit_to_paper(page)
        page.protect("", {"autofilter": True, "format_columns": True, "select_locked_cells": True})
    return buffer.getvalue()


def cell(code: str, row: Row) -> str:
    """One value of a row, as people read it."""
    value = row[code]
    match code:
        case "change":
            return names.CHANGES[value]
        case "scheme":
            return title("scheme", value)
        case "head":
            return names.HEAD[value]
        case "amount":
            return "" if value is None else money(value)
        case "services":
            return names.THEN.join(names.SERVICES[one] for one in value)
        case "why":
            return names.WHY[value]
    return str(value or "")
