"""导出数据包: an entrustment's list, its sealed letter and every scan, as one encrypted ZIP."""

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from zipfile import ZIP_DEFLATED

import pyzipper
from sqlalchemy import ColumnElement, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.models import Case, Entrustment
from app.data_package import names
from app.data_package.list_file import Row, rows_of, write_list
from app.data_package.manifest import Packed, write_manifest
from app.papers.models import Paper
from app.papers.service import FILE_KIND, SUFFIXES
from tenants import files
from tenants.agency.models import Unit
from tenants.database import any_of, db
from tenants.messages import Fault

MOST_HOUSEHOLDS = 300


def export_package(entrustment: Entrustment, password: str, actor: Actor) -> bytes:
    """The package of an entrustment (操作规程 二(一)5), with a manifest of digests, encrypted
    (AES-256).

    Raises ``Fault``: ``package_letter_missing``, ``package_most_households``.
    """
    actor.must("package.prepare")
    if entrustment.letter_file_id is None:
        raise Fault("package_letter_missing")
    chosen = select(Case.id).where(Case.entrustment_id == entrustment.id).order_by(Case.id)
    case_ids = list(db.session.scalars(chosen))
    if len(case_ids) > MOST_HOUSEHOLDS:
        raise Fault("package_most_households", count=len(case_ids), most=MOST_HOUSEHOLDS)
    rows = rows_of(case_ids)
    packed = [
        Packed(names.LIST, "list_file", write_list(rows)),
        *_letters(entrustment),
        *_scans(case_ids, rows),
    ]
    head = {
        "agency": entrustment.agency_id,
        "unit": db.session.scalar(select(Unit.name).where(Unit.id == entrustment.unit_id)) or "",
        "letter_number": entrustment.letter_number,
        "letter_on": entrustment.letter_on.isoformat() if entrustment.letter_on else "",
        "households": len(case_ids),
        "subjects": len(rows),
    }
    audit.record(
        actor.account_id,
        "package.export",
        kind="entrustment",
        subject_id=entrustment.id,
        unit_id=actor.unit_id,
        households=len(case_ids),
        files=len(packed),
    )
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
