"""销毁清册 on paper: what is destroyed, with room for the three signatures."""

from flask import Blueprint, Response

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases.downloads import attachment
from app.oversight.archive.messages import BASIS_TITLES, years_words
from app.oversight.archive.queries import destruction, in_destruction
from app.prints import names
from app.prints.papers.inventory import Destroyed, Inventory, compose_inventory
from app.prints.rendering import as_pdf
from tenants.agency.tree import agency

blueprint = Blueprint("archive_prints", __name__, url_prefix="/prints")


@blueprint.post("/destructions/<int:destruction_id>/inventory")
@permitted("archive.read")
def inventory(destruction_id: int) -> Response:
    """销毁清册 of one set; it holds no personal data."""
    row = destruction(destruction_id)
    files = [
        Destroyed(
            number=file.number,
            case_number=file.case_number,
            outcome=BASIS_TITLES[file.basis],
            closed_on=file.closed_on,
            kept=years_words(file.kept_years),
            documents=file.documents,
            shelf=file.shelf,
        )
        for file in in_destruction(row.id)
    ]
    said = Inventory(
        agency=agency(row.agency_id).name,
        number=row.number,
        reason=row.reason,
        files=tuple(files),
        signed=(
            (row.proposer_name, row.proposed_on),
            (row.confirmer_name, row.confirmed_on),
            (row.witness_name, row.witnessed_on),
        ),
    )
    who = actor()
    audit.record(
        who.account_id,
        "print.archive_inventory",
        kind="destruction",
        subject_id=row.id,
        unit_id=who.unit_id,
        count=len(files),
    )
    pdf = as_pdf([compose_inventory(said)])
    return attachment(pdf, names.ARCHIVE_INVENTORY.format(number=row.number))
