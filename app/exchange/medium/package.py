"""The encrypted media package (Jilin 2017/58, procedure 3(1)3: by encrypted disc or USB)."""

import io
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZIP_STORED

import pyzipper

from app.exchange.medium.asked import ListLine, PackageHead
from app.exchange.medium.layout import layout
from app.exchange.medium.list_sheet import make_list
from app.exchange.medium.manifest import make_manifest
from app.exchange.medium.notes import make_notes
from app.exchange.medium.reply_template import make_reply_template
from tenants.catalogue import DataItem

_SHORTEST_PASSWORD = 16


def make_package(
    head: PackageHead,
    lines: Sequence[ListLine],
    items: Mapping[int, DataItem],
    password: str,
) -> bytes:
    """A ZIP (WinZip AES-256, as 7-Zip opens it) with manifest, list, reply template and notes.

    ``items`` are the data items by code, every one that a line asks. ``password`` comes from
    ``make_password`` and is nowhere in the package. Nothing private is in a file name, and no
    plain text touches a disc. ``ValueError`` for a head without stamp, no lines, an item that is
    not in ``items``, line numbers used twice, or a weak password: all mistakes of the caller.
    """
    _check(head, lines, items, password)
    asks = sum(len(line.items) for line in lines)
    asked = sorted({item for line in lines for item in line.items})
    files = {
        layout().files.list: make_list(head, lines, items),
        layout().files.reply: make_reply_template(head, lines, [items[i] for i in asked]),
        layout().files.notes: make_notes(head, len(lines), asks, asked[0]),
    }
    manifest = {layout().files.manifest: make_manifest(head, lines, files)}
    return _encrypted(manifest | files, head, password)


def _check(
    head: PackageHead,
    lines: Sequence[ListLine],
    items: Mapping[int, DataItem],
    password: str,
) -> None:
    if not head.stamp:
        raise ValueError("a package leaves with a stamp")
    if not lines or not all(line.items for line in lines):
        raise ValueError("a package asks something about each of at least one subject")
    if len({line.line_no for line in lines}) != len(lines):
        raise ValueError("a line number is used twice")
    if not {item for line in lines for item in line.items} <= set(items):
        raise ValueError("a line asks an item that was not handed over")
    if len(password) < _SHORTEST_PASSWORD:
        raise ValueError("a package's password comes from make_password")


def _encrypted(files: Mapping[str, bytes], head: PackageHead, password: str) -> bytes:
    buffer = io.BytesIO()
    day = head.made_on.timetuple()[:3]
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode("ascii"))
        for name, data in files.items():
            info = pyzipper.zipfile_aes.AESZipInfo(name, date_time=(*day, 0, 0, 0))
            # An xlsx is packed already.
            info.compress_type = ZIP_STORED if name.endswith(".xlsx") else ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()
