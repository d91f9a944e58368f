"""Reads of the household form: this desk's drafts, and what it prepared and may still change."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.people import names_of
from app.cases.models import Case
from app.cases.paging import Page, Place
from app.cases.queries import Household, households
from app.preparation.content import Content
from app.preparation.models import HouseholdDraft
from tenants.database import db
from tenants.masking import mask_id_number
from tenants.vault import vault

MOST_DRAFTS = 100


@dataclass(frozen=True)
class DraftRow:
    """A draft as a line: who it is about (number masked), who types it, since when it is kept."""

    id: int
    case_id: int
    household_no: str
    head: str
    id_number: str
    people: int
    typist: str
    is_mine: bool
    saved_at: dt.datetime


def drafts(actor: Actor) -> list[DraftRow]:
    """The drafts of this desk, the latest first."""
    found = db.session.scalars(
        select(HouseholdDraft)
        .where(HouseholdDraft.unit_id == actor.unit_id, HouseholdDraft.desk_id == actor.desk_id)
        .order_by(HouseholdDraft.saved_at.desc(), HouseholdDraft.id)
        .limit(MOST_DRAFTS)
    ).all()
    names, keys = names_of(draft.account_id for draft in found), vault()
    rows = []
    for draft in found:
        content = Content.of(keys.open("household_draft", draft.id, draft.sealed))
        rows.append(
            DraftRow(
                id=draft.id,
                case_id=draft.case_id,
                household_no=content.household.get("household_no", ""),
                head=content.head.get("name", ""),
                id_number=mask_id_number(content.head.get("id_number", "")),
                people=len(content.people),
                typist=names.get(draft.account_id, ""),
                is_mine=draft.account_id == actor.account_id,
                saved_at=draft.saved_at,
            )
        )
    return rows


def draft(draft_id: int, actor: Actor) -> HouseholdDraft:
    """One draft of this desk; ``LookupError`` when it has none such."""
    found = db.session.scalar(
        select(HouseholdDraft).where(
            HouseholdDraft.id == draft_id, HouseholdDraft.desk_id == actor.desk_id
        )
    )
    if found is None:
        raise LookupError(f"no draft {draft_id}")
    return found


def prepared(actor: Actor, place: Place) -> Page[Household]:
    """The households of this desk that are not submitted yet, the latest first."""
    own = (
        (Case.unit_id == actor.unit_id)
        & (Case.desk_id == actor.desk_id)
        & (Case.state == "prepared")
    )
    return households(own, place)


def prepared_household(case_id: int, actor: Actor) -> Household:
    """One of them; ``LookupError`` when there is none such."""
    own = (Case.id == case_id) & (Case.desk_id == actor.desk_id) & (Case.state == "prepared")
    page = households(own & (Case.unit_id == actor.unit_id), Place(), limit=1)
    if not page.rows:
        raise LookupError(f"no household {case_id} in preparation")
    return page.rows[0]
