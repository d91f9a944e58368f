"""待说明: a household explains, and a named person signs, before anything goes against it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.cases.history import acting_name
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.cases.models import Case
from app.delegation.answers import lock_cases
from app.matters import excluding
from app.matters.comparing import compare_cases
from app.matters.excluding import Proposal
from app.matters.messages import Fault
from app.matters.models import Exclusion, Explanation, Matter
from app.matters.rules import UNSETTLED, may_sign_off
from app.papers.service import add_evidence
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.vault import vault


def matter_of(matter_id: int) -> Matter:
    """A matter of this scope; ``LookupError`` when there is none."""
    found = select(Matter).where(Matter.id == matter_id).execution_options(populate_existing=True)
    row = db.session.scalars(found).one_or_none()
    if row is None:
        raise LookupError(f"no matter {matter_id}")
    return row


def explain(
    matter_id: int, words: str, told_on: dt.date, actor: Actor, scans: Sequence[bytes] = ()
) -> Moved:
    """Write down what the household said about one matter (情况说明), with the scans of what it
    signed.

    By its desk, its department or the agency. Raises ``Fault`` for a matter that is settled, for
    a day that is later than today or earlier than the matter, and for what is no scan.
    """
    matter = matter_of(matter_id)
    if matter.state not in UNSETTLED:
        raise Fault("matter.not_open")
    today = business_date()
    if told_on > today:
        raise Fault("matter.told_later", today=today.isoformat())
    if told_on < matter.opened_on:
        raise Fault("matter.told_before", opened=matter.opened_on.isoformat())
    moved = move("matter", "explain", Chosen.of([matter_id]), actor)
    id_ = take_ids(1)[0]
    row = insert(Explanation).values(
        id=id_,
        matter_id=matter_id,
        unit_id=matter.unit_id,
        desk_id=matter.desk_id,
        told_on=told_on,
        account_id=actor.account_id,
        recorder_name=actor.name,
        at=instant(),
        sealed=vault().seal("explanation", id_, {"text": words.strip()}),
    )
    db.session.execute(row.inline())
    case = db.session.scalars(select(Case).where(Case.id == matter.case_id)).one()
    add_evidence(case, "explanation", id_, scans, actor)
    return moved


def sign_off(matter_ids: Iterable[int], actor: Actor) -> Moved:
    """A named person signs that the matter was looked at, explained or not by its date."""
    actor.must("matter.sign")
    ids = list(dict.fromkeys(matter_ids))
    columns = (Matter.id, Matter.state, Matter.due_on)
    rows = db.session.execute(select(*columns).where(Matter.id == any_of(ids))).all()
    others, waiting = _others(ids), _with_proposals(ids)
    known = {row.id for row in rows}
    skipped = [Skip(id_, "not_found") for id_ in ids if id_ not in known]
    fitting = []
    for row in rows:
        code = may_sign_off(
            row.state, row.due_on, business_date(), actor.account_id, others.get(row.id, set())
        )
        code = code or ("exclusion_waits" if row.id in waiting else "")
        if code:
            skipped.append(Skip(row.id, code))
        else:
            fitting.append(row.id)
    moved = move("matter", "sign_off", Chosen.of(fitting), actor)
    if moved.done:
        db.session.execute(
            update(Matter)
            .where(Matter.id == any_of(moved.done))
            .values(
                signed_by=actor.account_id,
                signer_name=acting_name(actor.name, actor.absent_name("matter.sign")),
                signed_on=business_date(),
                signed_at=instant(),
            )
        )
    return Moved(moved.done, (*skipped, *moved.skipped))


def _others(matter_ids: list[int]) -> dict[int, set[int]]:
    """Matter → who wrote its explanations down or prepared an exclusion."""
    found: dict[int, set[int]] = {}
    for who, matter, table in (
        (Explanation.account_id, Explanation.matter_id, Explanation),
        (Exclusion.prepared_by, Exclusion.matter_id, Exclusion),
    ):
        rows = db.session.execute(
            select(matter, who).select_from(table).where(matter == any_of(matter_ids))
        )
        for matter_id, account_id in rows:
            found.setdefault(matter_id, set()).add(account_id)
    return found


def _with_proposals(matter_ids: list[int]) -> set[int]:
    return set(
        db.session.scalars(
            select(Exclusion.matter_id).where(
                Exclusion.matter_id == any_of(matter_ids), Exclusion.state == "proposed"
            )
        )
    )


def exclude(matter_id: int, proposal: Proposal, actor: Actor) -> Moved:
    """Prepare that a finding, or a part of it, does not enter the sums (不计入)."""
    return excluding.propose(matter_of(matter_id), proposal, actor)


def sign_exclusion(exclusion_id: int, revision: int, actor: Actor) -> Moved:
    """Sign an exclusion; the comparison is made again with it."""
    row = exclusion_of(exclusion_id)
    lock_cases([row.case_id])
    moved = excluding.sign(row, revision, actor)
    if moved.done:
        compare_cases([row.case_id])
    return moved


def turn_down_exclusion(exclusion_id: int, revision: int, actor: Actor, reason: str) -> Moved:
    """Do not agree to an exclusion, with the reason."""
    return excluding.turn_down(exclusion_of(exclusion_id), revision, actor, reason)


def exclusion_of(exclusion_id: int) -> Exclusion:
    """An exclusion of this scope; ``LookupError`` when there is none."""
    row = db.session.scalars(select(Exclusion).where(Exclusion.id == exclusion_id)).one_or_none()
    if row is None:
        raise LookupError(f"no exclusion {exclusion_id}")
    return row
