"""The list of an entrustment written as the template has it, so that it can be read in again."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from sqlalchemy import select

from app.cases.identity import Guardian, Identity
from app.cases.models import Authorisation, Case, Declaration, Subject
from app.intake.columns import COLUMNS, LIST_SHEET
from app.intake.wording import scope_words, title
from tenants.database import any_of, db
from tenants.vault import vault

Cell = str | int | float | dt.date | None
MEASURES = {"monthly_income": "monthly_income_fen", "deposits": "deposits_fen"}
COUNTS = ("houses", "vehicles", "businesses")


@dataclass(frozen=True)
class Row:
    """One subject of the list: where it belongs, and its cells by column."""

    case_id: int
    subject_id: int
    household: str
    cells: Mapping[str, Cell]


def rows_of(case_ids: Iterable[int]) -> list[Row]:
    """The rows of these households in the list's order; two statements."""
    ids = list(case_ids)
    keys = vault()
    declared = {
        row.subject_id: keys.open("declaration", row.subject_id, row.sealed)
        for row in db.session.scalars(
            select(Declaration)
            .join(
                Subject,
                (Subject.agency_id == Declaration.agency_id)
                & (Subject.id == Declaration.subject_id),
            )
            .where(Subject.case_id == any_of(ids))
        )
    }
    found = db.session.execute(
        select(Case, Subject, Authorisation)
        .join(Subject, (Subject.agency_id == Case.agency_id) & (Subject.case_id == Case.id))
        .join(
            Authorisation,
            (Authorisation.agency_id == Subject.agency_id)
            & (Authorisation.subject_id == Subject.id),
            # Who refused has none, and stands in the list all the same.
            isouter=True,
        )
        .where(Case.id == any_of(ids))
        .distinct(Case.id, Subject.row_no, Subject.id)
        .order_by(Case.id, Subject.row_no, Subject.id, Authorisation.expires_on.desc())
    )
    return [
        Row(
            case.id,
            subject.id,
            case.household_no,
            _cells(case, subject, consent, declared.get(subject.id, {})),
        )
        for case, subject, consent in found
    ]


def _cells(
    case: Case, subject: Subject, consent: Authorisation | None, said: Mapping[str, Any]
) -> dict[str, Cell]:
    person = Identity.of(vault().open("subject", subject.id, subject.sealed))
    cells: dict[str, Cell] = {
        "household_no": case.household_no,
        "relation": title("relation", subject.relation),
        "name": person.name,
        "id_type": title("id_type", person.id_type),
        "id_number": person.id_number,
        "phone": person.phone,
        "registered_region": person.registered_region,
        "actual_region": person.actual_region,
        "scheme": title("scheme", case.scheme),
        "application": title("application", case.application),
        "subject_role": title("subject_role", _role(subject.role)),
        "consent": title("consent", "refused" if subject.refused_on else "authorised"),
        **(_consent_cells(consent) if consent else {}),
    }
    for column, measure in MEASURES.items():
        fen = said.get(measure)
        cells[column] = None if fen is None else fen / 100
    return cells | {column: said.get(column) for column in COUNTS}


def _consent_cells(consent: Authorisation) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "authorised_on": consent.signed_on,
        "authorisation_expires_on": consent.expires_on,
        "authorisation_scope": scope_words(consent.scope),
    }
    if consent.guardian_sealed is None:
        return cells
    opened = vault().open("authorisation", consent.subject_id, consent.guardian_sealed)
    return cells | Guardian.of(opened).as_cells()


def _role(role: str) -> str:
    return "obligor" if role == "obligor" else "member"


def write_list(rows: Iterable[Row]) -> bytes:
    """The rows as a workbook under the template's headings."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(LIST_SHEET)
        text, day = book.add_format({"num_format": "@"}), book.add_format(
            {"num_format": "yyyy-mm-dd"}
        )  # fmt: skip
        for place, column in enumerate(COLUMNS):
            page.write_string(0, place, column.header)
            page.set_column(place, place, column.width)
        for line, row in enumerate(rows, start=1):
            cells = {"row_no": line, **row.cells}
            for place, column in enumerate(COLUMNS):
                cell = cells.get(column.key)
                if isinstance(cell, dt.date):
                    page.write_datetime(line, place, cell, day)
                elif isinstance(cell, int | float):
                    page.write_number(line, place, cell)
                elif cell:
                    page.write_string(line, place, str(cell), text)
    return buffer.getvalue()
