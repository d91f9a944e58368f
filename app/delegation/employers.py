"""在编信息: answered by the person's own department or employer, named by hand (第七条（十四）).

Such a unit is no source of everybody: it can check nothing by a capability, so routing never
asks it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from app.accounts.actor import Actor
from app.cases.identity import Identity
from app.cases.lifecycle import note
from app.cases.models import Case, Subject
from app.cases.sources import TO_NOBODY
from app.delegation.answers import count_own, lock_cases
from app.delegation.asking import ask_here
from app.delegation.holding import hold
from app.delegation.rerouting import take_out
from app.delegation.routing import collect
from tenants.agency.models import Capability, Unit
from tenants.catalogue import AskedOf, national
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.masking import mask_name
from tenants.messages import Fault, say
from tenants.outbox import post
from tenants.vault import vault

EMPLOYERS = 14
_UNASKED = text("""
SELECT a.subject_id, a.round, i.item FROM ask a
JOIN household_case c ON c.agency_id = a.agency_id AND c.id = a.case_id
CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS i(item, outcome)
WHERE a.case_id = :case AND c.state = 'checking' AND a.source = :nobody
  AND i.outcome = :uncovered AND i.item = ANY(CAST(:items AS smallint[]))
ORDER BY 1, 3
""")


@dataclass(frozen=True)
class Unasked:
    """Somebody whose employer was not asked yet; the name is masked."""

    subject_id: int
    name: str


def items_of_employers() -> list[int]:
    """The data items that each person's own employer answers."""
    items = national().items.values()
    return [item.code for item in items if item.asked_of is AskedOf.OWN_EMPLOYER]


def employers() -> list[Unit]:
    """The units that were opened to be asked about their own people only."""
    able = select(Capability.unit_id)
    query = select(Unit).where(Unit.kind == "sharing", Unit.category == EMPLOYERS)
    return list(db.session.scalars(query.where(Unit.id.not_in(able)).order_by(Unit.name)))


def unasked(case_id: int) -> list[Unasked]:
    """The people of a household about whom no employer was asked and nobody else can answer."""
    ids = sorted({row.subject_id for row in _rows(case_id)})
    people = db.session.scalars(select(Subject).where(Subject.id == any_of(ids)))
    keys = vault()
    return [
        Unasked(p.id, mask_name(Identity.of(keys.open("subject", p.id, p.sealed)).name))
        for p in sorted(people, key=lambda person: person.row_no)
    ]


def ask_employer(case_id: int, subject_ids: Sequence[int], unit_id: int, actor: Actor) -> None:
    """Ask one employer about these people of a household; it waits in the unit's draft.

    Raises ``Fault("employer.unknown")`` for a unit that is none of the employers,
    ``Fault("employer.nothing")`` when nobody chosen is unasked.
    """
    actor.must("case.review")
    unit = next((unit for unit in employers() if unit.id == unit_id), None)
    if unit is None:
        raise Fault("employer.unknown")
    lock_cases([case_id])
    hold([case_id])
    chosen = [row for row in _rows(case_id) if row.subject_id in subject_ids]
    if not chosen:
        raise Fault("employer.nothing")
    take_out(
        [
            {"subject": r.subject_id, "source": TO_NOBODY, "round": r.round, "item": r.item}
            for r in chosen
        ]
    )
    wanted: dict[tuple[int, int], list[int]] = {}
    for row in chosen:
        wanted.setdefault((row.subject_id, unit_id), []).append(row.item)
    ask_here(wanted)
    collect([case_id])
    count_own([case_id])
    told = say("employer.asked", unit=unit.name, people=len(wanted))
    note("case", [case_id], "employer_asked", actor, reason=told)
    post("case.settle", {"ids": [case_id]})


def case_of(case_id: int) -> Case:
    """A case of this scope; ``LookupError`` when there is none."""
    found = db.session.scalars(select(Case).where(Case.id == any_of([case_id]))).one_or_none()
    if found is None:
        raise LookupError(f"no case {case_id}")
    return found


def _rows(case_id: int) -> Sequence[Any]:
    return db.session.execute(
        _UNASKED,
        {
            "case": case_id,
            "nobody": TO_NOBODY,
            "uncovered": int(Outcome.UNCOVERED),
            "items": items_of_employers(),
        },
    ).all()
