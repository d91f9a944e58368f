"""A disc carried to the agency: a department without a login hands in one household's package."""

import datetime as dt
import io
from collections import Counter

import pyzipper

from app.data_package import names
from app.data_package.importing import import_on_behalf
from app.data_package.manifest import Packed, write_manifest
from tenants.provisioning import add_unit
from tenants.scope import acting_for
from tests.world.crowd import crowd
from tests.world.households import Household
from tests.world.lists import as_workbook, rows_of
from tests.world.month import Counts, Month
from tests.world.papers import authorisation, id_card, letter
from tests.world.plan import AgencyPlan

COUNTY, DEPARTMENT = "双阳区", "双阳区住房保障中心"
PASSWORD = "shuangyang-2026-12"


def carry_package(month: Month) -> Counts:
    """双阳区住房保障中心 has no login; its sealed disc is taken in by the intake officer."""
    agency = month.world.agency(COUNTY)
    household = a_household(agency, month.day)
    with acting_for(agency.id, "registrar"):
        unit_id = add_unit("commissioning", DEPARTMENT)
    with acting_for(agency.id):
        officer = month.one(agency, "intake_officer")
        import_on_behalf(disc(agency, household, month.day), PASSWORD, unit_id, officer)
    return Counter(households=1, subjects=len(household.subjects))


def a_household(agency: AgencyPlan, day: dt.date) -> Household:
    """The one after all those that the desks of the county bring in this month."""
    return crowd(agency, day.year * 100 + day.month, 20)[-1]


def disc(agency: AgencyPlan, household: Household, day: dt.date) -> bytes:
    """The encrypted ZIP: manifest, list, sealed letter, and two sheets for each person."""
    sheets = [
        (place, kind, picture)
        for place, subject in enumerate(household.subjects, start=1)
        for kind, picture in (
            ("authorisation", authorisation(subject.name, day.isoformat())),
            ("id_card", id_card(subject.name, subject.id_number)),
        )
    ]
    packed = [
        Packed(names.LIST, "list_file", as_workbook(rows_of([household], first=False))),
        Packed(f"{names.LETTER}.jpg", "letter", letter(DEPARTMENT, agency.name, day.isoformat())),
        *(
            Packed(f"{names.SCANS}/{number:05}.jpg", kind, picture, household.no, place)
            for number, (place, kind, picture) in enumerate(sheets, start=1)
        ),
    ]
    head = {
        "agency": agency.id,
        "unit": DEPARTMENT,
        "letter_number": f"双住保委〔{day.year}〕5号",
        "letter_on": day.isoformat(),
        "households": 1,
        "subjects": len(household.subjects),
    }
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(
        buffer, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(PASSWORD.encode())
        for file in (Packed(names.MANIFEST, "", write_manifest(head, packed)), *packed):
            archive.writestr(file.name, file.data)
    return buffer.getvalue()
