"""What the pages of letters up show: one query per question, decrypting only what is shown."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text

from app.cases.identity import Guardian, Identity
from app.cases.models import Authorisation, Case, Subject
from app.delegation.models import LetterOut
from app.intake.wording import title
from tenants.database import db
from tenants.masking import mask_name
from tenants.vault import Vault, vault

LETTERS_PER_PAGE = 50
# The list knows members and obligors only; the applicant is a member.
_ROLE_ON_LIST = {"applicant": "member"}
HOUSEHOLDS_PER_PAGE = 20

_COUNTS = text("""
SELECT letter_id, count(DISTINCT case_id) AS households, count(DISTINCT subject_id) AS people,
       sum(cardinality(items)) AS items,
       sum(cardinality(array_positions(outcomes, 0::smallint))) AS open_items
FROM ask WHERE letter_id = ANY(:ids) GROUP BY letter_id
""")

_CASES_OF_LETTER = text("""
SELECT DISTINCT case_id FROM ask WHERE letter_id = :letter AND case_id > :after
ORDER BY case_id LIMIT :most
""")

_ASKED = text("""
SELECT subject_id, sum(cardinality(items)) AS items,
       sum(cardinality(array_positions(outcomes, 0::smallint))) AS open_items
FROM ask WHERE letter_id = :letter AND case_id = ANY(:cases) GROUP BY subject_id
""")

_ITEMS_OF_LETTER = text("""
SELECT i.item, count(DISTINCT a.subject_id) AS people
FROM ask a CROSS JOIN LATERAL unnest(a.items) AS i(item)
WHERE a.letter_id = :letter GROUP BY i.item ORDER BY i.item
""")


@dataclass(frozen=True)
class LetterCounts:
    """What is in a letter; ``open_items`` are not answered yet."""

    households: int = 0
    people: int = 0
    items: int = 0
    open_items: int = 0


@dataclass(frozen=True)
class Listed:
    """One subject on a list, masked; ``relation`` and ``role`` in words."""

    relation: str
    role: str
    name: str
    id_number: str
    items: int
    open_items: int
    authorised_until: dt.date | None
    scope: Sequence[int]
    guardian: str


@dataclass(frozen=True)
class ListedHousehold:
    """One household of a letter's list with its subjects; the head's name is masked."""

    case_id: int
    number: str
    head: str
    scheme: str
    application: str
    people: tuple[Listed, ...]


def letters(state: str, before: int | None) -> list[LetterOut]:
    """One page of letters, newest first, and one more if there is a next page."""
    query = select(LetterOut).order_by(LetterOut.id.desc()).limit(LETTERS_PER_PAGE + 1)
    if state:
        query = query.where(LetterOut.state == state)
    if before:
        query = query.where(LetterOut.id < before)
    return list(db.session.scalars(query))


def letters_by_state() -> dict[str, int]:
    """How many letters are in each state."""
    query = select(LetterOut.state, func.count()).group_by(LetterOut.state)
    return dict(db.session.execute(query).tuples().all())


def letter(letter_id: int) -> LetterOut:
    """One letter of this agency; ``LookupError`` when there is none."""
    found = db.session.scalars(select(LetterOut).where(LetterOut.id == letter_id)).one_or_none()
    if found is None:
        raise LookupError(f"no letter {letter_id}")
    return found


def counts_of(letter_ids: Iterable[int]) -> dict[int, LetterCounts]:
    """Households, people and items by letter; a letter without any is missing."""
    rows = db.session.execute(_COUNTS, {"ids": list(letter_ids)})
    return {
        row.letter_id: LetterCounts(row.households, row.people, row.items, row.open_items)
        for row in rows
    }


def items_of(letter_id: int) -> list[tuple[int, int]]:
    """(data item, people) that a letter asks about."""
    rows = db.session.execute(_ITEMS_OF_LETTER, {"letter": letter_id})
    return [(row.item, row.people) for row in rows]


def listed_households(letter_id: int, after: int) -> tuple[list[ListedHousehold], int | None]:
    """A page of the letter's list as it goes up, and the case id after which the next begins."""
    page = {"letter": letter_id, "after": after, "most": HOUSEHOLDS_PER_PAGE + 1}
    ids = list(db.session.execute(_CASES_OF_LETTER, page).scalars())
    following = ids[HOUSEHOLDS_PER_PAGE - 1] if len(ids) > HOUSEHOLDS_PER_PAGE else None
    ids = ids[:HOUSEHOLDS_PER_PAGE]
    people = _people(letter_id, ids)
    keys = vault()
    cases = db.session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id))
    shown = [
        ListedHousehold(
            case_id=case.id,
            number=case.number,
            head=masked_head(keys, case),
            scheme=title("scheme", case.scheme),
            application=title("application", case.application),
            people=tuple(people.get(case.id, ())),
        )
        for case in cases
    ]
    return shown, following


def head_of(case: Case) -> str:
    """The masked name of one case's head of household."""
    return masked_head(vault(), case)


def masked_head(keys: Vault, case: Case) -> str:
    """The masked name of a case's head of household."""
    return mask_name(str(keys.open("household_case", case.id, case.head_sealed)["name"]))


def _people(letter_id: int, case_ids: Sequence[int]) -> dict[int, list[Listed]]:
    asked = {
        row.subject_id: row
        for row in db.session.execute(_ASKED, {"letter": letter_id, "cases": list(case_ids)})
    }
    consents = {
        consent.subject_id: consent
        for consent in db.session.scalars(
            select(Authorisation)
            .where(Authorisation.subject_id.in_(asked))
            .order_by(Authorisation.expires_on)
        )
    }
    keys = vault()
    people: dict[int, list[Listed]] = {}
    subjects = select(Subject).where(Subject.id.in_(asked)).order_by(Subject.case_id, Subject.id)
    for subject in db.session.scalars(subjects):
        identity = Identity.of(keys.open("subject", subject.id, subject.sealed))
        consent = consents.get(subject.id)
        people.setdefault(subject.case_id, []).append(
            Listed(
                relation=title("relation", subject.relation),
                role=title("subject_role", _ROLE_ON_LIST.get(subject.role, subject.role)),
                name=mask_name(identity.name),
                id_number=identity.masked_id_number,
                items=asked[subject.id].items,
                open_items=asked[subject.id].open_items,
                authorised_until=consent.expires_on if consent else None,
                scope=consent.scope if consent else (),
                guardian=_guardian(keys, consent),
            )
        )
    return people


def _guardian(keys: Vault, consent: Authorisation | None) -> str:
    """The masked name of who consents for the person; empty where they do it themselves."""
    if consent is None or consent.guardian_sealed is None:
        return ""
    opened = keys.open("authorisation", consent.subject_id, consent.guardian_sealed)
    return mask_name(Guardian.of(opened).name)
