"""导出数据包: an entrustment's list, its sealed letter and every scan, as one encrypted ZIP."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from zipfile import ZIP_DEFLATED

import pyzipper
from sqlalchemy import ColumnElement, func, select

from app.accounts.actor import Actor
from app.cases.models import Case, Entrustment
from app.data_package import names
from app.data_package.list_file import Row, rows_of, write_list
from app.data_package.manifest import Packed, write_manifest
from app.data_package.reading import MOST_SCANS
from app.papers.models import Paper
from app.papers.service import FILE_KIND, SUFFIXES
from tenants import files
from tenants.agency.models import Unit
from tenants.database import any_of, db
from tenants.messages import Fault

MOST_HOUSEHOLDS = 300
MOST_BYTES = 48 * 1024 * 1024
"""With list and letter below what can be uploaded at once (64 MB)."""
SCANS_AT_ONCE = 60
BYTES_AT_ONCE = 12 * 1024 * 1024
"""A package above these is made by the worker."""


@dataclass(frozen=True)
class Volume:
    """One package of an entrustment, complete in itself: its households, and the size of their
    scans in bytes."""

    cases: tuple[int, ...]
    scans: int
    size: int

    @property
    def is_small(self) -> bool:
        """Whether it is packed before anybody would look at the clock."""
        return self.scans <= SCANS_AT_ONCE and self.size <= BYTES_AT_ONCE


def volumes_of(entrustment: Entrustment) -> list[Volume]:
    """The packages that an entrustment makes: each as large as an agency takes in at once, every
    household whole in one of them.

    Raises ``Fault("package_letter_missing")``.
    """
    if entrustment.letter_file_id is None:
        raise Fault("package_letter_missing")
    rows = db.session.execute(
        select(Case.id, func.count(Paper.id), func.coalesce(func.sum(Paper.size), 0))
        .join(
            Paper,
            (Paper.agency_id == Case.agency_id)
            & (Paper.case_id == Case.id)
            & (Paper.origin_id == 0),
            isouter=True,
        )
        .where(Case.entrustment_id == entrustment.id)
        .group_by(Case.id)
        .order_by(Case.id)
    )
    return planned([(id_, scans, int(size)) for id_, scans, size in rows])


def planned(households: Iterable[tuple[int, int, int]]) -> list[Volume]:
    """(case, scans, bytes) in order → volumes within ``MOST_SCANS`` and ``MOST_BYTES``; a household
    that is larger alone has a volume of its own."""
    found: list[Volume] = []
    for id_, scans, size in households:
        last = found[-1] if found else None
        if (
            last is not None
            and last.scans + scans <= MOST_SCANS
            and last.size + size <= MOST_BYTES
            and len(last.cases) < MOST_HOUSEHOLDS
        ):
            found[-1] = Volume((*last.cases, id_), last.scans + scans, last.size + size)
        else:
            found.append(Volume((id_,), scans, size))
    return found


def export_package(
    entrustment: Entrustment, case_ids: Sequence[int], password: str, actor: Actor
) -> bytes:
    """The package of these households of an entrustment (操作规程 二(一)5), with a manifest of
    digests, encrypted (AES-256).

    Raises ``Forbidden``, and ``LookupError`` when one of them is not in this scope.
    """
    actor.must("package.prepare")
    chosen = select(Case.id).where(
        Case.entrustment_id == entrustment.id, Case.id == any_of(case_ids)
    )
    found = list(db.session.scalars(chosen.order_by(Case.id)))
    if len(found) < len(case_ids):
        raise LookupError("a household of the package is not there")
    rows = rows_of(found)
    packed = [
        Packed(names.LIST, "list_file", write_list(rows)),
        *_letters(entrustment),
        *_scans(found, rows),
    ]
    head = {
        "agency": entrustment.agency_id,
        "unit": db.session.scalar(select(Unit.name).where(Unit.id == entrustment.unit_id)) or "",
        "letter_number": entrustment.letter_number,
        "letter_on": entrustment.letter_on.isoformat() if entrustment.letter_on else "",
        "households": len(found),
        "subjects": len(rows),
    }
    manifest = Packed(names.MANIFEST, "", write_manifest(head, packed))
    return _encrypted([manifest, *packed], password)


def _letters(entrustment: Entrustment) -> Iterator[Packed]:
    letter = files.read(entrustment.letter_file_id or 0, "letter")
    suffix = letter.name[letter.name.rfind(".") :] if "." in letter.name else ""
    yield Packed(names.LETTER + suffix, "letter", letter.data)
    sheets = _papers(Paper.entrustment_id == entrustment.id)
    for place, (row, data) in enumerate(sheets, start=1):
        name = f"{names.SEALED_LIST}/{place}{_suffix(row)}"
        yield Packed(name, "list", data, sequence=row.sequence)


def _scans(case_ids: Sequence[int], rows: Sequence[Row]) -> Iterator[Packed]:
    """Scans are numbered through: a file's name says nothing about whose it is."""
    persons: dict[tuple[int, int], int] = {}
    households: dict[int, str] = {}
    for case_id, people in groupby(rows, key=lambda row: row.case_id):
        for place, person in enumerate(people, start=1):
            persons[case_id, person.subject_id] = place
            households[case_id] = person.household
    # What was explained or changed afterwards is no part of what was entrusted.
    brought = (Paper.case_id == any_of(case_ids)) & (Paper.origin_id == 0)
    for number, (row, data) in enumerate(_papers(brought), start=1):
        case_id = row.case_id or 0
        yield Packed(
            name=f"{names.SCANS}/{number:05}{_suffix(row)}",
            kind=row.kind,
            data=data,
            household=households[case_id],
            person=persons.get((case_id, row.subject_id), 0),
            sequence=row.sequence,
        )


def _papers(condition: ColumnElement[bool]) -> list[tuple[Paper, bytes]]:
    rows = db.session.scalars(
        select(Paper)
        .where(condition)
        .order_by(Paper.case_id, Paper.subject_id, Paper.kind, Paper.sequence, Paper.id)
    ).all()
    found = files.read_many([row.file_id for row in rows], FILE_KIND)
    return [(row, found[row.file_id].data) for row in rows]


def _suffix(row: Paper) -> str:
    return SUFFIXES.get(row.media_type, ".pdf")


def _encrypted(packed: Sequence[Packed], password: str) -> bytes:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(
        buffer, "w", compression=ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(password.encode())
        for file in packed:
            archive.writestr(file.name, file.data)
    return buffer.getvalue()
