"""Reads of 保密: whose undertaking runs out first, who missed a training, what stands where."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.accounts.models import Account
from app.accounts.undertaking_models import Undertaking
from app.cases.paging import Page, Place, read_page
from app.cases.queries import unit_names
from app.exchange.custody.models import Medium
from app.oversight.confidentiality.models import Device, Training, TrainingPart
from app.oversight.confidentiality.rules import standing
from app.sharing.models import Agreement
from tenants.calendar import business_date
from tenants.database import db

_FIRST = {"none": 0, "over": 1, "soon": 2, "coming": 3, "running": 4}


@dataclass(frozen=True)
class Bound:
    """Somebody of the staff with their last undertaking, and how it stands."""

    account_id: int
    name: str
    undertaking: Undertaking | None
    standing: str


@dataclass(frozen=True)
class Agreed:
    """An agreement with a sharing unit that is in force or over, the last of each unit."""

    unit_id: int
    unit: str
    number: str
    valid_to: dt.date | None
    standing: str


def staff() -> dict[int, str]:
    """Everybody of the agency who has an account that is open, by account."""
    today = business_date()
    query = select(Account.id, Account.name).where(
        Account.kind == "staff",
        Account.is_active,
        Account.hosted_by_agency_id == 0,
        or_(Account.ends_on.is_(None), Account.ends_on >= today),
    )
    return dict(db.session.execute(query.order_by(Account.id)).tuples().all())


def bound() -> list[Bound]:
    """Everybody of the staff: without an undertaking first, then what runs out first."""
    people, today = staff(), business_date()
    last: dict[int, Undertaking] = {}
    query = select(Undertaking).where(~Undertaking.is_void)
    for row in db.session.scalars(query.order_by(Undertaking.valid_to, Undertaking.id)):
        last[row.account_id] = row
    found = [_bound(id_, name, last.get(id_), today) for id_, name in people.items()]
    return sorted(
        found,
        key=lambda one: (
            _FIRST[one.standing],
            one.undertaking.valid_to if one.undertaking else dt.date.min,
            one.account_id,
        ),
    )


def _bound(account_id: int, name: str, row: Undertaking | None, today: dt.date) -> Bound:
    stands = standing(row.valid_from, row.valid_to, today) if row else "none"
    return Bound(account_id, name, row, stands)


def trainings(place: Place) -> Page[Training]:
    """The trainings, newest first."""
    page = read_page(select(Training), Training.id, place)
    return page.holding(tuple(row[0] for row in page.rows))


def attendance(training_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Training → (took part or made up, still missing)."""
    missing = TrainingPart.is_missing & TrainingPart.made_up_on.is_(None)
    query = select(TrainingPart.training_id, func.count(), func.count().filter(missing)).where(
        TrainingPart.training_id.in_(list(training_ids))
    )
    rows = db.session.execute(query.group_by(TrainingPart.training_id))
    return {id_: (total - gone, gone) for id_, total, gone in rows}


def training_of(training_id: int) -> Training:
    """A training of this scope; ``LookupError`` when there is none."""
    found = db.session.scalars(select(Training).where(Training.id == training_id)).one_or_none()
    if found is None:
        raise LookupError(f"no training {training_id}")
    return found


def parts_of(training_id: int) -> list[TrainingPart]:
    """Who took part and who did not, the missing first."""
    query = select(TrainingPart).where(TrainingPart.training_id == training_id)
    order = (TrainingPart.is_missing.desc(), TrainingPart.account_id)
    return list(db.session.scalars(query.order_by(*order)))


def missing_now() -> list[int]:
    """Accounts of the staff that missed a training and were not taught since."""
    query = select(TrainingPart.account_id).where(
        TrainingPart.is_missing, TrainingPart.made_up_on.is_(None)
    )
    return list(db.session.scalars(query.distinct()))


def devices(place: Place, *, kept: bool) -> Page[Device]:
    """The register of devices, newest first; ``kept``: those in use only."""
    query = select(Device).where(Device.disposal == "") if kept else select(Device)
    page = read_page(query, Device.id, place)
    return page.holding(tuple(row[0] for row in page.rows))


def device_counts() -> tuple[int, int, int]:
    """Devices in use, those of them not encrypted, and media that are not ended."""
    in_use = select(func.count(), func.count().filter(~Device.is_encrypted)).where(
        Device.disposal == ""
    )
    total, plain = db.session.execute(in_use).one()
    media = db.session.scalar(select(func.count()).where(Medium.ended_on.is_(None))) or 0
    return total, plain, media


def agreements() -> list[Agreed]:
    """The last confirmed agreement of every unit that has one, what runs out first on top."""
    names, today = unit_names(), business_date()
    last: dict[int, Agreement] = {}
    query = select(Agreement).where(~Agreement.is_void, Agreement.confirmed_by.is_not(None))
    for row in db.session.scalars(query.order_by(Agreement.valid_from, Agreement.id)):
        last[row.unit_id] = row
    found = [
        Agreed(
            row.unit_id,
            names.get(row.unit_id, ""),
            row.number,
            row.valid_to,
            standing(row.valid_from, row.valid_to, today),
        )
        for row in last.values()
    ]
    return sorted(found, key=lambda one: (_FIRST[one.standing], one.valid_to or dt.date.max))
