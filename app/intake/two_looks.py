"""Reads of the two looks: one household with its sheets, its ticks and the machine's remarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.actor import Actor
from app.cases import queries as cases
from app.cases.looks import looked_at
from app.cases.models import Case, CaseDuty, Entrustment, Subject
from app.cases.queries import Household, Member
from app.intake.paper_rules import Facts, Remark, Tick, missing_ticks, reasons_for, remarks
from app.intake.ticking import ticks_of
from app.papers.queries import LOOK, Sheet, sheets_of_household
from tenants.calendar import business_date
from tenants.database import db

RESIDENT_ID = "resident_id"
_UNDER_WAY = ("submitted", "accepted", "checking")


@dataclass(frozen=True)
class Looked:
    """One household at the intake check."""

    household: Household
    entrustment: Entrustment
    waiting: int
    members: tuple[Member, ...]
    is_open: bool
    sheets: list[Sheet]
    list_sheets: list[Sheet]
    ticked: set[Tick]
    remarks: list[Remark]

    @property
    def present(self) -> list[Member]:
        """Its members without those who died or moved away."""
        return [member for member in self.members if member.brings_papers]

    @property
    def unticked(self) -> list[Tick]:
        """What of its papers nobody ticked yet."""
        return missing_ticks([member.id for member in self.present], self.ticked)

    @property
    def reasons(self) -> list[str]:
        """The reasons that a return would have, as things stand."""
        return reasons_for(self.unticked, self.remarks)

    def sheets_of(self, subject_id: int, kind: str) -> list[Sheet]:
        """The sheets of one kind of a subject (0: of the household)."""
        return [s for s in self.sheets if (s.subject_id, s.kind) == (subject_id, kind)]

    def remarks_of(self, subject_id: int) -> list[Remark]:
        """What the machine says about one subject."""
        return [remark for remark in self.remarks if remark.subject_id == subject_id]


def looked(household: Household, actor: Actor) -> Looked:
    """Everything that the intake check looks at; numbers in full once the person opened it."""
    opened = looked_at("case", actor) & looked_at(LOOK, actor)
    people = cases.members([household.id], opened_cases=opened).get(household.id, ())
    entrustment = cases.entrustment(household.entrustment_id or 0)
    found, listed = sheets_of_household(household.id, entrustment.id)
    elsewhere = _elsewhere(household.id)
    facts = [_facts(m, found, elsewhere) for m in people if m.brings_papers]
    return Looked(
        household=household,
        entrustment=entrustment,
        waiting=_waiting(entrustment.id),
        members=people,
        is_open=household.id in opened,
        sheets=found,
        list_sheets=listed,
        ticked=ticks_of(entrustment.id, household.id),
        remarks=remarks(facts, business_date(), household.due_on),
    )


def _waiting(entrustment_id: int) -> int:
    here = (Case.entrustment_id == entrustment_id) & (Case.state == "submitted")
    return db.session.scalar(select(func.count()).select_from(Case).where(here)) or 0


def _facts(member: Member, found: Sequence[Sheet], elsewhere: set[int]) -> Facts:
    kinds = {sheet.kind for sheet in found if sheet.subject_id == member.id}
    is_known = member.is_open and member.id_type == RESIDENT_ID
    return Facts(
        subject_id=member.id,
        id_number=member.id_number if is_known else "",
        signed_on=member.signed_on,
        expires_on=member.expires_on,
        is_withdrawn=member.withdrawn_on is not None,
        has_authorisation="authorisation" in kinds,
        has_card="id_card" in kinds,
        is_elsewhere=member.id in elsewhere,
    )


def _elsewhere(case_id: int) -> set[int]:
    """The subjects who stand in another household that is under way at this agency."""
    other = aliased(Subject)
    rows = (
        select(Subject.id)
        .join(
            other,
            (other.agency_id == Subject.agency_id)
            & (other.id_hash == Subject.id_hash)
            & (other.case_id != Subject.case_id),
        )
        .join(Case, (Case.agency_id == other.agency_id) & (Case.id == other.case_id))
        .where(Subject.case_id == case_id, Case.state.in_(_UNDER_WAY), Case.origin == "unit")
    )
    return set(db.session.scalars(rows))


def next_waiting(entrustment_id: int, after: int, actor: Actor) -> int:
    """The next household of an entrustment for this person to check, from the beginning again
    after the last; 0 when none is left."""
    held = select(CaseDuty.case_id).where(
        CaseDuty.case_id == Case.id,
        CaseDuty.account_id == actor.account_id,
        CaseDuty.step != "intake_check",
    )
    waiting = select(Case.id).where(
        Case.entrustment_id == entrustment_id,
        Case.state == "submitted",
        Case.id != after,
        ~held.exists(),
    )
    order = waiting.order_by(Case.id < after, Case.id).limit(1)
    return db.session.scalar(order) or 0
