"""What a reader does not tell of a sheet: which cells are formulas, and which texts are numbers.

A reader hands on a formula's last value as if it were typed, and an identity number that was
made a number, its last figures lost, as if it were text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from defusedxml.ElementTree import fromstring

from tenants.untrusted.archive import Archive, ArchiveLimits

_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]"""
)
_TEXT_TYPE = re.compile(rb"""\st="(?:s|str|inlineStr)\"""")
_LOOK_BACK = 1024
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class RawCells:
    """``formulas``: (row as the spreadsheet shows it, column from 0); ``numbers``: such rows."""

    formulas: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]


def look_at_cells(
    data: bytes, limits: ArchiveLimits, title: str, id_column: int | None
) -> RawCells:
    """Look through one sheet of an inspected workbook; ``id_column`` counts from 0."""
    archive = Archive(data, limits)
    number = _number_in(id_column) if id_column is not None else None
    formulas: set[tuple[int, int]] = set()
    numbers: set[int] = set()
    before = b""
    for piece in archive.chunks(_part_of(archive, title)):
        window = before + piece
        formulas.update((int(m[2]), _place(m[1])) for m in _formulas(window))
        if number:
            numbers.update(_held_as_numbers(number, window))
        before = window[-_LOOK_BACK:]
    return RawCells(tuple(sorted(formulas)), tuple(sorted(numbers)))


def _formulas(window: bytes) -> list[re.Match[bytes]]:
    # Most sheets have none, and looking for the bare tag is ten times faster.
    has_any = re.search(rb"<(?:\w+:)?f[\s/>]", window)
    return list(_FORMULA.finditer(window)) if has_any else []


def _held_as_numbers(number: re.Pattern[bytes], window: bytes) -> Iterator[int]:
    """The rows whose cell of that column has a value of its own that is not text."""
    for found in number.finditer(window):
        begin = window.rfind(b"<", 0, found.start())
        tag = window[begin : found.end(2)]
        is_attribute = window[found.start() - 1 : found.start()].isspace()
        # A cell that the window cuts off in front stood whole in the one before.
        if begin >= 0 and is_attribute and not _TEXT_TYPE.search(tag):
            yield int(found[1])


def _number_in(column: int) -> re.Pattern[bytes]:
    """A cell of that column with a value; it begins with what is rare, so that it is found fast."""
    name = re.escape(_letters(column))
    return re.compile(rb'r="%b([0-9]{1,7})"([^>]*)>\s*<(?:\w+:)?v>' % name)


def _part_of(archive: Archive, title: str) -> str:
    names = {name.lower(): name for name in archive.names}
    book = fromstring(archive.read(names["xl/workbook.xml"]), forbid_dtd=True)
    links = fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]), forbid_dtd=True)
    wanted = next(s.attrib[_RELATION] for s in book.iter() if s.attrib.get("name") == title)
    target = next(link.attrib["Target"] for link in links if link.attrib["Id"] == wanted)
    return names[normpath(join("/xl", target.replace("\\", "/"))).lstrip("/").lower()]


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _letters(place: int) -> bytes:
    name, rest = b"", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = bytes([65 + letter]) + name
    return name
