"""A case back into the words of the form: what was sealed of it, opened for the desk it is of."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.cases.identity import Guardian, Identity
from app.cases.models import Authorisation, Case, Declaration, Subject
from app.cases.queries import members
from app.intake.wording import scope_words, title
from app.preparation.content import CONSENT_DAYS, INHERITED, OF_CONSENT, Content
from tenants.database import any_of, db
from tenants.regions import full_name
from tenants.vault import Vault, vault

_MONEY = ("monthly_income", "deposits")
_COUNTS = ("houses", "vehicles", "businesses")


def content_of_case(case: Case) -> Content:
    """The household as it would have been typed; what all people share stands once. Who died or
    moved away is no member any more."""
    people = _people(case.id)
    shared = {key: _common(people, key) for key in INHERITED}
    household = {
        "household_no": case.household_no,
        "scheme": title("scheme", case.scheme),
        "application": title("application", case.application),
        **shared,
    }
    rows = (
        {key: value for key, value in person.items() if shared.get(key) != value}
        for person in people
    )
    return Content(household, tuple(rows))


def content_to_copy(case: Case, today: dt.date) -> Content:
    """The household as a proposal for a new application: people, places and what was declared.

    A consent that still holds is each person's own, with the dates that were signed; one that
    ended, or was withdrawn, is left blank, to be signed anew.
    """
    found = content_of_case(case)
    people = tuple(
        {**person, **{key: person[key] if holds else "" for key in OF_CONSENT}}
        for person, holds in zip(_people(case.id), _holding(case.id, today), strict=True)
    )
    rows = tuple(
        {
            key: value
            for key, value in person.items()
            if key in OF_CONSENT or found.household.get(key) != value or key not in INHERITED
        }
        for person in people
    )
    household = {**found.household, **dict.fromkeys(CONSENT_DAYS, ""), "household_no": ""}
    return Content(household, rows)


def _holding(case_id: int, today: dt.date) -> list[bool]:
    """For each of the people, in order, whether their consent holds on ``today``."""
    people = members([case_id]).get(case_id, ())
    return [member.is_authorised_on(today) for member in people if member.left_on is None]


def _people(case_id: int) -> list[dict[str, str]]:
    return people_of([case_id]).get(case_id, [])


def people_of(case_ids: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """Case id → its people as they would have been typed; one statement."""
    keys = vault()
    rows = db.session.execute(
        select(Subject, Authorisation, Declaration.sealed.label("declared"))
        .join(
            Authorisation,
            (Authorisation.agency_id == Subject.agency_id)
            & (Authorisation.subject_id == Subject.id),
            isouter=True,
        )
        .join(
            Declaration,
            (Declaration.agency_id == Subject.agency_id) & (Declaration.subject_id == Subject.id),
            isouter=True,
        )
        .where(Subject.case_id == any_of(case_ids), Subject.left_on.is_(None))
        .distinct(Subject.case_id, Subject.row_no, Subject.id)
        .order_by(Subject.case_id, Subject.row_no, Subject.id, Authorisation.id.desc())
    )
    found: dict[int, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row[0].case_id, []).append(_person(keys, *row))
    return found


def _person(
    keys: Vault, subject: Subject, consent: Authorisation | None, declared: bytes | None
) -> dict[str, str]:
    identity = Identity.of(keys.open("subject", subject.id, subject.sealed))
    said = keys.open("declaration", subject.id, declared) if declared else {}
    return {
        "relation": title("relation", subject.relation),
        "name": identity.name,
        "id_type": title("id_type", identity.id_type),
        "id_number": identity.id_number,
        "phone": identity.phone,
        "registered_region": _place(identity.registered_region),
        "actual_region": _place(identity.actual_region),
        "subject_role": title("subject_role", "obligor" if subject.role == "obligor" else "member"),
        "authorised_on": _day(consent.signed_on if consent else None),
        "authorisation_expires_on": _day(consent.expires_on if consent else None),
        "consent": title("consent", "refused" if subject.refused_on else "authorised"),
        "authorisation_scope": scope_words(consent.scope if consent else ()),
        **_guardian(keys, subject.id, consent.guardian_sealed if consent else None),
        **_declared(said),
    }


def _guardian(keys: Vault, subject_id: int, sealed: bytes | None) -> dict[str, str]:
    if sealed is None:
        return {}
    return Guardian.of(keys.open("authorisation", subject_id, sealed)).as_cells()


def _declared(said: Mapping[str, Any]) -> dict[str, str]:
    money = {key: _yuan(said.get(f"{key}_fen")) for key in _MONEY}
    return money | {key: "" if said.get(key) is None else str(said[key]) for key in _COUNTS}


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}.{fen % 100:02d}"


def _place(code: str) -> str:
    return full_name(int(code)) if code.isdigit() else code


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _common(people: list[dict[str, str]], key: str) -> str:
    """What the applicant's row says, which most others say too."""
    return people[0].get(key, "") if people else ""
