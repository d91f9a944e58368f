"""One file as one package that opens without the portal: every document, what happened, an index
page, the certificates, and a list of SHA-256 that ``sha256sum -c`` and the portal both check."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED

import pyzipper
from flask import current_app
from sqlalchemy import select

from app.cases import queries as cases
from app.made.making import Maker, Part, Task
from app.oversight.archive import names
from app.oversight.archive.certificates import certificates_in
from app.oversight.archive.documents import Document, documents_of
from app.oversight.archive.gathering import Contents, Rows, contents_of
from app.oversight.archive.messages import (
    BASIS_TITLES,
    COLUMNS,
    MISSING_TITLES,
    PAPER_TITLES,
    Fault,
    years_words,
)
from app.oversight.archive.models import ArchiveFile
from app.oversight.archive.queries import archive_file
from app.oversight.archive.rules import manifest
from tenants import files
from tenants.agency.models import Agency
from tenants.agency.tree import agency
from tenants.calendar import instant
from tenants.database import db

TEMPLATE, STYLE = (f"oversight/archive/package/{name}" for name in ("index.html", "style.css"))


def pack(archive_id: int, password: str) -> bytes:
    """The package of one file as an AES-256 ZIP.

    Raises ``LookupError``, ``Fault("archive.destroyed")``, ``CannotOpen`` for altered bytes.
    """
    row = archive_file(archive_id)
    if row.state == "destroyed":
        raise Fault("archive.destroyed")
    packed = contents_in(row)
    packed[names.MANIFEST] = manifest(packed).encode()
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(
        buffer, "w", compression=ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as whole:
        whole.setpassword(password.encode())
        for name in sorted(packed, key=lambda n: (n != names.INDEX, n)):
            whole.writestr(name, packed[name])
    return buffer.getvalue()


def contents_in(row: ArchiveFile) -> dict[str, bytes]:
    """Name in the package → bytes, all but the list of digests."""
    documents = documents_of([row.case_id]).get(row.case_id, [])
    named = [
        (names.DOCUMENT.format(number=at, suffix=_suffix(document)), document)
        for at, document in enumerate(documents, start=1)
    ]
    bytes_of = _bytes(documents)
    packed = {name: bytes_of[document.file_id] for name, document in named}
    contents = contents_of(row.case_id)
    packed |= _tables(contents) | {names.SUBJECT: _about(row)}
    packed[names.STYLE] = current_app.jinja_env.get_template(STYLE).render().encode()
    pdfs = [data for name, data in packed.items() if name.endswith(".pdf")]
    for at, pem in enumerate(certificates_in(pdfs), start=1):
        packed[names.CERTIFICATE.format(number=at)] = pem
    packed[names.INDEX] = _index(row, named, contents, sorted(packed)).encode()
    return packed


def _bytes(documents: Sequence[Document]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for kind in sorted({document.file_kind for document in documents}):
        ids = [document.file_id for document in documents if document.file_kind == kind]
        found |= {id_: file.data for id_, file in files.read_many(ids, kind).items()}
    return found


def _suffix(document: Document) -> str:
    return PurePosixPath(document.name).suffix.lower() or ".pdf"


def _tables(contents: Contents) -> dict[str, bytes]:
    tables = {
        names.PEOPLE: ("people", contents.people),
        names.RESULTS: ("results", contents.results),
        names.REQUESTS: ("requests", contents.requests),
        names.DECISIONS: ("decisions", contents.decisions),
        names.STATEMENTS: ("statements", contents.statements),
        names.EVENTS: ("events", contents.events),
    }
    found = {name: _csv(COLUMNS[code], rows) for name, (code, rows) in tables.items()}
    keys = ("at", "what", "who", "why")
    events = [dict(zip(keys, row, strict=True)) for row in contents.events]
    found[names.EVENTS_JSON] = json.dumps(events, ensure_ascii=False, indent=1).encode()
    return found


def _csv(columns: Sequence[str], rows: Rows) -> bytes:
    """With a byte order mark: office programs take the text for what it is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def _about(row: ArchiveFile) -> bytes:
    said = {
        "archive_number": row.number,
        "case_number": row.case_number,
        "agency": agency(row.agency_id).name,
        "period": row.period,
        "closed_on": row.closed_on.isoformat(),
        "filed_on": row.filed_on.isoformat(),
        "kept_years": row.kept_years,
        "keep_until": row.keep_until.isoformat() if row.keep_until else None,
        "missing": list(row.missing),
        "digest_when_filed": row.digest.hex(),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _index(
    row: ArchiveFile,
    named: Sequence[tuple[str, Document]],
    contents: Contents,
    packed: Sequence[str],
) -> str:
    ids = {document.agency_id for _, document in named}
    found = select(Agency.id, Agency.name).where(Agency.id.in_(ids))
    return current_app.jinja_env.get_template(TEMPLATE).render(
        row=row,
        household=cases.household(row.case_id),
        agency=agency(row.agency_id).name,
        documents=named,
        agencies=dict(db.session.execute(found).tuples().all()),
        contents=contents,
        columns=COLUMNS,
        certificates=[name for name in packed if name.endswith(".pem")],
        paper_titles=PAPER_TITLES,
        basis=BASIS_TITLES[row.basis],
        kept=years_words(row.kept_years),
        missing=[MISSING_TITLES[code] for code in row.missing],
        manifest=names.MANIFEST,
        style=names.STYLE,
        made_at=instant(),
    )


def _step(task: Task) -> Part:
    with task.at_work():
        data = pack(task.asked["archive"], task.password)
    return Part(data, reached=1, done=1, is_last=True)


def _join(_task: Task, parts: Callable[[], Iterator[bytes]]) -> bytes:
    (whole,) = parts()
    return whole


ARCHIVES = Maker(_step, _join)
