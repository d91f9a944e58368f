"""Whether a report is authentic: facts about the paper, none about the people in it."""

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import select

from app.report.models import Report
from tenants.agency.changes import former_names, name_then
from tenants.agency.models import Agency
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import acting_for

_HIGHEST_AGENCY = 999_999
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Authentic:
    """A report as its QR code's page names it; ``replaced_by`` is empty for the current one."""

    agency_name: str
    kind: str
    number: str
    version: int
    issued_on: dt.date | None
    replaced_by: str
    supplements: str
    supplemented_by: str

    @property
    def is_current(self) -> bool:
        """Whether no newer version has taken its place."""
        return not self.replaced_by


def authentic(agency_id: int, code: str) -> Authentic | None:
    """The report with this code, issued by this agency; None for anything else, whatever it is."""
    if agency_id > _HIGHEST_AGENCY or not _CODE.fullmatch(code):
        return None
    with acting_for(agency_id, "public", read_only=True):
        found = db.session.execute(
            select(
                Agency.id,
                Agency.name,
                Report.kind,
                Report.number,
                Report.version,
                Report.issued_on,
                Report.state,
                Report.replaced_by,
                Report.supplements,
                Report.supplemented_by,
            )
            .join(Agency, Agency.id == Report.by_agency_id)
            .where(
                Report.code == code,
                Report.by_agency_id == agency_id,
                Report.state.in_(("issued", "received", "replaced")),
            )
            .limit(1)
        ).one_or_none()
        former = former_names()
    if found is None:
        return None
    day = found.issued_on or business_date()
    return Authentic(
        agency_name=name_then(former, found.id, found.name, day),
        kind=found.kind,
        number=found.number,
        version=found.version,
        issued_on=found.issued_on,
        replaced_by=found.replaced_by,
        supplements=found.supplements,
        supplemented_by=found.supplemented_by,
    )
