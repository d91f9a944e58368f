"""What is sealed of an applicant, and the one way to read an application of this scope."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.assistance.temporary.models import Application
from tenants.database import db
from tenants.masking import mask_id_number
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope
from tenants.vault import Vault

TABLE = "temporary_application"


@dataclass(frozen=True)
class Applicant:
    """The sealed part of an application; ``left_on`` is a date as text, empty when not known."""

    name: str
    id_number: str
    phone: str
    is_local: bool
    address: str
    employer: str
    left_on: str
    bank: str
    account: str
    statement: str

    def as_json(self) -> dict[str, Any]:
        """The object to seal."""
        return dict(vars(self))

    @property
    def masked(self) -> str:
        """The number as screens show it."""
        return mask_id_number(self.id_number)


def opened(keys: Vault, row: Application) -> Applicant:
    """Whose application it is."""
    told = keys.open(TABLE, row.id, row.sealed)
    return Applicant(**{name: told[name] for name in Applicant.__dataclass_fields__})


def application_of(application_id: int, *, lock: bool = False) -> Application:
    """An application of this scope; ``LookupError`` when there is none such."""
    query = select(Application).where(Application.id == application_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no temporary application {application_id}")
    return found


def law() -> Rulebook:
    """The rulebook of the agency in scope."""
    return rulebook(current_scope().agency_id // 10_000)
