"""An entrustment of the parent: prepared by routing, sealed by a named person, taken in above.

It carries the subjects and items going up with their authorisations and ID scans, and nothing
declared. At the parent it skips the intake check (操作规程 三(二)2) and enters the review.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor, system_actor
from app.cases.identity import Identity
from app.cases.lifecycle import Chosen, Moved, Skip, move, note
from app.cases.models import Ask, Authorisation, Case, Entrustment, Subject
from app.cases.sources import TO_PARENT
from app.cases.telling import tell_staff
from app.delegation import expediting
from app.delegation.answers import close_answered
from app.delegation.consent import end_in_letter
from app.delegation.consent_told import consent_of, consent_told
from app.delegation.letters import OpenLetter, send_up
from app.delegation.models import LetterOut
from app.papers.travelling import papers_for_letter, take_in_papers
from tenants.agency.tree import agency, parent_of
from tenants.calendar import business_date, instant
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db, take_ids
from tenants.messages import Fault
from tenants.numbers import take_numbers
from tenants.outbox import post
from tenants.rulebook import Rulebook, last_days, rulebook
from tenants.scope import current_scope
from tenants.vault import vault

CASES_PER_LETTER = 2_000
_SENT_AS = {"entrust": "entrust_parent", "supplement": "supplement_up"}


def seal(letter_id: int, revision: int, actor: Actor) -> Moved:
    """A named person puts the agency's seal on a prepared letter; the letter goes.

    People whose consent is not in force by now do not go with it. Raises
    ``Fault("letter_empty")`` when nothing was in it, and ``Fault("letter_former_parent")`` for an
    entrustment of an agency that is not the parent any more.
    """
    actor.must("letter.seal")
    require_parent(_locked(letter_id))
    if end_in_letter(letter_id) and not _waiting_in(letter_id):
        return Moved((), (Skip(letter_id, "nothing_left_to_ask"),))
    moved = move("letter", "seal", Chosen.seen({letter_id: revision}), actor)
    if not moved.done:
        return moved
    cases = _waiting_in(letter_id)
    if not cases:
        raise Fault("letter_empty")
    db.session.execute(
        update(LetterOut)
        .where(LetterOut.id == letter_id)
        .values(
            number=take_numbers("letter", 1)[0],
            sealed_by=actor.account_id,
            sent_on=business_date(),
            sent_at=instant(),
        )
    )
    post("letter.send", {"letter_id": letter_id})
    note("case", cases, _SENT_AS[kind_of(letter_id)], actor)
    return moved


def send(letter_id: int) -> None:
    """Write the sealed letter into the parent's box, a part per ``CASES_PER_LETTER`` cases."""
    # Locked, so that a recall waits until the letter that it calls back lies in the box.
    letter = _locked(letter_id)
    if letter is None:
        raise LookupError(f"no letter {letter_id}")
    end_in_letter(letter_id)
    parent = agency(letter.parent_id)
    ids = _waiting_in(letter_id)
    if not ids:
        close_answered([letter_id])
    for part, start in enumerate(range(0, len(ids), CASES_PER_LETTER)):
        content = {"cases": list(_cases(letter_id, ids[start : start + CASES_PER_LETTER]))}
        key = uuid.uuid5(letter.key, str(part))
        send_up(
            parent,
            letter.kind,
            key,
            content,
            period=letter.period,
            number=letter.number,
            on=letter.sent_on,
        )


def require_parent(letter: LetterOut | None) -> None:
    """An entrustment goes to the parent of the day; what it has already may be supplemented."""
    if letter is None or letter.kind != "entrust":
        return
    parent = parent_of(letter.agency_id, business_date())
    if parent is None or parent.id != letter.parent_id:
        raise Fault("letter_former_parent", name=agency(letter.parent_id).name)


def _locked(letter_id: int) -> LetterOut | None:
    query = select(LetterOut).where(LetterOut.id == letter_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def kind_of(letter_id: int) -> str:
    """Whether a letter entrusts households or supplements those that the parent has."""
    return db.session.scalars(select(LetterOut.kind).where(LetterOut.id == letter_id)).one()


def case_ids_of(letter_id: int) -> list[int]:
    """The cases whose asks wait in, or went with, a letter."""
    rows = select(Ask.case_id).where(Ask.letter_id == letter_id).distinct().order_by(Ask.case_id)
    return list(db.session.scalars(rows))


def _waiting_in(letter_id: int) -> list[int]:
    """Those that still wait for an answer: one may come before a letter sent again is sealed."""
    rows = select(Ask.case_id).where(Ask.letter_id == letter_id, Ask.is_open).distinct()
    return list(db.session.scalars(rows.order_by(Ask.case_id)))


def _cases(letter_id: int, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    keys = vault()
    rows = db.session.execute(
        select(Case, Subject, Ask, Authorisation)
        .join(Subject, (Subject.agency_id == Case.agency_id) & (Subject.case_id == Case.id))
        .join(
            Ask,
            (Ask.agency_id == Subject.agency_id)
            & (Ask.subject_id == Subject.id)
            & (Ask.source == TO_PARENT),
        )
        .join(
            Authorisation,
            (Authorisation.agency_id == Subject.agency_id)
            & (Authorisation.subject_id == Subject.id),
        )
        .where(
            Ask.letter_id == letter_id,
            Ask.is_open,
            Authorisation.withdrawn_on.is_(None),
            Case.id == any_of(ids),
        )
        .order_by(Case.id, Subject.id, Authorisation.expires_on.desc(), Authorisation.id.desc())
    ).all()
    papers, permissions = papers_for_letter(ids), expediting.told_with(ids)
    for _, household in groupby(rows, key=lambda row: row[0].id):
        members = list(household)
        case = members[0][0]
        head = keys.open("household_case", case.id, case.head_sealed)
        yield {
            "ref": case.id,
            "number": case.number,
            "scheme": case.scheme,
            "application": case.application,
            "region": case.region,
            "height": case.height + 1,
            "head": head["name"],
            "expedited": permissions.get(case.id),
            "subjects": [
                _subject(keys.open("subject", subject.id, subject.sealed), subject, items)
                | consent_told(keys, consent)
                | {"papers": papers.get(subject.id, [])}
                for subject, items, consent in _one_consent_each(members)
            ],
        }


def _one_consent_each(members: Iterable[Any]) -> Iterator[tuple[Subject, list[int], Authorisation]]:
    for _, rows in groupby(members, key=lambda row: row[1].id):
        same = list(rows)
        asks = {ask.round: ask for _case, _subject, ask, _consent in same}
        yield same[0][1], [item for ask in asks.values() for item in _open_items(ask)], same[0][3]


def _open_items(ask: Ask) -> list[int]:
    """Only what has no answer yet: an item that was answered is not asked twice."""
    answered = zip(ask.items, ask.outcomes, strict=True)
    return [item for item, outcome in answered if outcome == Outcome.PENDING]


def _subject(identity: dict[str, Any], subject: Subject, items: list[int]) -> dict[str, Any]:
    return {
        "ref": subject.id,
        "role": subject.role,
        "relation": subject.relation,
        "identity": Identity.of(identity).as_json(),
        "items": items,
        "joined_on": subject.joined_on.isoformat() if subject.joined_on else "",
        "joined_reason": subject.joined_reason,
        "replaces": subject.replaces,
    }


def take_in(letter: OpenLetter) -> None:
    """A lower agency's entrustment becomes cases of this agency, ready for the review."""
    own = agency(current_scope().agency_id)
    content = letter.content["cases"]
    entrustment_id = db.session.execute(
        insert(Entrustment)
        .values(
            origin="below",
            number=take_numbers("entrustment", 1)[0],
            period=letter.period,
            from_agency_id=letter.from_agency_id,
            letter_key=letter.key,
            letter_number=letter.number,
            submitted_on=business_date(),
            submitted_at=instant(),
        )
        .returning(Entrustment.id)
    ).scalar_one()
    case_ids = take_ids(len(content))
    _insert_cases(letter, entrustment_id, content, case_ids, rulebook(own.province))
    insert_people(
        [
            NewPerson(case_id, row_no, person)
            for case_id, case in zip(case_ids, content, strict=True)
            for row_no, person in enumerate(case["subjects"], start=1)
        ]
    )
    note("case", case_ids, "arrive", system_actor(own.id))
    expediting.take_along(
        {id_: case.get("expedited") for id_, case in zip(case_ids, content, strict=True)}
    )
    tell_staff("letter.came", ["reviewer"], case_ids)


def _insert_cases(
    letter: OpenLetter,
    entrustment_id: int,
    content: Sequence[dict[str, Any]],
    case_ids: Sequence[int],
    law: Rulebook,
) -> None:
    keys = vault()
    numbers = take_numbers("case", len(content))
    db.session.execute(
        insert(Case).inline(),
        [
            {
                "id": case_id,
                "entrustment_id": entrustment_id,
                "origin": "below",
                "origin_case": case["ref"],
                "from_agency_id": letter.from_agency_id,
                "number": number,
                "household_no": case["number"],
                "scheme": case["scheme"],
                "application": case["application"],
                "region": case["region"],
                "size": len(case["subjects"]),
                "head_sealed": keys.seal("household_case", case_id, {"name": case["head"]}),
                "state": "accepted",
                "period": letter.period,
                "height": case["height"],
                "due_on": last_days(law, letter.period, case["height"] + 1)[-1].report_by,
            }
            for case_id, number, case in zip(case_ids, numbers, content, strict=True)
        ],
    )


@dataclass(frozen=True)
class NewPerson:
    """A person of a letter, on the way into a case; ``replaces``: this agency's row of the same
    person under a wrong number, or 0."""

    case_id: int
    row_no: int
    told: Mapping[str, Any]
    replaces: int = 0


def insert_people(people: Sequence[NewPerson]) -> list[int]:
    """Write people that came in a letter, with their consents and papers; their ids."""
    keys = vault()
    subject_ids = take_ids(len(people))
    subjects, consents = [], []
    for subject_id, person in zip(subject_ids, people, strict=True):
        told = person.told
        identity = Identity.of(told["identity"])
        joined = told.get("joined_on")
        subjects.append(
            {
                "id": subject_id,
                "case_id": person.case_id,
                "origin_subject": told["ref"],
                "row_no": person.row_no,
                "role": told["role"],
                "relation": told["relation"],
                "id_hash": keys.look_up(identity.id_number),
                "name_hash": keys.look_up(identity.name),
                "sealed": keys.seal("subject", subject_id, identity.as_json()),
                "items": told["items"],
                "joined_on": dt.date.fromisoformat(joined) if joined else None,
                "joined_reason": told.get("joined_reason", ""),
                "replaces": person.replaces,
            }
        )
        consents.append(consent_of(subject_id, told))
    if subjects:
        db.session.execute(insert(Subject).inline(), subjects)
        db.session.execute(insert(Authorisation).inline(), consents)
    take_in_papers(
        {
            (person.case_id, subject_id): person.told["papers"]
            for subject_id, person in zip(subject_ids, people, strict=True)
        }
    )
    return subject_ids
